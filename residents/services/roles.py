"""Roles in the program: given to people who belong to it, and ended on a day."""

from datetime import date

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY
from qipathway.core.lib.states import DomainError

from ..models import Program, RoleGrant
from ..rules import forget_ties
from ..states import GIVEN, Role
from .grants import SITE, end_grant, hold_role, record_grant, refuse_last_director
from .invitations import close_invitations
from .locks import lock_program


@transaction.atomic
def give_role(
    person: User, *, role: Role, program: Program, since: date, until: date | None, by: User
) -> RoleGrant:
    """Give a role in the program to somebody who belongs to it already.

    Whoever is new is invited instead, so that they say yes themselves. An invitation to the same
    role is taken back, for there is nothing left to accept.
    """
    if role not in GIVEN:
        raise DomainError(f"Nobody is given the role {role.noun} here.")
    program = lock_program(program.pk)
    close_invitations(person, program=program, role=role)
    grant = hold_role(person, role=role, program=program, since=since, until=until)
    record_grant(by, "residents.give_role", grant)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, on: date, today: date, by: User) -> RoleGrant:
    """End a role in the program after ``on``; one that would begin later never begins.

    It ends yesterday at the earliest, which is at once: that somebody held it is not undone, and
    who directs the program is asked of a day that is still to come.
    """
    if on < today - DAY:
        raise DomainError("A role ends yesterday at the earliest; days that it was held stay.")
    if grant.since <= on:
        return end_grant(grant, on=on, by=by, told="residents.end_role")
    lock_program(grant.program_id or SITE)
    locked = RoleGrant.objects.select_for_update(no_key=True).filter(pk=grant.pk).first()
    if locked is None:
        raise DomainError("This role was already taken back.")
    refuse_last_director(locked, after=locked.since - DAY)
    record_grant(by, "residents.end_role", locked)
    forget_ties(locked.person)
    locked.delete()
    return grant
