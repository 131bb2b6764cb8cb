"""Where a stored file stands with the virus scanner and with the people who see it."""

from django.db.models import TextChoices

from qipathway.core.lib.states import DomainError, Move, arrow


class Refused(DomainError):
    """A file that is not taken. The words say which, why, and what to send instead."""


class ScanState(TextChoices):
    PENDING = "pending", "Being checked"
    CLEAN = "clean", "Ready"
    QUARANTINED = "quarantined", "Set aside"


SCAN_MOVES: dict[str, Move] = {
    "clear": arrow({ScanState.PENDING}, ScanState.CLEAN, "cleared"),
    "quarantine": arrow({ScanState.PENDING, ScanState.CLEAN}, ScanState.QUARANTINED, "set aside"),
    "release": arrow({ScanState.QUARANTINED}, ScanState.CLEAN, "released"),
}
