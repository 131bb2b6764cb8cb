"""How to ask about programs, residents and grants."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday, Now

from .rules import (
    DIRECTORATE,
    OFFICE,
    OVERSEERS,
    programs_where,
    residents_where,
    runs_the_site,
)
from .states import COACHING, LISTED, InvitationState, MembershipState, Role

if TYPE_CHECKING:
    from .models import (
        HalfDayHold,
        Invitation,
        Leave,
        Membership,
        Program,
        Resident,
        RoleGrant,
        RosterConsent,
        Settlement,
        YearOverride,
    )

Day = date | Combinable
"""A day, or the expression of one."""


class ProgramQuerySet(QuerySet["Program"]):
    def visible_to(self, user: User) -> ProgramQuerySet:
        """The programs in which the user holds any role today."""
        return self.filter(pk__in=programs_where(user, *Role))


class ResidentQuerySet(QuerySet["Resident"]):
    def visible_to(self, user: User) -> ResidentQuerySet:
        """Oneself, those one coaches, and all of the programs one oversees."""
        return self.filter(
            Q(program_id__in=programs_where(user, *OVERSEERS))
            | Q(pk__in=residents_where(user, Role.RESIDENT, Role.COACH))
        )

    def on_pathway(self) -> ResidentQuerySet:
        """Those with a membership that is running."""
        return self.filter(memberships__state=MembershipState.ACTIVE)

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
        """Grants in force today, where today is the program's date, or UTC's for the site's own."""
        there = self.alias(local_today=LocalToday(Coalesce(F("program__zone"), Value("UTC"))))
        day = F("local_today")
        return there.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def of_role(self, role: Role) -> GrantQuerySet:
        return self.filter(role=role)

    def sponsors_and_mentors(self) -> GrantQuerySet:
        """The ties of today that a director makes and ends; coaches are named elsewhere."""
        return self.active().filter(resident__isnull=False).exclude(role__in=COACHING)

    def visible_to(self, user: User) -> GrantQuerySet:
        """The ties of residents whom the user may see."""
        there = Q(resident__program_id__in=programs_where(user, *OVERSEERS))
        return self.filter(there | Q(resident__in=residents_where(user, Role.RESIDENT, Role.COACH)))


class MembershipQuerySet(QuerySet["Membership"]):
    def running(self) -> MembershipQuerySet:
        return self.filter(state=MembershipState.ACTIVE)


class RosterConsentQuerySet(QuerySet["RosterConsent"]):
    def visible_to(self, user: User) -> RosterConsentQuerySet:
        """One's own, prepared, given or withdrawn."""
        return self.filter(resident_id__in=residents_where(user, Role.RESIDENT))

    def current(self) -> RosterConsentQuerySet:
        """Those given and not withdrawn."""
        return self.filter(given_at__isnull=False, withdrawn_at=None)

    def public(self) -> RosterConsentQuerySet:
        """What anybody may read: current, of residents and graduates of the pathway."""
        return self.current().filter(resident__memberships__state__in=LISTED).distinct()


class DatedQuerySet(QuerySet[Any]):
    """Rows with a first and a last day, both included."""

    def overlapping(self, start: Day, end: Day) -> DatedQuerySet:
        return self.filter(start__lte=end, end__gte=start)


class HoldQuerySet(QuerySet["HalfDayHold"]):
    def standing(self) -> HoldQuerySet:
        """Those that were not released, in order of time."""
        return self.filter(released_at=None).order_by("day", "half")


class LeaveQuerySet(QuerySet["Leave"]):
    def standing(self) -> LeaveQuerySet:
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)

    def overlapping(self, start: Day, end: Day | None) -> LeaveQuerySet:
        """Those that stand and take a day from ``start`` to ``end``, or from ``start`` on."""
        begun = Q() if end is None else Q(first__lte=end)
        return self.standing().filter(begun, Q(last=None) | Q(last__gte=start))


class YearOverrideQuerySet(QuerySet["YearOverride"]):
    def standing(self) -> YearOverrideQuerySet:
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)


class SettlementQuerySet(QuerySet["Settlement"]):
    def visible_to(self, user: User) -> SettlementQuerySet:
        """One's own, one's mentees', and those of programs whose story one may read."""
        return self.filter(
            Q(program_id__in=programs_where(user, *OFFICE))
            | Q(resident_id__in=residents_where(user, Role.RESIDENT, Role.COACH))
        )

    def standing(self) -> SettlementQuerySet:
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)


class InvitationQuerySet(QuerySet["Invitation"]):
    def visible_to(self, user: User) -> InvitationQuerySet:
        """Those of programs one administers; who runs the site sees what offers one to direct."""
        first = Q(role=Role.DIRECTOR) if runs_the_site(user) else Q(pk__in=[])
        return self.filter(first | Q(program_id__in=programs_where(user, *DIRECTORATE)))

    def open(self) -> InvitationQuerySet:
        """Those that still wait for their answer and may get it."""
        return self.filter(state=InvitationState.PENDING, expires_at__gt=Now())
