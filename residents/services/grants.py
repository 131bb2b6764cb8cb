"""Roles: who holds which from when, and until when."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY, short_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Program, Resident, RoleGrant
from ..rules import forget_ties
from ..states import PAIRED, SOLE, Role
from .locks import lock_program, lock_resident

SITE = 0
"""The scope of what belongs to no program."""


@transaction.atomic
def grant_role(
    person: User,
    *,
    role: Role,
    program: Program,
    since: date,
    by: User | None,
    resident: Resident | None = None,
    until: date | None = None,
) -> RoleGrant:
    """Let a person hold a role from one day until another, both included."""
    grant = hold_role(
        person, role=role, program=program, since=since, resident=resident, until=until
    )
    record_grant(by, "residents.grant_role", grant)
    return grant


@transaction.atomic
def end_grant(
    grant: RoleGrant, *, on: date, by: User, told: str = "residents.end_grant"
) -> RoleGrant:
    """Let a role end after ``on``; what was done with it stays. ``told`` is what it is called.

    Whoever ends it second, with the same day or a later one, is told that it ends already. The
    role of a director ends under a lock on the program, so that of two who end each other at once
    one stays.
    """
    if grant.role == Role.DIRECTOR and grant.program_id:
        lock_program(grant.program_id)
    grant = RoleGrant.objects.select_for_update(no_key=True).get(pk=grant.pk)
    if grant.until is not None and grant.until <= on:
        raise DomainError(f"This role already ends on {short_day(grant.until)}.")
    refuse_last_director(grant, after=max(on, grant.since))
    grant.until = max(on, grant.since)
    grant.save(update_fields=["until"])
    record_grant(by, told, grant)
    forget_ties(grant.person)
    return grant


def hold_role(
    person: User,
    *,
    role: Role,
    program: Program,
    since: date,
    until: date | None,
    resident: Resident | None = None,
) -> RoleGrant:
    """Write that a person holds a role; whoever calls has opened the transaction and tells it.

    The resident and the person are locked, so of two who grant the same at once the second is
    refused in words; the database would refuse it anyway.
    """
    if until is not None and until < since:
        raise DomainError("A role cannot end before it starts.")
    if resident is not None:
        resident = lock_resident(resident)
        refuse_tie(person, role, program, resident)
        refuse_second(resident, role, since, until)
    refuse_closed(person)
    _refuse_twice(person, role, program, resident, since=since, until=until)
    grant = RoleGrant.objects.create(
        person=person, role=role, program=program, resident=resident, since=since, until=until
    )
    forget_ties(person)
    return grant


def record_grant(by: User | None, action: str, grant: RoleGrant) -> None:
    """Tell it on the resident's timeline, where one is named, else on the holder's own."""
    about = grant.resident.person if grant.resident else grant.person
    record(
        by,
        action,
        grant,
        about=about,
        scope=grant.program_id or SITE,
        role=str(grant.role),
        person=grant.person_id,
    )


def refuse_last_director(grant: RoleGrant, *, after: date) -> None:
    """Refuse to leave a program without a director who can sign in on the day after."""
    if grant.role != Role.DIRECTOR:
        return
    day = after + DAY
    directs = RoleGrant.objects.of_role(Role.DIRECTOR).filter(
        _within(day, day), program=grant.program_id, person__is_active=True
    )
    if not directs.exclude(pk=grant.pk).exists():
        raise DomainError(
            f"Nobody would direct the program after {short_day(after)}. "
            "Name another director first."
        )


def cut_short(grant: RoleGrant, on: date) -> None:
    """Let a role be held no more from ``on`` on; one that has not been held for a day goes."""
    if grant.since < on:
        grant.until = on - DAY
        grant.save(update_fields=["until"])
    else:
        grant.delete()
    forget_ties(grant.person)


def refuse_closed(person: User) -> None:
    """Refuse somebody whose account is closed, or closes at this moment; they are locked."""
    if not User.objects.select_for_update(no_key=True).get(pk=person.pk).is_active:
        raise DomainError(f"{person.name} cannot sign in. Open their account first.")


def refuse_tie(person: User, role: Role, program: Program, resident: Resident) -> None:
    """Refuse a tie that can never be."""
    if role not in PAIRED:
        raise DomainError(f"{role.label} is a role in the program, not for one resident.")
    if resident.person_id == person.pk:
        raise DomainError(f"{person.name} cannot be their own {role.noun}.")
    if resident.program_id != program.pk:
        raise DomainError(f"{resident.person.name} is not a resident of this program.")


def refuse_second(resident: Resident, role: Role, since: date, until: date | None) -> None:
    """Refuse a second person in a role that one person at a time holds for a resident."""
    if role not in SOLE:
        return
    others = resident.ties.filter(_within(since, until), role=role).select_related("person")
    other = others.order_by("since").first()
    if other:
        raise DomainError(
            f"{resident.person.name} already has a {role.noun} at that time: {other.person.name}."
        )


def _refuse_twice(
    person: User,
    role: Role,
    program: Program,
    resident: Resident | None,
    *,
    since: date,
    until: date | None,
) -> None:
    same = person.grants.filter(
        _within(since, until), role=role, program=program, resident=resident
    )
    if same.exists():
        raise DomainError(f"{person.name} already holds the role {role.noun} at that time.")


def _within(since: date, until: date | None) -> Q:
    """The condition that a grant holds on a day between the two, both included."""
    then = Q(until=None) | Q(until__gte=since)
    return then if until is None else then & Q(since__lte=until)
