from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("mail/", views.deliveries, name="deliveries"),
    path("mail/<uuid:uid>/retry/", views.retry_delivery, name="delivery-retry"),
    path("mail/<uuid:uid>/settle/", views.settle_delivery, name="delivery-settle"),
    path("mail/<uuid:uid>/dismiss/", views.dismiss_delivery, name="delivery-dismiss"),
]
