"""Addresses of deeds of ``residents`` whose page draws on several apps; named in its namespace."""

from django.urls import path

from .views import coaching

urlpatterns = [
    path("coaching/", coaching.coaching, name="coaching"),
    path("coaching/ties/", coaching.grant_role, name="role-grant"),
    path("coaching/ties/<uuid:uid>/end/", coaching.end_grant, name="grant-end"),
    path("residents/<uuid:uid>/coach/", coaching.assign_coach, name="coach-assign"),
]
