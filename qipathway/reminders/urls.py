from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("mail/", views.deliveries, name="deliveries"),
    path("mail/test/", views.send_test_mail, name="test-mail-send"),
    path("mail/<uuid:uid>/retry/", views.retry_mail, name="mail-retry"),
    path("mail/<uuid:uid>/settle/", views.settle_mail, name="mail-settle"),
    path("mail/<uuid:uid>/dismiss/", views.dismiss_mail, name="mail-dismiss"),
]
