"""Who stands in for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import short_day
from residents.holders import deputies_of
from residents.models import Program, Resident, RoleGrant
from residents.reads import coaches_of
from residents.rules import residents_where
from residents.states import Role


@dataclass(frozen=True, slots=True)
class StandIn:
    """A deputy of a coach, and their days and residents in words."""

    person: User
    words: str


def stand_ins(mentees: Sequence[Resident], today: date) -> list[StandIn]:
    """Read who stands in for the coach of these residents, one line a person and stretch."""
    found: dict[tuple[User, date, date], list[str]] = {}
    for grant in deputies_of(mentees, today):
        assert grant.until, "as the database promises"
        assert grant.resident, "as the database promises"
        key = grant.person, grant.since, grant.until
        found.setdefault(key, []).append(grant.resident.person.name)
    return [
        StandIn(
            person,
            f"{short_day(since, seen=today)} to {short_day(until, seen=today)}: {', '.join(names)}",
        )
        for (person, since, until), names in found.items()
    ]


def standing_in_words(user: User, program: Program) -> str:
    """Say for whom a person stands in today; asks the database only if they do."""
    keys = residents_where(user, Role.DEPUTY)
    if not keys:
        return ""
    tied = RoleGrant.objects.active().of_role(Role.DEPUTY).filter(program=program, person=user)
    rows = tied.filter(resident__in=keys).select_related("resident__person")
    coaches = coaches_of(keys)
    told = []
    for grant in rows.order_by("until", "pk"):
        assert grant.until, "as the database promises"
        assert grant.resident, "as the database promises"
        coach = coaches.get(grant.resident.pk)
        whose = f" for {coach.name}" if coach else ""
        told.append(f"{grant.resident.person.name}{whose} until {short_day(grant.until)}")
    return f"{'; '.join(told)}." if told else ""
