"""One weekly half day of continuity clinic of one resident, set by hand."""

from collections.abc import Collection

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import Half
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import ClinicPattern, Resident
from ..states import RotationKind
from .locks import lock_resident


@transaction.atomic
def set_clinic(
    resident: Resident, *, weekday: int, half: Half, kinds: Collection[RotationKind], by: User
) -> None:
    """Say on which kinds of rotation a resident has clinic on a half day of the week; on none
    takes it out.

    The resident is locked, as for a booking, so that nobody books by what the pattern was.
    """
    resident = lock_resident(resident)
    mine = ClinicPattern.objects.filter(resident=resident, weekday=weekday, half=half)
    wanted, before = sorted(kinds), mine.first()
    if wanted == (sorted(before.kinds) if before else []):
        raise DomainError("The pattern is like that already." if wanted else "No clinic is then.")
    if not wanted:
        mine.delete()
    elif before:
        mine.update(kinds=wanted)
    else:
        ClinicPattern.objects.create(
            program_id=resident.program_id,
            resident=resident,
            weekday=weekday,
            half=half,
            kinds=wanted,
        )
    record(by, "residents.set_clinic", resident, about=resident.person, scope=resident.program_id)
