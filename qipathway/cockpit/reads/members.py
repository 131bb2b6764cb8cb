"""What a change would do to members of the pathway, before anybody is changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from curriculum.models import Booking
from curriculum.reads import booked_ahead
from qipathway.core.lib.dates import local_date
from residents.changes import Change
from residents.models import TRAINING, Cohort, Membership, Program

from ..member_words import change_words, ends_the_place
from ..models import MemberChange

LAST_CHANGES = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """One member, what would happen to them, or why it cannot; and the seats they would lose."""

    member: Membership
    words: str
    refusal: str
    seats: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """A change for each member that was chosen, by name."""

    change: Change
    rows: tuple[Planned, ...]

    @property
    def possible(self) -> list[Planned]:
        return [row for row in self.rows if not row.refusal]

    @property
    def refused(self) -> list[Planned]:
        return [row for row in self.rows if row.refusal]

    @property
    def seen(self) -> str:
        """A fingerprint of what a person read: what was not previewed is not done."""
        words = [f"{row.member.uid} {row.words} {row.refusal}" for row in self.rows]
        return sha256("\n".join([self.change.deed, *words]).encode()).hexdigest()


def plan_change(
    program: Program, change: Change, members: Iterable[Membership], at: datetime
) -> ChangePlan:
    """Work out what a change would do to members, as they are now; four queries for any number."""
    today = local_date(at, program.zone)
    rows = members_with_training(program, [member.pk for member in members])
    seats: dict[int, list[Booking]] = defaultdict(list)
    if ends_the_place(change):
        keys = [row.resident_id for row in rows if row.is_running]
        for seat in booked_ahead(keys, after=at):
            seats[seat.resident_id].append(seat)
    planned = []
    for row in rows:
        refusal = change.why_not(row, today)
        lost = () if refusal else tuple(seats[row.resident_id])
        words = "" if refusal else change_words(row, change, lost, today)
        planned.append(Planned(row, words, refusal, lost))
    return ChangePlan(change, tuple(planned))


def members_with_training(program: Program, keys: Iterable[int]) -> list[Membership]:
    """Read members, wherever they stand, by name, with all that their years are worked out from."""
    rows = Membership.objects.filter(program=program, pk__in=list(keys))
    return list(
        rows.select_related("resident__person", "resident__program", "cohort__version")
        .prefetch_related(*(f"resident__{each}" for each in TRAINING))
        .order_by("resident__person__family_name", "resident__person__given_name", "pk")
    )


def cohort_of(change: MemberChange) -> Cohort:
    """Return the cohort in which the members of a change are, by the first of them."""
    row = change.members.select_related("membership__cohort__program").earliest("pk")
    return row.membership.cohort


def last_changes(program: Program) -> list[MemberChange]:
    """Read the changes that stand and were done last, with who did them and to how many."""
    return list(MemberChange.objects.standing().filter(program=program).for_list()[:LAST_CHANGES])
