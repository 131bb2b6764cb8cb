"""Who depends on a person, and what a hand-over would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from curriculum.models import Session
from curriculum.reads import taught_after
from mentorship.models import CheckIn
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date, short_day
from residents.holders import is_needed_elsewhere
from residents.models import Program, Resident, RoleGrant
from residents.reads import coach_loads, directors
from residents.states import Role


@dataclass(frozen=True, slots=True)
class Dependents:
    """Whom and what somebody leaves behind, and why they cannot go or their account cannot close.

    ``stays`` and ``elsewhere`` are sentences, or empty.
    """

    coached: tuple[Resident, ...]
    sponsored: tuple[Resident, ...]
    sessions: tuple[Session, ...]
    stays: str
    elsewhere: str

    @property
    def is_free(self) -> bool:
        """Nobody has to be handed over any more."""
        return not (self.coached or self.sponsored or self.sessions or self.stays)


def dependents_of(program: Program, person: User, at: datetime) -> Dependents:
    """Read who depends on a person; seven queries at most, for any number."""
    day = local_date(at, program.zone)
    ties = RoleGrant.objects.filter(program=program, person=person, resident__isnull=False)
    rows = (
        ties.filter(since__lte=day)
        .exclude(until__lt=day)
        .select_related("resident__person", "resident__program")
    )
    tied = list(rows.order_by("resident__person__family_name", "resident__person__given_name"))
    return Dependents(
        coached=tuple(each.resident for each in tied if each.role == Role.COACH and each.resident),
        sponsored=tuple(
            each.resident for each in tied if each.role == Role.SPONSOR and each.resident
        ),
        sessions=tuple(taught_after(person, program, at)),
        stays=_why_they_stay(program, person),
        elsewhere=_why_it_stays_open(program, person, day),
    )


def _why_they_stay(program: Program, person: User) -> str:
    direct = {grant.person_id for grant in directors(program) if grant.person.is_active}
    if direct == {person.pk}:
        return f"{person.name} alone directs the program. Name another director first."
    return ""


def _why_it_stays_open(program: Program, person: User, day: date) -> str:
    if is_needed_elsewhere(person, program, day):
        return "They are counted on in another program, so their account stays open."
    if person.residencies.on_pathway().exists():
        return "They are on the pathway, so their account stays open."
    return ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a preview: who goes to whom, and what goes with them."""

    resident: Resident
    words: str


def preview_hand_over(
    program: Program, chosen: Sequence[Resident], *, role: Role, person: User, today: date
) -> tuple[list[Change], str]:
    """Work out what a hand-over changes and what the new coach carries then; nothing is saved."""
    if role != Role.COACH:
        return [Change(each, f"sponsored by {person.name}") for each in chosen], ""
    planned = CheckIn.objects.scheduled().filter(resident__in=chosen).exclude(coach=person)
    days = {each.resident_id: short_day(each.day, seen=today) for each in planned}
    changes = [Change(each, _coached_words(person, days.get(each.pk))) for each in chosen]
    load = next((each for each in coach_loads(program, today) if each.person == person), None)
    if load is None:
        return changes, ""
    count = f"{person.name} then coaches {load.count + len(chosen)} of {load.limit}."
    return changes, f"{count} They and the residents are told."


def _coached_words(person: User, day: str | None) -> str:
    moved = f"; the check-in on {day} moves to them" if day else ""
    return f"coached by {person.name}{moved}"
