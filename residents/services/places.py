"""Places on the pathway and roles in a program, given and ended one by one."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import short_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Cohort, Membership, Program, Resident, RoleGrant
from ..rules import forget_ties
from ..states import PAIRED, Role, Track

ELIGIBLE = frozenset({Track.CATEGORICAL, Track.PRIMARY_CARE})


def why_not_eligible(resident: Resident) -> str:
    """Return why this resident cannot join the pathway, or an empty string."""
    if resident.track not in ELIGIBLE:
        return "the pathway is open to the categorical and primary-care tracks only"
    if not resident.matched_here:
        return "the pathway is open to residents who matched here only"
    return ""


@transaction.atomic
def enrol(resident: Resident, *, cohort: Cohort, on: date, by: User | None) -> Membership:
    """Give a resident a place in an intake; refuse, with the reason, who is not eligible."""
    resident = _locked(resident)
    reason = why_not_eligible(resident) or _not_this_intake(resident, cohort)
    if reason:
        raise DomainError(f"{resident.person.name} was not enrolled: {reason}.")
    if resident.memberships.running().exists():
        raise DomainError(f"{resident.person.name} already has a place on the pathway.")
    membership = Membership.objects.create(
        program_id=resident.program_id, cohort=cohort, resident=resident, joined_on=on
    )
    record(
        by,
        "residents.enrol",
        membership,
        about=resident.person,
        scope=resident.program_id,
        cohort=cohort.name,
    )
    return membership


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
    """Let a person hold a role from one day until another, both included.

    The resident is locked, so of two coaches named at once the second is refused in words; the
    database would refuse it anyway.
    """
    if until is not None and until < since:
        raise DomainError("A role cannot end before it starts.")
    if resident is not None:
        resident = _locked(resident)
        _refuse_tie(person, role, program, resident)
    if resident is not None and role == Role.COACH:
        _refuse_second_coach(resident, since, until)
    grant = RoleGrant.objects.create(
        person=person, role=role, program=program, resident=resident, since=since, until=until
    )
    about = resident.person if resident else person
    record(by, "residents.grant_role", grant, about=about, scope=program.pk, role=role.value)
    forget_ties(person)
    return grant


@transaction.atomic
def end_grant(grant: RoleGrant, *, on: date, by: User) -> RoleGrant:
    """Let a role end after ``on``; what was done with it stays."""
    grant = RoleGrant.objects.select_for_update(no_key=True).get(pk=grant.pk)
    if grant.until is not None and grant.until <= on:
        raise DomainError(f"This role already ends on {short_day(grant.until)}.")
    grant.until = max(on, grant.since)
    grant.save(update_fields=["until"])
    about: Any = grant.resident.person if grant.resident else grant.person
    record(by, "residents.end_grant", grant, about=about, scope=grant.program_id, role=grant.role)
    forget_ties(grant.person)
    return grant


def _locked(resident: Resident) -> Resident:
    return Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)


def _not_this_intake(resident: Resident, cohort: Cohort) -> str:
    here = cohort.program_id == resident.program_id
    return "" if here else f"the intake {cohort.name} belongs to another program"


def _refuse_tie(person: User, role: Role, program: Program, resident: Resident) -> None:
    if role not in PAIRED:
        raise DomainError(f"{role.label} is a role in the program, not for one resident.")
    if resident.person_id == person.pk:
        raise DomainError(f"{person.name} cannot be their own {role.label}.")
    if resident.program_id != program.pk:
        raise DomainError(f"{resident.person.name} is not a resident of this program.")


def _refuse_second_coach(resident: Resident, since: date, until: date | None) -> None:
    then = Q(until=None) | Q(until__gte=since)
    others = resident.ties.filter(then, role=Role.COACH)
    if until is not None:
        others = others.filter(since__lte=until)
    other = others.select_related("person").order_by("since").first()
    if other:
        raise DomainError(
            f"{resident.person.name} already has a coach at that time: {other.person.name}."
        )
