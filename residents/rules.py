"""Who stands where: predicates over (user, object). They never read a state.

Every object asked about carries ``program_id``; one that belongs to a resident carries
``resident_id``. A program answers for itself, and so does a resident.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Value
from rules import Predicate

from qipathway.core.accounts.models import User

from .states import CLERICAL, GIVEN, Role

KNOWN = "_ties"


@dataclass(frozen=True, slots=True)
class Tie:
    """A role that a person holds today in a program, perhaps for one resident."""

    role: str
    program_id: int | None
    resident_id: int | None


def ties(user: User | AnonymousUser) -> frozenset[Tie]:
    """Return the roles that ``user`` holds today; one query per user object.

    A deputy has the tie of a coach as well, while it lasts: whatever a coach may see and do for a
    resident, whoever stands in may, in every rule and in every list alike.
    Remembered on the person behind ``request.user``, which is a proxy with a dictionary of its own.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    known: frozenset[Tie] | None = getattr(user, KNOWN, None)
    if known is None:
        granted = user.grants.active().values_list("role", "program_id", "resident_id")
        own = user.residencies.annotate(role=Value(Role.RESIDENT.value), own=F("pk"))
        rows = granted.order_by().union(
            own.order_by().values_list("role", "program_id", "own"), all=True
        )
        held = frozenset(Tie(*row) for row in rows)
        known = held | {replace(tie, role=Role.COACH) for tie in held if tie.role == Role.DEPUTY}
        setattr(user, KNOWN, known)
    return known


def forget_ties(user: User) -> None:
    """Make the next question about ``user`` read the grants again."""
    if hasattr(user, KNOWN):
        delattr(user, KNOWN)


def programs_where(user: User, *roles: Role) -> set[int]:
    """Return the programs in which ``user`` holds one of ``roles``."""
    return {t.program_id for t in ties(user) if t.role in roles and t.program_id is not None}


def residents_where(user: User, *roles: Role) -> set[int]:
    """Return the residents to whom ``user`` is tied by one of ``roles``."""
    return {t.resident_id for t in ties(user) if t.role in roles and t.resident_id is not None}


def holds(*roles: Role) -> Predicate:
    """Make the predicate: the user holds one of ``roles`` in the program of the object."""

    def check(user: User, obj: Any) -> bool:
        return obj is not None and any(
            tie.role in roles and tie.program_id == obj.program_id for tie in ties(user)
        )

    return Predicate(check, name="holds_" + "_or_".join(roles))


def tied(*roles: Role) -> Predicate:
    """Make the predicate: the user is tied by one of ``roles`` to the resident of the object."""

    def check(user: User, obj: Any) -> bool:
        resident = getattr(obj, "resident_id", None)
        return resident is not None and any(
            tie.role in roles and tie.resident_id == resident for tie in ties(user)
        )

    return Predicate(check, name="tied_as_" + "_or_".join(roles))


def holds_in_scope(*roles: Role) -> Predicate:
    """Make the predicate: the user holds one of ``roles`` in the program that is the scope.

    The ground knows no program: what it keeps names the program's key as ``scope_id``.
    """

    def check(user: User, obj: Any) -> bool:
        return obj is not None and obj.scope_id in programs_where(user, *roles)

    return Predicate(check, name="holds_in_scope_" + "_or_".join(roles))


def runs_the_site(user: User, obj: Any = None) -> bool:
    """Whatever the object; programs and the people in them are not theirs."""
    return any(tie.role == Role.OPERATOR for tie in ties(user))


def pools_of(user: User) -> set[int]:
    """Return the programs in whose coach pool ``user`` is: a coach's role that names nobody."""
    pooled = (tie for tie in ties(user) if tie.role == Role.COACH and tie.resident_id is None)
    return {tie.program_id for tie in pooled if tie.program_id is not None}


DIRECTORATE: Collection[Role] = (Role.DIRECTOR, Role.COORDINATOR)
OFFICE: Collection[Role] = (Role.DIRECTOR, Role.COORDINATOR, Role.KPO_LEAD)
OVERSEERS: Collection[Role] = (*OFFICE, Role.CHIEF)

directs = holds(Role.DIRECTOR)
administers = holds(*DIRECTORATE)
administers_scope = holds_in_scope(*DIRECTORATE)
keeps_schedule = holds(*DIRECTORATE, Role.CHIEF)
oversees = holds(*OVERSEERS)
is_office = holds(*OFFICE)
leads_kpo = holds(Role.KPO_LEAD)
operates = Predicate(runs_the_site, name="operates")
belongs = holds(*Role)
coaches_here = holds(Role.COACH)

is_self = tied(Role.RESIDENT)
is_coach = tied(Role.COACH)
stands_in = tied(Role.DEPUTY)
is_sponsor = tied(Role.SPONSOR)
is_mentor = tied(Role.MENTOR)


def _gives(user: User, offer: Any) -> bool:
    """A director gives every role; a coordinator the clerical ones, and never one to themself.

    Asked of a grant, which need not be saved, or of an invitation.
    """
    if directs.test(user, offer):
        return offer.role in GIVEN
    is_clerical = offer is not None and offer.role in CLERICAL and offer.person_id != user.pk
    return is_clerical and bool(administers.test(user, offer))


gives = Predicate(_gives, name="gives")


def role_in(user: User, program_id: int) -> Role | None:
    """Return the role that decides which home page ``user`` gets in a program."""
    held = {tie.role for tie in ties(user) if tie.program_id == program_id}
    return next((role for role in HOME_ORDER if role in held), None)


HOME_ORDER = (
    Role.DIRECTOR,
    Role.COORDINATOR,
    Role.KPO_LEAD,
    Role.CHIEF,
    Role.RESIDENT,
    Role.COACH,
    Role.INSTRUCTOR,
    Role.SPONSOR,
    Role.MENTOR,
    Role.REVIEWER,
)
