"""Tie a sponsor or a mentor to a resident, and ask the sponsor what waits for one."""

from datetime import datetime

from django.db import transaction

import residents.services
from capstone.models import Project
from capstone.services import ask_sponsor
from capstone.states import Stage
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
    project = Project.objects.filter(resident=resident).exclude(state=Stage.CLOSED).first()
    if role == Role.SPONSOR and project:
        ask_sponsor(project, at=at)
    return grant
