"""How to ask about what was put off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from qipathway.core.accounts.models import User
from residents.models import Program

if TYPE_CHECKING:
    from .models import Snooze


class SnoozeQuerySet(QuerySet["Snooze"]):
    def put_off(self, viewer: User, program: Program, today: date) -> SnoozeQuerySet:
        """What ``viewer`` does not want to see yet."""
        return self.filter(viewer=viewer, program=program, until__gt=today)
