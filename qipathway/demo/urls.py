from django.urls import path

from . import views
from .outbox import LetterView, OutboxView

app_name = "demo"
urlpatterns = [
    path("", views.cards, name="cards"),
    path("sign-in/<uuid:uid>/", views.sign_in, name="sign-in"),
    path("outbox/", OutboxView.as_view(), name="outbox"),
    path("outbox/<slug:name>/", LetterView.as_view(), name="outbox-letter"),
]
