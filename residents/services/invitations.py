"""A role is offered, and taken: bound to a person, their address and a program, for a week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User, normalise_email
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError, move
from qipathway.core.links.services import open_link, revoke_earlier, use_link
from qipathway.core.notices.services import owe_now, withdraw_notices
from qipathway.core.timeline.services import record

from ..holders import belongs_to
from ..models import Invitation, Program
from ..reads import directors
from ..reminders import INVITED, PURPOSE, new_token
from ..states import GIVEN, INVITATION_MOVES, InvitationState, Role
from .grants import grant_role
from .locks import lock_program

LASTS = timedelta(days=7)
VOID = "This invitation can no longer be accepted. Ask whoever invited you for a new one."


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody as they are written down by whoever invites them."""

    email: str
    given_name: str
    family_name: str = ""


@transaction.atomic
def invite_director(
    program: Program,
    *,
    email: str,
    given_name: str,
    family_name: str,
    by: User | None,
    at: datetime,
) -> Invitation:
    """Offer a program to its first director, and owe them the letter.

    The program is locked: a director who is in office invites the others, so there is no second
    first one.
    """
    program = lock_program(program.pk)
    _refuse_outsider(program, by)
    person = _person(Newcomer(email, given_name, family_name))
    invitation = Invitation(program=program, person=person, role=Role.DIRECTOR, invited_by=by)
    _send(invitation, at)
    _tell(by, "residents.invite_director", invitation)
    return invitation


@transaction.atomic
def invite_person(
    program: Program,
    newcomer: Newcomer,
    *,
    role: Role,
    since: date | None,
    until: date | None,
    by: User,
    at: datetime,
) -> Invitation:
    """Offer a role to somebody who does not belong to the program yet, and owe them the letter.

    Without a first day it begins on the day on which they accept. Under the program's lock: of two
    who invite the same person at once the later letter is the one that opens.
    """
    if role not in GIVEN:
        raise DomainError(f"Nobody is given the role {role.noun} here.")
    if since and until and until < since:
        raise DomainError("A role cannot end before it starts.")
    program = lock_program(program.pk)
    person = _person(newcomer)
    if not person.is_active:
        raise DomainError(f"The account with the address {person.email} is closed.")
    if belongs_to(program, person):
        raise DomainError(
            f"{person.name} belongs to this program already. Give the role on their page."
        )
    invitation = Invitation(
        program=program, person=person, role=role, since=since, until=until, invited_by=by
    )
    _send(invitation, at)
    _tell(by, "residents.invite_person", invitation)
    return invitation


@transaction.atomic
def renew_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Send a new letter for an invitation that was not answered; only the new link opens.

    What offers a program to its first director is of no more use once it has one.
    """
    program = lock_program(invitation.program_id)
    old = _locked(invitation)
    if old.role == Role.DIRECTOR:
        _refuse_outsider(program, by)
    if old.state != InvitationState.PENDING:
        raise DomainError("This invitation was answered or taken back.")
    renewed = Invitation(
        program=old.program,
        person=old.person,
        role=old.role,
        since=old.since,
        until=old.until,
        invited_by=by,
    )
    _send(renewed, at)
    _tell(by, "residents.renew_invitation", renewed)
    return renewed


@transaction.atomic
def show_invitation(invitation: Invitation, *, by: User | None) -> str:
    """Return a token of the invitation for handing over by other means than mail.

    Earlier links of it are good until it is answered, as the mail may still arrive.
    """
    lock_program(invitation.program_id)
    invitation = _locked(invitation)
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        raise DomainError("This invitation was answered, taken back or has run out.")
    _tell(by, "residents.show_invitation", invitation)
    return new_token(invitation)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back: its links stop opening, and a letter on its way stays here."""
    lock_program(invitation.program_id)
    invitation = _locked(invitation)
    _close(invitation)
    _tell(by, "residents.revoke_invitation", invitation)
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, at: datetime) -> Invitation:
    """Give the invited person the role, once.

    Whoever presses waits for the program, and then for the link: the second of two is refused.
    If the role cannot be given, the link is as good as before.
    """
    found = open_link(token, PURPOSE)
    program = lock_program(found.scope_id) if found else None
    link = use_link(token, PURPOSE)
    if link is None or program is None:
        raise DomainError(VOID)
    invitation = _locked(Invitation.objects.get(pk=link.object_id))
    person = invitation.person
    if person.email != invitation.email or invitation.expires_at <= at:
        raise DomainError(VOID)
    move(invitation, "accept", INVITATION_MOVES)
    invitation.answered_at = at
    invitation.save(update_fields=["state", "answered_at"])
    _revoke_links(invitation)
    _tell(person, "residents.accept_invitation", invitation)
    day = local_date(at, program.zone)
    since = max(day, invitation.since or day)
    if invitation.until is not None and invitation.until < since:
        raise DomainError(VOID)
    role, until = Role(invitation.role), invitation.until
    grant_role(
        person, role=role, program=program, since=since, until=until, by=invitation.invited_by
    )
    return invitation


def close_invitations(person: User, *, program: Program, role: Role | None = None) -> int:
    """Take back what a person was offered in a program and has not answered; return how many.

    The caller holds the lock of the program.
    """
    pending = program.invitations.filter(person=person, state=InvitationState.PENDING)
    found = list(pending.filter(role=role) if role else pending)
    for each in found:
        _close(_locked(each))
    return len(found)


def _refuse_outsider(program: Program, by: User | None) -> None:
    """Refuse to let anybody but a director make another, once the program has one."""
    inside = {grant.person_id for grant in directors(program)}
    if inside and (by is None or by.pk not in inside):
        raise DomainError(f"{program.name} has a director, who gives the other roles.")


def _send(invitation: Invitation, at: datetime) -> None:
    """Save an invitation for a week and owe its letter; an earlier one to the same role is void.

    The caller holds the lock of the program.
    """
    person, role = invitation.person, Role(invitation.role)
    close_invitations(person, program=invitation.program, role=role)
    invitation.email = person.email
    invitation.expires_at = at + LASTS
    invitation.save()
    owe_now(INVITED, person, invitation, scope=invitation.program_id, at=at, lasts=LASTS)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("person", "program").get(pk=invitation.pk)


def _close(invitation: Invitation) -> None:
    """Take an invitation back, with its links and the letter that has not gone out."""
    move(invitation, "revoke", INVITATION_MOVES)
    invitation.save(update_fields=["state"])
    _revoke_links(invitation)
    withdraw_notices(invitation, kinds=[INVITED])


def _revoke_links(invitation: Invitation) -> None:
    revoke_earlier(invitation.person, purpose=PURPOSE, object_id=invitation.pk)


def _person(newcomer: Newcomer) -> User:
    """Return who has this address, or make a person of the name given; a name is not changed."""
    address = normalise_email(newcomer.email)
    new = User(email=address, given_name=newcomer.given_name, family_name=newcomer.family_name)
    new.set_unusable_password()
    User.objects.bulk_create([new], ignore_conflicts=True)
    return User.objects.get(email=address)


def _tell(by: User | None, action: str, invitation: Invitation) -> None:
    record(
        by,
        action,
        invitation,
        about=invitation.person,
        scope=invitation.program_id,
        role=str(invitation.role),
    )
