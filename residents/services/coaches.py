"""Who coaches whom: named by the KPO lead, and handed over in one step."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.services import owe_now, withdraw_notices
from qipathway.core.timeline.services import record

from ..models import Resident, RoleGrant
from ..reminders import COACH_ASSIGNED
from ..rules import forget_ties
from ..states import Role
from .grants import (
    SITE,
    cut_short,
    hold_role,
    record_grant,
    refuse_closed,
    refuse_second,
    refuse_tie,
)
from .locks import lock_resident, lock_residents


@transaction.atomic
def assign_coach(
    resident: Resident, *, person: User, on: date, by: User, at: datetime
) -> RoleGrant:
    """Let ``person`` coach a resident from ``on``; whoever coached until then hands over.

    The old grant ends the day before, in the same transaction, so that the resident never has
    two coaches nor a day without one; a deputy of the old coach stands in no more. One that began
    on ``on`` itself was a slip and is taken back. Both people are told. The resident is locked: of
    two who assign at once both happen, one after the other, and naming the same coach again is
    refused in words.
    """
    resident = lock_resident(resident)
    refuse_tie(person, Role.COACH, resident.program, resident)
    current = _tied_on(resident, Role.COACH, on)
    if current and current.person_id == person.pk:
        raise DomainError(f"{person.name} already coaches {resident.person.name}.")
    if current:
        _hand_over(current, on)
    for deputy in resident.ties.filter(role=Role.DEPUTY, until__gte=on).select_related("person"):
        record_grant(by, "residents.end_grant", deputy)
        cut_short(deputy, on)
    refuse_second(resident, Role.COACH, on, None)
    refuse_closed(person)
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


@transaction.atomic
def reassign_residents(
    residents: Iterable[Resident], *, role: Role, person: User, on: date, by: User, at: datetime
) -> list[RoleGrant]:
    """Let ``person`` coach or sponsor all of these residents from ``on``: all of them, or none.

    They are locked in the order of their keys first, so that two who hand over overlapping
    caseloads at once follow one another.
    """
    chosen = sorted(residents, key=lambda resident: resident.pk)
    lock_residents(resident.pk for resident in chosen)
    if role == Role.COACH:
        made = [assign_coach(each, person=person, on=on, by=by, at=at) for each in chosen]
    else:
        made = [_let_sponsor(each, person, on, by) for each in chosen]
    for grant in made[:1]:
        record(
            by,
            "residents.reassign_residents",
            grant,
            about=person,
            scope=grant.program_id or SITE,
            count=len(made),
        )
    return made


def _let_sponsor(resident: Resident, person: User, on: date, by: User) -> RoleGrant:
    resident = lock_resident(resident)
    refuse_tie(person, Role.SPONSOR, resident.program, resident)
    current = _tied_on(resident, Role.SPONSOR, on)
    if current and current.person_id == person.pk:
        raise DomainError(f"{person.name} already sponsors {resident.person.name}.")
    if current:
        _hand_over(current, on)
    grant = hold_role(
        person,
        role=Role.SPONSOR,
        program=resident.program,
        resident=resident,
        since=on,
        until=None,
    )
    record_grant(by, "residents.grant_role", grant)
    return grant


def _tied_on(resident: Resident, role: Role, day: date) -> RoleGrant | None:
    """Return the grant of whoever holds a role for a resident on a day, locked."""
    ties = resident.ties.select_for_update(no_key=True, of=("self",)).select_related("person")
    return ties.filter(role=role, since__lte=day).exclude(until__lt=day).first()


def _hand_over(grant: RoleGrant, on: date) -> None:
    withdraw_notices(grant, kinds=[COACH_ASSIGNED])
    cut_short(grant, on)
