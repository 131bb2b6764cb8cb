"""Repair only: the application's own pages are where work is done."""

from django.contrib import admin

from .models import Cohort, Leader, PathwayVersion, Program, Resident, Rotation

admin.site.register([Cohort, Leader, PathwayVersion, Program, Resident, Rotation])
