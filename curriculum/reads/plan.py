"""What a plan asks of the classes beside how far they are."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from qipathway.core.lib.dates import local_date
from residents.models import Resident


@dataclass(frozen=True, slots=True)
class Handed:
    """When the first homework was handed in, and when the first was due."""

    first: date | None = None
    due_on: date | None = None


def first_homework(resident: Resident) -> Handed:
    """Read when a resident first handed in homework; one query."""
    found = resident.homework.aggregate(at=Min("submitted_at"), due=Min("due_on"))
    first = local_date(found["at"], resident.program.zone) if found["at"] else None
    return Handed(first, found["due"])
