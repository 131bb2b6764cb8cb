"""Which notices a capstone owes, and what still holds when they go out."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice

from .models import Charter

CHARTER_READY = "capstone.charter_ready"


def live_charters() -> QuerySet[Charter]:
    """Complete as announced, not signed, and the person still sponsors the resident."""
    return Charter.objects.awaiting_signature_of(OuterRef("recipient_id")).filter(
        pk=OuterRef("object_id"), revision=OuterRef("revision")
    )


def write_charter_ready(notices: Sequence[Notice], recipient: User) -> Message:
    """Write to a sponsor that a charter is complete and waits for their signature."""
    charter = Charter.objects.select_related("project__program", "project__resident__person").get(
        pk=notices[0].object_id
    )
    return letter(
        "charter_ready",
        person=recipient,
        resident=charter.project.resident.person,
        link=charter.project.get_absolute_url(),
    )


KINDS = (Kind(CHARTER_READY, live=live_charters, render=write_charter_ready),)
"""What the roof registers."""
