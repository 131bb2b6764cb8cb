"""Put a decision off, and take it back."""

from datetime import date, timedelta

from qipathway.core.accounts.models import User
from residents.models import Resident

from ..models import REASON, Snooze

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
