"""The rows and the first sentence of the page on who coaches whom. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residents.models import Membership, Resident
from residents.reads import Load, Tied


@dataclass(frozen=True, slots=True)
class Choice:
    """One coach in the list of a resident's form, with what they carry."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One resident, who coaches them, and who else could."""

    resident: Resident
    cohort: str
    coach: str
    choices: tuple[Choice, ...]


def resident_rows(
    people: Sequence[Membership], coaches: Mapping[int, Tied], loads: Sequence[Load]
) -> list[Row]:
    """Return everybody on the pathway in the order given, each with the coaches to choose from."""
    choices = [(load.person.pk, _choice(load)) for load in loads]
    return [
        Row(
            resident=member.resident,
            cohort=member.cohort.name,
            coach=coach.name if coach else "",
            choices=tuple(c for key, c in choices if not coach or key != coach.person_id),
        )
        for member in people
        for coach in [coaches.get(member.resident_id)]
    ]


def _choice(load: Load) -> Choice:
    return Choice(str(load.person.uid), f"{load.person.name}, has {load.words}")


def load_rows(loads: Sequence[Load]) -> list[dict[str, object]]:
    """Return one line a coach: what they carry, and whether it is past what is thought enough."""
    return [
        {
            "person": load.person,
            "title": load.person.name,
            "sub": f"{load.words} residents",
            "status": "Past the caseload" if load.is_past else _room(load),
            "tone": "warn" if load.is_past else "neutral",
        }
        for load in loads
    ]


def _room(load: Load) -> str:
    return f"Room for {load.limit - load.count}" if load.count < load.limit else "Full"


def coaching_lead(rows: Sequence[Row], loads: Sequence[Load]) -> str:
    """Say who waits for a coach, and who carries too much."""
    alone = [row.resident.person.name for row in rows if not row.coach]
    past = [load.person.name for load in loads if load.is_past]
    first = (
        f"{_names(alone)} without a coach." if alone else "Everybody on the pathway has a coach."
    )
    return f"{first} {_names(past)} past the caseload." if past else first


def _names(names: Sequence[str]) -> str:
    """Return "Ada is", "Ada and Bo are", or "5 people are"."""
    if len(names) == 1:
        return f"{names[0]} is"
    return f"{' and '.join(names)} are" if len(names) == 2 else f"{len(names)} people are"
