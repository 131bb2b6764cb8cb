"""People, leaders and residents, entered or corrected many at once.

Whoever calls has compared with what is there, under a lock on the program; the constraints of the
database catch what it overlooked. Every list may be empty.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.timeline.services import record_each

from ..models import Leader, Program, Resident, RoleGrant
from ..rules import forget_ties

NAMES = ("given_name", "family_name", "email")
LEADER = ("title", "is_physician", "is_quality_leader", "owns_processes")
RESIDENT = (
    "track",
    "matched_here",
    "starts_on",
    "career_interest",
    "specialty",
    "interests",
)


@transaction.atomic
def enter_people(people: Sequence[User]) -> None:
    """Enter people who can sign in by a code only; they get their keys here."""
    for person in people:
        person.set_unusable_password()
    User.objects.bulk_create(people)


@transaction.atomic
def rename_people(people: Sequence[User], *, program: Program, by: User | None) -> None:
    """Save names and addresses that were corrected."""
    User.objects.bulk_update(people, NAMES)
    record_each(
        by, "residents.rename_people", ((person, person, {}) for person in people), scope=program.pk
    )


@transaction.atomic
def grant_roles(grants: Sequence[RoleGrant], *, program: Program, by: User | None) -> None:
    """Let people hold roles that name no resident."""
    RoleGrant.objects.bulk_create(grants)
    record_each(
        by,
        "residents.grant_role",
        (
            (grant, grant.person, {"role": str(grant.role), "person": grant.person_id})
            for grant in grants
        ),
        scope=program.pk,
    )
    for grant in grants:
        forget_ties(grant.person)


@transaction.atomic
def enter_leaders(leaders: Sequence[Leader], *, program: Program, by: User | None) -> None:
    """Enter people whom residents meet."""
    Leader.objects.bulk_create(leaders)
    record_each(
        by,
        "residents.enter_leaders",
        ((leader, leader.person, {}) for leader in leaders),
        scope=program.pk,
    )


@transaction.atomic
def change_leaders(leaders: Sequence[Leader], *, program: Program, by: User | None) -> None:
    """Save what was corrected about leaders."""
    Leader.objects.bulk_update(leaders, LEADER)
    record_each(
        by,
        "residents.change_leaders",
        ((leader, leader.person, {}) for leader in leaders),
        scope=program.pk,
    )


@transaction.atomic
def enter_residents(residents: Sequence[Resident], *, program: Program, by: User | None) -> None:
    """Enter residents, eligible or not; a place on the pathway is given by ``enrol`` alone."""
    Resident.objects.bulk_create(residents)
    record_each(
        by,
        "residents.enter_residents",
        ((each, each.person, {}) for each in residents),
        scope=program.pk,
    )
    for resident in residents:
        forget_ties(resident.person)


@transaction.atomic
def change_residents(
    changed: Mapping[Resident, Iterable[str]], *, program: Program, by: User | None
) -> None:
    """Save what was corrected about residents; the labels of what it was are told."""
    Resident.objects.bulk_update(changed, RESIDENT)
    told = (
        (each, each.person, {"fields": ", ".join(label.lower() for label in labels)})
        for each, labels in changed.items()
    )
    record_each(by, "residents.change_residents", told, scope=program.pk)
