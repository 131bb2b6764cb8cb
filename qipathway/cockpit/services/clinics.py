"""A weekly half day of clinic, and the due dates that follow the schedule."""

from collections.abc import Collection

from django.db import transaction

import residents.services
from curriculum.models import Homework
from curriculum.services import rebase_due_dates
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import Half
from residents.models import Resident
from residents.states import RotationKind


@transaction.atomic
def set_clinic(
    resident: Resident, *, weekday: int, half: Half, kinds: Collection[RotationKind], by: User
) -> list[Homework]:
    """Set a weekly half day of clinic; return the homework whose due date moved with it.

    Seats that are booked on it stay, and may collide: a person decides which gives way.
    """
    residents.services.set_clinic(resident, weekday=weekday, half=half, kinds=kinds, by=by)
    return rebase_due_dates([resident], by=by)
