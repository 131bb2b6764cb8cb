"""Addresses of a selection."""

from django.urls import path

from .views import applications, decisions, ratings, rounds

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
    path("selection/ratings/", ratings.ratings, name="ratings"),
    path("selection/ratings/<uuid:uid>/", ratings.rating, name="rating"),
    path("selection/ratings/<uuid:uid>/cv/", ratings.rating_cv, name="rating-cv"),
    path("selection/ratings/<uuid:uid>/submit/", ratings.submit_rating, name="rating-submit"),
    path(
        "selection/ratings/<uuid:uid>/conflict/declare/",
        ratings.declare_conflict,
        name="conflict-declare",
    ),
    path("selection/reviewers/name/", ratings.name_reviewer, name="reviewer-name"),
    path(
        "selection/reviewers/<uuid:uid>/dismiss/",
        ratings.dismiss_reviewer,
        name="reviewer-dismiss",
    ),
    path("selection/<uuid:uid>/reviewers/", ratings.reviewers, name="reviewers"),
    path(
        "selection/<uuid:uid>/reviewers/assign/",
        ratings.assign_reviewers,
        name="reviewers-assign",
    ),
    path("selection/<uuid:uid>/ranking/", decisions.ranking, name="ranking"),
    path("selection/<uuid:uid>/seats/change/", decisions.change_seats, name="seats-change"),
    path(
        "selection/<uuid:uid>/decisions/propose/",
        decisions.propose_decisions,
        name="decisions-propose",
    ),
    path(
        "applications/<uuid:uid>/decide/",
        decisions.decide_application,
        name="application-decide",
    ),
    path("selection/<uuid:uid>/release/", decisions.release, name="release"),
    path(
        "selection/<uuid:uid>/decisions/release/",
        decisions.release_decisions,
        name="decisions-release",
    ),
    path("selection/<uuid:uid>/release/undo/", decisions.undo_release, name="release-undo"),
    path(
        "applications/<uuid:uid>/offer/accept/",
        decisions.accept_offer,
        name="offer-accept",
    ),
    path(
        "applications/<uuid:uid>/offer/refuse/",
        decisions.refuse_offer,
        name="offer-refuse",
    ),
    path("applications/<uuid:uid>/offer/lapse/", decisions.lapse_offer, name="offer-lapse"),
    path("selection/<uuid:uid>/enrolment/", decisions.enrolment, name="enrolment"),
    path(
        "selection/<uuid:uid>/accepted/enrol/",
        decisions.enrol_accepted,
        name="accepted-enrol",
    ),
]
