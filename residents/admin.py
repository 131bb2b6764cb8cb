"""Repair only: the application's own pages are where work is done."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest

from .models import (
    Cohort,
    Leader,
    Membership,
    PathwayVersion,
    Program,
    Resident,
    RoleGrant,
    Rotation,
)

admin.site.register([Cohort, Leader, Membership, PathwayVersion, Program, Resident, Rotation])


@admin.register(RoleGrant)
class RoleGrantAdmin(admin.ModelAdmin):
    """Who holds which role; only a tie names a resident."""

    list_display = ["person", "role", "program", "resident", "since", "until"]
    list_filter = ["program", "role"]
    list_select_related = ["person", "program", "resident__person"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **options: Any
    ) -> ModelChoiceField | None:
        """Let a role be granted that names nobody, or (an operator's) no program."""
        if db_field.name in {"resident", "program"}:
            options["required"] = False
        return super().formfield_for_foreignkey(db_field, request, **options)
