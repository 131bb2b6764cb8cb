"""How to ask about programs, residents and grants."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday

from .rules import OVERSEERS, programs_where, residents_where, ties
from .states import RUNNING, Role

if TYPE_CHECKING:
    from .models import Membership, Program, Resident, RoleGrant


class ProgramQuerySet(QuerySet["Program"]):
    def visible_to(self, user: User) -> ProgramQuerySet:
        """The programs in which the user holds any role today."""
        return self.filter(pk__in={tie.program_id for tie in ties(user)})


class ResidentQuerySet(QuerySet["Resident"]):
    def visible_to(self, user: User) -> ResidentQuerySet:
        """Oneself, those one coaches, and all of the programs one oversees."""
        return self.filter(
            Q(program_id__in=programs_where(user, *OVERSEERS))
            | Q(pk__in=residents_where(user, Role.RESIDENT, Role.COACH))
        )

    def on_pathway(self) -> ResidentQuerySet:
        """Those with a membership that is running: active or on leave."""
        return self.filter(memberships__state__in=RUNNING)

    def named(self, words: str) -> ResidentQuerySet:
        """Those whose name holds every one of the words, whatever its accents and case."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(person__given_name__unaccent__icontains=word)
                | Q(person__family_name__unaccent__icontains=word)
            )
        return found

    def by_name(self) -> ResidentQuerySet:
        return self.order_by("person__family_name", "person__given_name", "pk")


class GrantQuerySet(QuerySet["RoleGrant"]):
    def active(self) -> GrantQuerySet:
        """Grants in force today, where today is the program's date."""
        today = LocalToday(F("program__zone"))
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today)

    def of_role(self, role: Role) -> GrantQuerySet:
        return self.filter(role=role)


class MembershipQuerySet(QuerySet["Membership"]):
    def running(self) -> MembershipQuerySet:
        return self.filter(state__in=RUNNING)


class DatedQuerySet(QuerySet[Any]):
    """Rows with a first and a last day, both included."""

    def overlapping(self, start: date, end: date) -> DatedQuerySet:
        return self.filter(start__lte=end, end__gte=start)
