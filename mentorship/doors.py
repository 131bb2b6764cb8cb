"""Doors to check-ins and commitments."""

from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.doors import open_door

from .models import CheckIn, Commitment


def get_check_in(user: User, program: str, uid: UUID, action: str) -> CheckIn:
    """Return the check-in to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = CheckIn.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.with_people(), user, action, uid=uid)


def get_commitment(user: User, program: str, uid: UUID, action: str) -> Commitment:
    """Return the commitment to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Commitment.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.select_related("program", "resident__person"), user, action, uid=uid)
