"""What a rotation is like, and the due dates that follow from it."""

from collections.abc import Sequence

from django.db import transaction

import residents.services
from curriculum.models import Homework
from curriculum.services import rebase_due_dates
from qipathway.core.accounts.models import User
from residents.models import Resident, Rotation
from residents.states import RotationKind


@transaction.atomic
def change_rotation(rotation: Rotation, *, kind: RotationKind, by: User) -> list[Homework]:
    """Say that a rotation is of another kind; return the homework whose due date moved.

    Seats that are booked on its blocks stay, and may collide: a person decides which gives way.
    """
    return _follow(residents.services.change_rotation(rotation, kind=kind, by=by), by)


@transaction.atomic
def restore_rotation(rotation: Rotation, *, by: User) -> list[Homework]:
    """Take the last change of a rotation back; return the homework whose due date moved."""
    return _follow(residents.services.restore_rotation(rotation, by=by), by)


def _follow(keys: Sequence[int], by: User) -> list[Homework]:
    return rebase_due_dates(Resident.objects.filter(pk__in=keys), by=by)
