"""Asking the sponsor for a signature: once, each time a charter becomes complete."""

from datetime import datetime, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.notices.services import owe, withdraw_notices

from ..models import Charter, Project
from ..reads import standing_of_project
from ..reminders import CHARTER_READY
from .projects import locked

LASTS = timedelta(days=14)


@transaction.atomic
def ask_sponsor(project: Project, *, at: datetime) -> Charter:
    """Owe the sponsor a notice if only their signature is missing and they were not asked yet.

    When the gate closes again, what has not gone out is taken back, and the next time is a new
    revision. The same sponsor is never asked twice about one revision, so this may be called at
    any time, also by whoever ties a sponsor to the resident.
    """
    project = locked(project)
    charter = project.charter
    standing = standing_of_project(project)
    if standing.waits_for_signature and standing.sponsor:
        if charter.ready_at is None:
            charter.ready_at, charter.revision = at, charter.revision + 1
            charter.save(update_fields=["ready_at", "revision"])
        sponsor = User.objects.get(pk=standing.sponsor.person_id)
        owe(
            CHARTER_READY,
            sponsor,
            charter,
            scope=project.program_id,
            due=at,
            expires=at + LASTS,
        )
    elif charter.ready_at is not None and not charter.is_signed:
        charter.ready_at = None
        charter.save(update_fields=["ready_at"])
        withdraw_notices(charter, kinds=[CHARTER_READY])
    return charter
