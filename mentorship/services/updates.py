"""The resident's own words before a check-in."""

from datetime import datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record
from residents.models import Resident

from ..models import Update


@transaction.atomic
def write_update(resident: Resident, *, by: User, at: datetime, text: str) -> Update:
    """Keep what a resident wants their coach to know; it opens the next check-in."""
    text = text.strip()
    if not text:
        raise DomainError("Nothing was sent: write a sentence first.")
    update = Update.objects.create(
        program_id=resident.program_id, resident=resident, text=text, at=at
    )
    record(
        by,
        "mentorship.write_update",
        update,
        about=resident.person,
        scope=resident.program_id,
    )
    return update
