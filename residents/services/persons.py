"""Names and addresses of people, corrected by the office."""

from datetime import date
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q

from qipathway.core.accounts.models import User, normalise_email
from qipathway.core.lib.states import DomainError
from qipathway.core.links.services import revoke_all
from qipathway.core.timeline.services import record

from ..holders import is_needed_elsewhere, people_of
from ..models import Program
from .invitations import close_invitations
from .locks import lock_program


class Taken(DomainError):
    """Another person of the program has the address; the two may be swapped."""

    def __init__(self, holder: User) -> None:
        super().__init__(
            f"{holder.name} has this address. Tick the box if the two addresses are to be swapped."
        )
        self.holder = holder


@transaction.atomic
def correct_person(
    person: User,
    *,
    program: Program,
    given_name: str,
    family_name: str,
    email: str,
    swap: bool,
    today: date,
    by: User,
) -> User:
    """Correct a name and an address; mail that waits goes to the new address only.

    With a new address, links that went to the old one open no more, and it signs nobody in. Where
    another person of the program has the address, ``Taken`` names them; with ``swap`` the two
    exchange theirs. Refused for people whom another program counts on.
    """
    program = lock_program(program.pk)
    address = normalise_email(email)
    rows = User.objects.select_for_update(no_key=True).order_by("pk")
    found = {each.pk: each for each in rows.filter(Q(pk=person.pk) | Q(email=address))}
    person = found.pop(person.pk)
    holder = next(iter(found.values()), None)
    _refuse_shared(person, program, today)
    if holder is not None:
        _refuse_taken(holder, program, today, swap=swap)
        _move(holder, f"{uuid4()}@swap.invalid", program)
    if person.email != address:
        old = person.email
        _move(person, address, program)
        if holder is not None:
            _move(holder, old, program)
            _tell(by, holder, program)
    person.given_name, person.family_name = given_name, family_name
    person.save(update_fields=["given_name", "family_name"])
    _tell(by, person, program)
    return person


def _refuse_taken(holder: User, program: Program, today: date, *, swap: bool) -> None:
    if not people_of(program).filter(pk=holder.pk).exists():
        raise DomainError("Somebody outside this program has this address.")
    if not swap:
        raise Taken(holder)
    _refuse_shared(holder, program, today)


def _refuse_shared(person: User, program: Program, today: date) -> None:
    if is_needed_elsewhere(person, program, today):
        raise DomainError(
            f"{person.name} is counted on in another program, so their name and address stay."
        )


def _move(person: User, address: str, program: Program) -> None:
    """Give a person an address; what went to the old one opens no more and signs nobody in."""
    person.email = address
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError as error:
        raise DomainError("Somebody else has just got this address.") from error
    close_invitations(person, program=program)
    revoke_all(person)
    EmailAddress.objects.filter(user=person).delete()


def _tell(by: User, person: User, program: Program) -> None:
    record(by, "residents.correct_person", person, about=person, scope=program.pk)
