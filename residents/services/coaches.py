"""Who coaches whom: named by the KPO lead, and handed over in one step."""

from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.services import owe_now, withdraw_notices

from ..models import Resident, RoleGrant
from ..reminders import COACH_ASSIGNED
from ..rules import forget_ties
from ..states import Role
from .grants import record_grant, refuse_second, refuse_tie
from .locks import lock_resident


@transaction.atomic
def assign_coach(
    resident: Resident, *, person: User, on: date, by: User, at: datetime
) -> RoleGrant:
    """Let ``person`` coach a resident from ``on``; whoever coached until then hands over.

    The old grant ends the day before, in the same transaction, so that the resident never has
    two coaches nor a day without one. One that began on ``on`` itself was a slip and is taken
    back. Both people are told. The resident is locked: of two who assign at once both happen, one
    after the other, and naming the same coach again is refused in words.
    """
    resident = lock_resident(resident)
    refuse_tie(person, Role.COACH, resident.program, resident)
    current = _coach_on(resident, on)
    if current and current.person_id == person.pk:
        raise DomainError(f"{person.name} already coaches {resident.person.name}.")
    if current:
        _hand_over(current, on)
    refuse_second(resident, Role.COACH, on, None)
    grant = RoleGrant.objects.create(
        person=person,
        role=Role.COACH,
        program_id=resident.program_id,
        resident=resident,
        since=on,
    )
    record_grant(by, "residents.assign_coach", grant)
    forget_ties(person)
    for reader in (resident.person, person):
        owe_now(COACH_ASSIGNED, reader, grant, scope=resident.program_id, at=at)
    return grant


def _coach_on(resident: Resident, day: date) -> RoleGrant | None:
    """Return the grant of whoever coaches on a day and goes on doing so, locked."""
    ties = resident.ties.select_for_update(no_key=True, of=("self",)).select_related("person")
    return ties.filter(role=Role.COACH, since__lte=day).exclude(until__lt=day).first()


def _hand_over(grant: RoleGrant, on: date) -> None:
    withdraw_notices(grant, kinds=[COACH_ASSIGNED])
    if grant.since == on:
        grant.delete()
    else:
        grant.until = on - DAY
        grant.save(update_fields=["until"])
    forget_ties(grant.person)
