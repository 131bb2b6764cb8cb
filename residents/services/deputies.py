"""Who stands in for a coach who is away, from one day until another."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.services import owe_now, withdraw_notices
from qipathway.core.timeline.services import record

from ..models import Resident, RoleGrant
from ..reminders import DEPUTY_NAMED
from ..states import Role
from .grants import cut_short, hold_role
from .locks import lock_residents


@transaction.atomic
def name_deputy(
    residents: Iterable[Resident],
    *,
    person: User,
    since: date,
    until: date,
    by: User,
    at: datetime,
) -> list[RoleGrant]:
    """Let ``person`` stand in as coach of all of these residents: all of them, or none.

    They see and do what the coach does, and read no note that the coach wrote for themself or for
    the two of them. Told by one letter. The residents are locked, so that of two who name a deputy
    for the same days at once the second is told who it is.
    """
    chosen = sorted(residents, key=lambda resident: resident.pk)
    if any(until < local_date(at, resident.program.zone) for resident in chosen):
        raise DomainError("These days are over already.")
    lock_residents(resident.pk for resident in chosen)
    made = [_stand_in(each, person, since, until) for each in chosen]
    for grant in made:
        _tell(by, "residents.name_deputy", grant)
    for grant in made[:1]:
        owe_now(DEPUTY_NAMED, person, grant, scope=chosen[0].program_id, at=at)
    return made


@transaction.atomic
def dismiss_deputy(
    residents: Iterable[Resident], *, person: User, on: date, by: User
) -> list[RoleGrant]:
    """Let a deputy of these residents stand in no more from ``on`` on; what they did stays."""
    keys = [resident.pk for resident in residents]
    lock_residents(keys)
    rows = RoleGrant.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    named = rows.filter(role=Role.DEPUTY, resident__in=keys, person=person, until__gte=on)
    grants = list(named.select_related("person", "resident__person"))
    if not grants:
        raise DomainError(f"{person.name} stands in no more.")
    for grant in grants:
        withdraw_notices(grant, kinds=[DEPUTY_NAMED])
        _tell(by, "residents.dismiss_deputy", grant)
        cut_short(grant, on)
    return grants


def _stand_in(resident: Resident, person: User, since: date, until: date) -> RoleGrant:
    if resident.ties.active().filter(role=Role.COACH, person=person).exists():
        raise DomainError(f"{person.name} coaches {resident.person.name} already.")
    return hold_role(
        person,
        role=Role.DEPUTY,
        program=resident.program,
        resident=resident,
        since=since,
        until=until,
    )


def _tell(by: User, action: str, grant: RoleGrant) -> None:
    assert grant.resident is not None, "a deputy stands in for a resident's coach"
    record(
        by,
        action,
        grant,
        about=grant.resident.person,
        scope=grant.resident.program_id,
        person=grant.person_id,
        until=grant.until.isoformat() if grant.until else "",
    )
