"""Who may join the pathway, and joining it."""

from datetime import date

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Cohort, Membership, Resident
from ..places import COMPLETED, has_completed
from ..reads import why_not_eligible
from .locks import lock_resident


@transaction.atomic
def enrol(resident: Resident, *, cohort: Cohort, on: date, by: User | None) -> Membership:
    """Give a resident a place in an intake; refuse, with the reason, who is not eligible."""
    resident = lock_resident(resident)
    reason = why_not_eligible(resident) or _not_this_intake(resident, cohort)
    if reason:
        raise DomainError(f"{resident.person.name} was not enrolled: {reason}.")
    if has_completed(resident):
        raise DomainError(f"{resident.person.name} {COMPLETED}.")
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


def _not_this_intake(resident: Resident, cohort: Cohort) -> str:
    here = cohort.program_id == resident.program_id
    return "" if here else f"the intake {cohort.name} belongs to another program"
