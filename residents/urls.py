from django.urls import path

from .views import cohorts, invitations, programs, public_roster, settings, versions, years

urlpatterns = [
    path("operator/", programs.program_list, name="programs"),
    path("operator/create/", programs.create_program, name="program-create"),
    path("operator/<slug:program>/", programs.operated_program, name="operated-program"),
    path("operator/<slug:program>/invite/", programs.invite_director, name="director-invite"),
    path("invitations/<uuid:uid>/show/", invitations.show_invitation, name="invitation-show"),
    path("invitations/<uuid:uid>/renew/", invitations.renew_invitation, name="invitation-renew"),
    path("invitations/<uuid:uid>/revoke/", invitations.revoke_invitation, name="invitation-revoke"),
    path("p/<slug:program>/settings/", settings.program_settings, name="settings"),
    path("p/<slug:program>/settings/save/", settings.save_program, name="program-save"),
    path("p/<slug:program>/settings/versions/new/", versions.new_version, name="version-new"),
    path(
        "p/<slug:program>/settings/versions/create/",
        versions.create_version,
        name="version-create",
    ),
    path("p/<slug:program>/settings/versions/<slug:since>/", versions.version_page, name="version"),
    path(
        "p/<slug:program>/settings/versions/<slug:since>/change/",
        versions.change_version,
        name="version-change",
    ),
    path("p/<slug:program>/cohorts/", cohorts.cohort_list, name="cohorts"),
    path("p/<slug:program>/cohorts/create/", cohorts.create_cohort, name="cohort-create"),
    path("p/<slug:program>/cohorts/enrol/", cohorts.enrol, name="enrol"),
    path("p/<slug:program>/residents/<uuid:uid>/years/", years.year_page, name="years"),
    path(
        "p/<slug:program>/residents/<uuid:uid>/years/record/",
        years.record_year,
        name="year-record",
    ),
    path("p/<slug:program>/years/<uuid:uid>/withdraw/", years.withdraw_year, name="year-withdraw"),
    path("p/<slug:program>/roster/", public_roster.roster, name="roster"),
    path(
        "p/<slug:program>/roster/photos/<uuid:uid>/",
        public_roster.roster_photo,
        name="roster-photo",
    ),
    path("p/<slug:program>/roster/mine/", public_roster.roster_consent, name="roster-consent"),
    path(
        "p/<slug:program>/roster/mine/prepare/",
        public_roster.prepare_roster_consent,
        name="roster-consent-prepare",
    ),
    path(
        "p/<slug:program>/roster/mine/<uuid:uid>/give/",
        public_roster.give_roster_consent,
        name="roster-consent-give",
    ),
    path(
        "p/<slug:program>/roster/mine/withdraw/",
        public_roster.withdraw_roster_consent,
        name="roster-consent-withdraw",
    ),
]
