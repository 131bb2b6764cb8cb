"""Blocks changed by hand, and the due dates that follow the schedule."""

from datetime import date, datetime

from django.db import transaction

import residents.services
from curriculum.services import rebase_due_dates
from qipathway.core.accounts.models import User
from residents.models import BlockChange, Resident, Rotation


@transaction.atomic
def set_block(
    resident: Resident, *, first: date, last: date, rotation: Rotation, by: User
) -> BlockChange:
    """Put a resident on a rotation for some days; due dates are derived anew.

    Seats that are booked then stay, and may collide: a person decides which gives way.
    """
    change = residents.services.set_block(
        resident, first=first, last=last, rotation=rotation, by=by
    )
    rebase_due_dates([resident], by=by)
    return change


@transaction.atomic
def swap_blocks(
    resident: Resident, *, other: Resident, first: date, last: date, by: User
) -> BlockChange:
    """Let two residents take each other's blocks on some days; due dates are derived anew."""
    change = residents.services.swap_blocks(resident, other=other, first=first, last=last, by=by)
    rebase_due_dates([resident, other], by=by)
    return change


@transaction.atomic
def undo_blocks(change: BlockChange, *, by: User, at: datetime) -> BlockChange:
    """Take a change of blocks back; due dates are derived anew."""
    change = residents.services.undo_blocks(change, by=by, at=at)
    touched = {values[0] for values in (*change.removed, *change.added)}
    rebase_due_dates(Resident.objects.filter(pk__in=touched), by=by)
    return change
