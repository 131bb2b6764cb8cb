from django.urls import path

from . import views

app_name = "mentorship"
urlpatterns = [
    path(
        "residents/<uuid:uid>/check-ins/schedule/",
        views.schedule_check_in,
        name="check-in-schedule",
    ),
    path("check-ins/<uuid:uid>/move/", views.move_check_in, name="check-in-move"),
    path("check-ins/<uuid:uid>/cancel/", views.cancel_check_in, name="check-in-cancel"),
    path("check-ins/<uuid:uid>/save/", views.save_check_in, name="check-in-save"),
    path("residents/<uuid:uid>/updates/write/", views.write_update, name="update-write"),
    path(
        "commitments/<uuid:uid>/complete/",
        views.complete_commitment,
        name="commitment-complete",
    ),
    path("commitments/<uuid:uid>/reopen/", views.reopen_commitment, name="commitment-reopen"),
]
