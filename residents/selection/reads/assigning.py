"""Who reviews what, and how the work would be shared evenly."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qipathway.core.accounts.models import User

from ...models import Program, RoleGrant
from ...states import Role
from ..models import Application, Rating, Round
from ..states import DECIDABLE
from .ranking import applications_of

EACH = 2
"""Independent reviewers of an application; requirement 54."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """An application and who reviews it: already, by proposal, and who never can."""

    application: Application
    reviewers: tuple[int, ...]
    done: frozenset[int]
    excluded: frozenset[int]
    proposed: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        return len(self.reviewers) >= EACH


@dataclass(frozen=True, slots=True)
class ReviewerLoad:
    """A reviewer, how many applications they have, and would have by the proposal."""

    person: User
    grant: RoleGrant
    has: int
    handed_in: int
    would_have: int


def reviewer_grants(program: Program) -> list[RoleGrant]:
    """Read who reviews in a program today, by name; one query."""
    grants = RoleGrant.objects.active().of_role(Role.REVIEWER).filter(program=program)
    grants = grants.filter(person__is_active=True).select_related("person")
    return list(grants.order_by("person__family_name", "person__given_name", "pk"))


def assignments_of(round_: Round, reviewers: Sequence[User]) -> list[Assignment]:
    """Read who reviews what, and propose the rest evenly; two queries."""
    open_ones = [each for each in applications_of(round_) if each.state in DECIDABLE]
    held: dict[int, list[Rating]] = {each.pk: [] for each in open_ones}
    rows = Rating.objects.of_round(round_).filter(application__state__in=DECIDABLE)
    for rating in rows.only("application_id", "reviewer_id", "conflict", "submitted_at"):
        held[rating.application_id].append(rating)
    loads = Counter({person.pk: 0 for person in reviewers})
    for ratings in held.values():
        loads.update(each.reviewer_id for each in ratings if not each.conflict)
    return [_assignment(each, held[each.pk], reviewers, loads) for each in open_ones]


def _assignment(
    application: Application,
    ratings: Iterable[Rating],
    reviewers: Sequence[User],
    loads: Counter[int],
) -> Assignment:
    """Describe one, and count what is proposed for it in ``loads``."""
    has = tuple(each.reviewer_id for each in ratings if not each.conflict)
    excluded = frozenset(each.reviewer_id for each in ratings if each.conflict)
    excluded |= {application.resident.person_id}
    proposed = least_loaded(
        [person.pk for person in reviewers], loads, {*has, *excluded}, EACH - len(has)
    )
    loads.update(proposed)
    done = frozenset(each.reviewer_id for each in ratings if each.submitted_at)
    return Assignment(application, has, done, excluded, proposed)


def least_loaded(
    reviewers: Iterable[int], loads: Counter[int], barred: set[int], count: int
) -> tuple[int, ...]:
    """Choose who has least to do; between equals, who comes first in the list."""
    free = [each for each in reviewers if each not in barred]
    return tuple(sorted(free, key=lambda each: loads[each])[: max(count, 0)])


def loads_of(grants: Iterable[RoleGrant], assignments: Iterable[Assignment]) -> list[ReviewerLoad]:
    """Count what each reviewer has, has handed in and would have."""
    has = Counter(each for row in assignments for each in row.reviewers)
    done = Counter(each for row in assignments for each in row.done)
    more = Counter(each for row in assignments for each in row.proposed)
    return [
        ReviewerLoad(grant.person, grant, has[key], done[key], has[key] + more[key])
        for grant in grants
        for key in [grant.person_id]
    ]
