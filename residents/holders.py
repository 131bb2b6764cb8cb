"""Whom a program knows, and who holds which role in it: reads over people."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from qipathway.core.accounts.models import User

from .models import Program, Resident, RoleGrant
from .states import RELIED_ON, InvitationState, Role


def people_of(program: Program) -> QuerySet[User]:
    """Everybody who holds, held or is offered a role in a program, or stands on its roster."""
    granted = program.grants.values("person")
    invited = program.invitations.values("person")
    trained = program.residents.values("person")
    return User.objects.filter(Q(pk__in=granted) | Q(pk__in=invited) | Q(pk__in=trained))


def belongs_to(program: Program, person: User) -> bool:
    """Tell whether a person holds, held or will hold a role here, or stands on the roster."""
    return (
        person.grants.filter(program=program).exists()
        or person.residencies.filter(program=program).exists()
    )


def is_needed_elsewhere(person: User, program: Program, day: date) -> bool:
    """Tell whether another program or the site itself counts on a person's account."""
    return (
        person.is_staff
        or person.is_superuser
        or person.grants.exclude(program=program).exclude(until__lt=day).exists()
        or person.residencies.exclude(program=program).exists()
        or person.invitations.exclude(program=program)
        .filter(state=InvitationState.PENDING)
        .exists()
    )


def coaches_here(program: Program) -> QuerySet[User]:
    """Everybody who coaches in a program today, in the pool or somebody already."""
    grants = program.grants.active().of_role(Role.COACH)
    return User.objects.filter(pk__in=grants.values("person"), is_active=True)


def caseload(program: Program, person: User) -> list[Resident]:
    """Read whom a person coaches today, by name."""
    ties = program.grants.active().of_role(Role.COACH).filter(person=person)
    residents = Resident.objects.filter(pk__in=ties.values("resident"))
    return list(residents.select_related("person", "program").by_name())


def deputies_of(residents: Iterable[Resident], today: date) -> list[RoleGrant]:
    """Read who stands in for the coach of these residents, today or later, the soonest first."""
    keys = [resident.pk for resident in residents]
    named = RoleGrant.objects.of_role(Role.DEPUTY).filter(resident__in=keys, until__gte=today)
    return list(named.select_related("person", "resident__person").order_by("since", "person"))


def coaches_and_sponsors(resident: Resident, person: User) -> bool:
    """Tell whether one person is both coach and sponsor of a resident today: allowed, but odd."""
    ties = resident.ties.active().filter(person=person, role__in=RELIED_ON)
    return ties.values("role").distinct().count() == len(RELIED_ON)
