"""What a leave would move, before it is recorded."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from curriculum.models import Booking, Homework
from curriculum.reads import booked_within
from curriculum.services import due_dates_with
from qipathway.core.lib.dates import full_day, local_date, short_day
from residents.models import Leave, Resident
from residents.reads import LONGEST, on_leave
from residents.training import Absence

from ..words import year_name


@dataclass(frozen=True, slots=True)
class Preview:
    """The days that a leave moves, as facts, and the seats that it gives back."""

    facts: tuple[dict[str, str], ...]
    seats: tuple[Booking, ...]


def leaves_of(resident: Resident) -> list[Leave]:
    """Return the leaves that stand, the latest first."""
    return list(Leave.objects.standing().filter(resident=resident).order_by("-first"))


def preview_leave(resident: Resident, absence: Absence, at: datetime) -> Preview:
    """Work out what one more leave would move; nothing is saved."""
    today = local_date(at, resident.program.zone)
    homework = due_dates_with(resident, on_leave(absence.first, absence.last or LONGEST))
    return Preview(
        facts=(_year(resident, absence, today), *(_due(each, today) for each in homework)),
        seats=tuple(booked_within(resident, absence, after=at)),
    )


def _year(resident: Resident, absence: Absence, today: date) -> dict[str, str]:
    now = resident.training
    then = replace(now, absences=(*now.absences, absence))
    following = now.pgy(max(today, absence.first)) + 1
    before, after = (each.year_begins(following, today) for each in (now, then))
    label = f"{year_name(following)} begins"
    if absence.extends and absence.last is None:
        value = f"{full_day(before)}, later by every day of the leave"
    elif before == after:
        value = f"{full_day(before)}, as before"
    else:
        value = f"{full_day(after)} instead of {full_day(before)}"
    return {"label": label, "value": value}


def _due(homework: Homework, today: date) -> dict[str, str]:
    label = f"Homework of {homework.course.title}"
    return {"label": label, "value": f"due {short_day(homework.due_on, seen=today)}"}
