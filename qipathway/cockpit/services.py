"""Put a decision off, and take it back."""

from datetime import date

from qipathway.core.accounts.models import User
from residents.models import Resident

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
