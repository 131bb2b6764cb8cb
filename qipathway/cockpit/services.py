"""Put a decision off and take it back; tie a sponsor, who may be asked something at once."""

from datetime import date, datetime, timedelta

from django.db import transaction

import residents.services
from capstone.models import Project
from capstone.services import ask_sponsor
from capstone.states import Stage
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from residents.models import Resident, RoleGrant
from residents.states import Role

from .models import REASON, Snooze

LASTS = timedelta(days=14)
"""What the button promises: "Snooze 2 weeks"."""


def snooze(resident: Resident, *, by: User, today: date, reason: str) -> Snooze:
    """Hide a reason from one viewer's decisions for two weeks; pressing again changes the day.

    Of two presses at once the second waits at the unique key and finds the first one's row.
    """
    row, _ = Snooze.objects.update_or_create(
        viewer=by,
        resident=resident,
        reason=reason[:REASON],
        defaults={"until": today + LASTS, "program_id": resident.program_id},
    )
    return row


def unsnooze(resident: Resident, *, by: User, reason: str) -> None:
    """Show the reason again; doing so twice changes nothing."""
    Snooze.objects.filter(viewer=by, resident=resident, reason=reason).delete()


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
