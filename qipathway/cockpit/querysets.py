"""How to ask about what was put off, and about what was done to many at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from qipathway.core.accounts.models import User
from residents.models import Program

if TYPE_CHECKING:
    from .models import MemberChange, Snooze


class SnoozeQuerySet(QuerySet["Snooze"]):
    def put_off(self, viewer: User, program: Program, today: date) -> SnoozeQuerySet:
        """What ``viewer`` does not want to see yet."""
        return self.filter(viewer=viewer, program=program, until__gt=today)


class MemberChangeQuerySet(QuerySet["MemberChange"]):
    def standing(self) -> MemberChangeQuerySet:
        """Those that were not taken back."""
        return self.filter(undone_at=None)

    def for_list(self) -> MemberChangeQuerySet:
        """With who did it, and to how many."""
        return self.select_related("done_by").annotate(count=Count("members"))
