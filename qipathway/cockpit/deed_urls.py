"""Addresses of deeds of the apps whose page draws on several; named in the app's namespace."""

from django.urls import path

from .views import check_in, coaching, leave

RESIDENTS = [
    path("coaching/", coaching.coaching, name="coaching"),
    path("coaching/ties/", coaching.grant_role, name="role-grant"),
    path("coaching/ties/<uuid:uid>/end/", coaching.end_grant, name="grant-end"),
    path("residents/<uuid:uid>/coach/", coaching.assign_coach, name="coach-assign"),
    path("residents/<uuid:uid>/leave/", leave.leave_page, name="leave"),
    path("residents/<uuid:uid>/leave/record/", leave.record_leave, name="leave-record"),
    path("leave/<uuid:uid>/end/", leave.end_leave, name="leave-end"),
    path("leave/<uuid:uid>/withdraw/", leave.withdraw_leave, name="leave-withdraw"),
]
MENTORSHIP = [
    path("check-ins/<uuid:uid>/record/", check_in.record_check_in, name="check-in-record"),
]
