from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("mail/", views.deliveries, name="deliveries"),
    path("mail/<int:pk>/retry/", views.retry_delivery, name="delivery-retry"),
    path("mail/<int:pk>/settle/", views.settle_delivery, name="delivery-settle"),
]
