from django.urls import path

from . import views
from .outbox import LetterView, OutboxView
from .views import only_at_home

app_name = "demo"
urlpatterns = [
    path("", views.cards, name="cards"),
    path("sign-in/<uuid:uid>/", views.sign_in, name="sign-in"),
    path("outbox/", only_at_home(OutboxView.as_view()), name="outbox"),
    path("outbox/<slug:name>/", only_at_home(LetterView.as_view()), name="outbox-letter"),
]
