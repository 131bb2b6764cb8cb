"""Addresses of the capstone; a project's parts hang under its own."""

from django.urls import path

from . import views

app_name = "capstone"
urlpatterns = [
    path("capstone/", views.own_page, name="own"),
    path("capstone/open/", views.open_project, name="project-open"),
    path("capstone/<uuid:uid>/", views.project_page, name="project"),
    path("capstone/<uuid:uid>/process/choose/", views.choose_process, name="process-choose"),
    path("capstone/<uuid:uid>/charter/", views.charter_page, name="charter"),
    path("capstone/<uuid:uid>/charter/write/", views.write_charter, name="charter-write"),
    path("capstone/<uuid:uid>/charter/draft/keep/", views.keep_draft, name="draft-keep"),
    path("capstone/<uuid:uid>/charter/draft/drop/", views.drop_draft, name="draft-drop"),
    path("capstone/<uuid:uid>/charter/sign/", views.sign_charter, name="charter-sign"),
    path("capstone/<uuid:uid>/screen/", views.screen_page, name="screen"),
    path("capstone/<uuid:uid>/screen/answer/", views.screen_project, name="project-screen"),
    path("capstone/<uuid:uid>/entry/", views.entry_page, name="entry"),
    path("capstone/<uuid:uid>/entry/file/", views.entry_file, name="entry-file"),
    path("capstone/<uuid:uid>/entry/enter/", views.enter_at_stage, name="at-stage-enter"),
    path("capstone/<uuid:uid>/entry/withdraw/", views.withdraw_entry, name="entry-withdraw"),
    path("capstone/<uuid:uid>/measure/", views.new_measure_page, name="measure-new"),
    path("capstone/<uuid:uid>/measure/add/", views.add_measure, name="measure-add"),
    path("measures/<uuid:uid>/", views.measure_page, name="measure"),
    path("measures/<uuid:uid>/edit/", views.edit_measure_page, name="measure-edit"),
    path("measures/<uuid:uid>/correct/", views.correct_measure, name="measure-correct"),
    path("measures/<uuid:uid>/points/add/", views.add_point, name="point-add"),
    path("points/<uuid:uid>/", views.point_page, name="point"),
    path("points/<uuid:uid>/correct/", views.correct_point, name="point-correct"),
    path("points/<uuid:uid>/remove/", views.remove_point, name="point-remove"),
    path("points/<uuid:uid>/restore/", views.restore_point, name="point-restore"),
]
