"""Half days kept for something else, and the due dates that follow the schedule."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

import residents.services
from curriculum.services import rebase_due_dates
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import Half
from residents.models import HalfDayHold, Resident
from residents.services import Held


@transaction.atomic
def hold_half_days(
    resident: Resident,
    *,
    first: date,
    last: date,
    halves: Collection[Half],
    reason: str,
    by: User,
) -> Held:
    """Hold protected half days of a resident; due dates are derived anew.

    Seats that were booked on them stay, and collide: a person decides which of the two gives way.
    """
    held = residents.services.hold_half_days(
        resident, first=first, last=last, halves=halves, reason=reason, by=by
    )
    rebase_due_dates([resident], by=by)
    return held


@transaction.atomic
def release_half_days(hold: HalfDayHold, *, by: User, at: datetime) -> list[HalfDayHold]:
    """Release half days that were held in one go; due dates are derived anew."""
    released = residents.services.release_half_days(hold, by=by, at=at)
    rebase_due_dates([hold.resident], by=by)
    return released


@transaction.atomic
def restore_half_days(hold: HalfDayHold, *, by: User) -> list[HalfDayHold]:
    """Hold again what was released; due dates are derived anew."""
    held = residents.services.restore_half_days(hold, by=by)
    rebase_due_dates([hold.resident], by=by)
    return held
