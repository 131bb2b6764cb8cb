"""Tie people to residents, with the check-in and the charter that wait for them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

import residents.services
from capstone.models import Project
from capstone.services import ask_sponsor
from capstone.states import Stage
from mentorship.services import reassign_check_in
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from residents.models import Resident, RoleGrant
from residents.states import Role


@transaction.atomic
def grant_role(
    *, resident: Resident, role: Role, person: User, by: User, at: datetime
) -> RoleGrant:
    """Tie a sponsor or a mentor to a resident from today on.

    A charter that is complete already waits for the new sponsor, who is asked in the same
    transaction.
    """
    grant = residents.services.grant_role(
        person,
        role=role,
        program=resident.program,
        resident=resident,
        since=local_date(at, resident.program.zone),
        by=by,
    )
    if role == Role.SPONSOR:
        _ask_new_sponsor(resident, at)
    return grant


@transaction.atomic
def assign_coach(
    resident: Resident, *, person: User, on: date, by: User, at: datetime
) -> RoleGrant:
    """Let a person coach a resident from a day on, and hold the check-in that is planned."""
    grant = residents.services.assign_coach(resident, person=person, on=on, by=by, at=at)
    reassign_check_in(resident, coach=person, by=by, at=at)
    return grant


@transaction.atomic
def reassign_residents(
    chosen: Sequence[Resident], *, role: Role, person: User, by: User, at: datetime
) -> list[RoleGrant]:
    """Hand residents over to another coach or sponsor from today on: all of them, or none.

    Check-ins that are planned go to the new coach; complete charters wait for the new sponsor.
    """
    if not chosen:
        return []
    day = local_date(at, chosen[0].program.zone)
    made = residents.services.reassign_residents(
        chosen, role=role, person=person, on=day, by=by, at=at
    )
    for resident in sorted(chosen, key=lambda each: each.pk):
        if role == Role.COACH:
            reassign_check_in(resident, coach=person, by=by, at=at)
        else:
            _ask_new_sponsor(resident, at)
    return made


def _ask_new_sponsor(resident: Resident, at: datetime) -> None:
    """Ask a new sponsor to sign a charter that waits already."""
    project = Project.objects.filter(resident=resident).exclude(state=Stage.CLOSED).first()
    if project:
        ask_sponsor(project, at=at)
