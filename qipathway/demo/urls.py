from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.cards, name="cards"),
    path("sign-in/<uuid:uid>/", views.sign_in, name="sign-in"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<slug:name>/", views.outbox_letter, name="outbox-letter"),
]
