from django.urls import path

from .views import applications, rounds

app_name = "selection"
urlpatterns = [
    path("selection/", rounds.rounds, name="rounds"),
    path("selection/open/", rounds.open_round, name="round-open"),
    path("selection/<uuid:uid>/", rounds.round_page, name="round"),
    path("selection/<uuid:uid>/change/", rounds.change_round, name="round-change"),
    path("selection/<uuid:uid>/close/", rounds.close_round, name="round-close"),
    path("selection/<uuid:uid>/invitations/", rounds.invitations, name="invitations"),
    path("selection/<uuid:uid>/invite/", rounds.invite_residents, name="residents-invite"),
    path("apply/", applications.own_application, name="own-application"),
    path("applications/<uuid:uid>/", applications.application_page, name="application"),
    path("applications/<uuid:uid>/cv/", applications.cv, name="cv"),
    path("applications/<uuid:uid>/cv/remove/", applications.remove_cv, name="cv-remove"),
    path("applications/<uuid:uid>/save/", applications.save_application, name="application-save"),
    path(
        "applications/<uuid:uid>/submit/",
        applications.submit_application,
        name="application-submit",
    ),
    path(
        "applications/<uuid:uid>/reopen/",
        applications.reopen_application,
        name="application-reopen",
    ),
    path(
        "applications/<uuid:uid>/start/", applications.start_application, name="application-start"
    ),
    path(
        "applications/<uuid:uid>/defer/", applications.defer_application, name="application-defer"
    ),
    path(
        "applications/<uuid:uid>/withdraw/",
        applications.withdraw_application,
        name="application-withdraw",
    ),
]
