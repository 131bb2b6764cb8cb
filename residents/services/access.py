"""People who leave: their roles end, and their account closes where nobody else needs it."""

from datetime import date

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY
from qipathway.core.lib.states import DomainError
from qipathway.core.links.services import revoke_all
from qipathway.core.notices.services import withdraw_all
from qipathway.core.timeline.services import record

from ..holders import is_needed_elsewhere
from ..models import Program, RoleGrant
from ..states import RELIED_ON, Role
from .grants import cut_short, record_grant, refuse_last_director
from .invitations import close_invitations
from .locks import lock_program


@transaction.atomic
def release_person(person: User, *, program: Program, on: date, by: User) -> User:
    """End every role of a person in a program: from ``on`` they hold none. Their account stays.

    Refused while somebody depends on them. The program is locked, so of two directors who let
    each other go at once one stays.
    """
    program, person = _locked(program, person)
    ended = _end_everything(person, program, on=on, by=by)
    if not ended + close_invitations(person, program=program):
        raise DomainError(f"{person.name} holds no role here.")
    _tell(by, "residents.release_person", person, program)
    return person


@transaction.atomic
def deactivate_person(person: User, *, program: Program, on: date, by: User) -> User:
    """End every role of a person and close their account, at once and everywhere.

    A new unusable password makes every session of theirs end with its next request, also once
    the account is opened again. Personal links stop opening, what they are owed does not go out,
    and what they were offered is taken back. What they did keeps their name. Refused while
    somebody depends on them, or another program on their account.
    """
    program, person = _locked(program, person)
    if not person.is_active:
        raise DomainError(f"The account of {person.name} is closed already.")
    if person.pk == by.pk:
        raise DomainError("Nobody closes their own account. Ask another director.")
    if is_needed_elsewhere(person, program, on):
        raise DomainError(
            f"{person.name} is counted on in another program, so the account stays open. "
            "End their roles here instead."
        )
    if person.residencies.on_pathway().exists():
        raise DomainError(f"{person.name} is on the pathway. Their place has to end first.")
    _end_everything(person, program, on=on, by=by)
    close_invitations(person, program=program)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    revoke_all(person)
    withdraw_all(person)
    _tell(by, "residents.deactivate_person", person, program)
    return person


@transaction.atomic
def reactivate_person(person: User, *, program: Program, by: User) -> User:
    """Open a closed account again: they can sign in anew. Roles that ended stay ended."""
    program, person = _locked(program, person)
    if person.is_active:
        raise DomainError(f"The account of {person.name} is open already.")
    if person.is_staff or person.is_superuser:
        raise DomainError("Whoever runs the site opens this account.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    _tell(by, "residents.reactivate_person", person, program)
    return person


def _locked(program: Program, person: User) -> tuple[Program, User]:
    program = lock_program(program.pk)
    return program, User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _end_everything(person: User, program: Program, *, on: date, by: User) -> int:
    """Let a person hold nothing from ``on`` on; return how many roles ended or never begin."""
    rows = program.grants.select_for_update(no_key=True, of=("self",)).filter(person=person)
    grants = list(rows.exclude(until__lt=on).select_related("person", "resident__person"))
    _refuse_depended_on(person, grants, on)
    for grant in grants:
        record_grant(by, "residents.end_grant", grant)
        cut_short(grant, on)
    return len(grants)


def _refuse_depended_on(person: User, grants: list[RoleGrant], on: date) -> None:
    tied = (each for each in grants if each.role in RELIED_ON and each.since <= on)
    names = [each.resident.person.name for each in tied if each.resident]
    if names:
        raise DomainError(
            f"{person.name} coaches or sponsors {', '.join(names)}. Hand them over first."
        )
    for grant in grants:
        if grant.role == Role.DIRECTOR and grant.since <= on:
            refuse_last_director(grant, after=on - DAY)
            refuse_last_director(grant, after=on)


def _tell(by: User, action: str, person: User, program: Program) -> None:
    record(by, action, person, about=person, scope=program.pk)
