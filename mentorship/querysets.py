"""How to ask about check-ins, what was promised in them and what was written around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from qipathway.core.accounts.models import User
from residents.rules import programs_where, residents_where
from residents.states import Role

from .states import CheckInState, CommitmentState, NoteLevel

if TYPE_CHECKING:
    from .models import CheckIn, CoachNote, Commitment, Update


def readable_by(user: User, path: str = "") -> Q:
    """The rows of residents whose coaching ``user`` may read: one's own, one's mentees', and
    all of the programs one directs. ``path`` leads from the row to what carries the resident.
    """
    directed = {f"{path}program_id__in": programs_where(user, Role.DIRECTOR)}
    tied = {f"{path}resident_id__in": residents_where(user, Role.RESIDENT, Role.COACH)}
    return Q(**directed) | Q(**tied)


class CheckInQuerySet(QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> CheckInQuerySet:
        """The twin of ``mentorship.view_check_in``."""
        return self.filter(readable_by(user))

    def scheduled(self) -> CheckInQuerySet:
        return self.filter(state=CheckInState.SCHEDULED)

    def held(self) -> CheckInQuerySet:
        return self.filter(state=CheckInState.HELD)

    def newest_first(self) -> CheckInQuerySet:
        return self.order_by("-held_at", "-pk")

    def with_people(self) -> CheckInQuerySet:
        """With everybody whom a page about one check-in names."""
        return self.select_related(
            "program", "resident__person", "resident__program", "coach", "saved_by"
        )


class CommitmentQuerySet(QuerySet["Commitment"]):
    def visible_to(self, user: User) -> CommitmentQuerySet:
        """Commitments are read with the check-in in which they were made."""
        return self.filter(readable_by(user))

    def open(self) -> CommitmentQuerySet:
        return self.filter(state=CommitmentState.OPEN)

    def of(self, residents: Iterable[int]) -> CommitmentQuerySet:
        return self.filter(resident_id__in=list(residents))

    def soonest_first(self) -> CommitmentQuerySet:
        return self.order_by("due_on", "pk")


class CoachNoteQuerySet(QuerySet["CoachNote"]):
    def visible_to(self, user: User) -> CoachNoteQuerySet:
        """The twin of ``rules.reads_note``: level by level, and the author always."""
        own = residents_where(user, Role.RESIDENT)
        us_two = Q(level=NoteLevel.US_TWO, check_in__resident_id__in=own)
        shared = Q(level=NoteLevel.SHARED) & readable_by(user, "check_in__")
        return self.filter(Q(author=user) | Q(given_at__isnull=False) & (us_two | shared))


class UpdateQuerySet(QuerySet["Update"]):
    def visible_to(self, user: User) -> UpdateQuerySet:
        """What a resident wrote is read by whoever reads their check-ins."""
        return self.filter(readable_by(user))

    def unanswered(self) -> UpdateQuerySet:
        """Written since the last check-in."""
        return self.filter(answered_in=None)
