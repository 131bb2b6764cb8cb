"""Put a decision off and take it back; tie a sponsor, who may be asked something at once."""

from datetime import date, datetime

from django.db import transaction

from capstone.models import Project
from capstone.services import ask_sponsor
from capstone.states import Stage
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from residents.models import Resident, RoleGrant
from residents.services import grant_role
from residents.states import Role

from .models import Snooze


def snooze(resident: Resident, *, by: User, reason: str, until: date) -> Snooze:
    """Hide a reason from one viewer's decisions until a day; pressing again changes the day."""
    row, _ = Snooze.objects.update_or_create(
        viewer=by,
        resident=resident,
        reason=reason,
        defaults={"until": until, "program_id": resident.program_id},
    )
    return row


def unsnooze(resident: Resident, *, by: User, reason: str) -> None:
    """Show the reason again."""
    Snooze.objects.filter(viewer=by, resident=resident, reason=reason).delete()


@transaction.atomic
def tie(*, resident: Resident, role: Role, person: User, by: User, at: datetime) -> RoleGrant:
    """Tie a sponsor or a mentor to a resident from today on.

    A charter that is complete already waits for the new sponsor, who is asked in the same
    transaction.
    """
    grant = grant_role(
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
