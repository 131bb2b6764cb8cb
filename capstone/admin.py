"""Repair only: the application's own pages are where work is done."""

from django.contrib import admin

from .models import Charter, Measure, Point, PriorWork, Project, Screen, StageEntry

admin.site.register([Charter, Measure, Point, PriorWork, Project, Screen, StageEntry])
