"""Who has, had or is offered a role in a program."""

from dataclasses import dataclass
from datetime import date

from qipathway.core.accounts.likeness import similar_people
from qipathway.core.accounts.models import User, normalise_email
from residents.holders import people_of
from residents.models import Invitation, Program, Resident, RoleGrant
from residents.reads import residency_of
from residents.services import Newcomer
from residents.states import GIVEN, InvitationState, Role

from ..people_rows import Asked, Known, is_over


def known_people(program: Program, asked: Asked) -> Known:
    """Read all roles of a program and what is offered; three queries at most, for any number."""
    grants = RoleGrant.objects.filter(program=program).select_related("person")
    waiting = Invitation.objects.open().filter(program=program).select_related("person")
    residents = Resident.objects.filter(program=program).select_related("person")
    return Known(
        tuple(grants.order_by("since", "pk")),
        tuple(waiting),
        tuple(residents.by_name()) if asked.wants_residents else (),
    )


def alike(program: Program, newcomer: Newcomer) -> list[User]:
    """Read who of a program may be the person that somebody is about to invite."""
    everybody = people_of(program).exclude(email=newcomer.email).order_by("pk")
    return similar_people(
        everybody,
        email=newcomer.email,
        given_name=newcomer.given_name,
        family_name=newcomer.family_name,
    )


def givable(giver: User, program: Program, person: User | None = None) -> list[Role]:
    """Return the roles that ``giver`` may give to a person, or to somebody new."""
    offers = [RoleGrant(program=program, role=role, person=person) for role in GIVEN]
    return [Role(each.role) for each in offers if giver.has_perm("residents.give_role", each)]


def may_correct(user: User, program: Program, person: User, today: date) -> bool:
    """Tell whether ``user`` may give every role that a person has here; a resident has the least.

    Whoever can change an address can sign in as its owner, so nobody reaches above themself. To
    stand in for a coach is nobody's to give here, and opens no more than to be one.
    """
    roles = person.grants.filter(program=program).exclude(role=Role.DEPUTY)
    held = list(roles.exclude(until__lt=today))
    asked = held or [RoleGrant(program=program, person=person, role=Role.MENTOR)]
    return all(user.has_perm("residents.correct_person", grant) for grant in asked)


def holder_of(program: Program, address: str) -> User | None:
    """Read who of a program has an address."""
    return people_of(program).filter(email=normalise_email(address)).first()


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of the person, and whether the viewer may end it."""

    grant: RoleGrant
    is_over: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a program knows of one person's roles."""

    roles: tuple[HeldRole, ...]
    ties: tuple[RoleGrant, ...]
    invitations: tuple[Invitation, ...]
    residency: Resident | None


def person_facts(program: Program, person: User, *, viewer: User, today: date) -> PersonFacts:
    """Read one person's roles, ties and what they are offered; three queries."""
    grants = person.grants.filter(program=program).select_related("resident__person")
    rows = list(grants.select_related("resident__program").order_by("-since", "-pk"))
    roles = tuple(_held(grant, viewer, today) for grant in rows if grant.resident_id is None)
    waiting = Invitation.objects.filter(program=program, person=person)
    return PersonFacts(
        roles=roles,
        ties=tuple(grant for grant in rows if grant.resident_id and not is_over(grant, today)),
        invitations=tuple(waiting.filter(state=InvitationState.PENDING)),
        residency=residency_of(person, program),
    )


def _held(grant: RoleGrant, viewer: User, today: date) -> HeldRole:
    over = is_over(grant, today)
    ended = over or grant.until == today
    return HeldRole(grant, over, not ended and viewer.has_perm("residents.end_role", grant))
