"""A resident's academic year: where they are, which half days are protected, what is booked."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils.safestring import SafeString

from curriculum.reads import bookings_between
from qipathway.core.charts import year_calendar
from qipathway.core.lib.dates import (
    Half,
    academic_year,
    academic_year_label,
    academic_year_of,
    local_date,
)
from residents.models import HalfDayHold, PathwayVersion, Resident
from residents.reads import schedule_of, version_for
from residents.schedule import NIGHTS_BEFORE, TO_THEMSELF, HalfDay, about

from ..nextup import next_protected
from ..year_words import (
    Part,
    clinic_facts,
    collisions_of,
    held_words,
    names_of,
    pairs_of,
    parts_of,
    seats_of,
    slots_of,
    year_lead,
)

EARLIEST, LATEST = 2000, 2098


@dataclass(frozen=True, slots=True)
class HeldTogether:
    """Half days that are kept for something else since one moment."""

    uid: UUID
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Year:
    """What the page of a resident's year shows."""

    eyebrow: str
    lead: str
    free: HalfDay | None
    drawing: SafeString
    ahead: tuple[Part, ...]
    past: tuple[Part, ...]
    collisions: tuple[str, ...]
    holds: tuple[HeldTogether, ...]
    clinics: list[dict[str, str]]
    earlier_url: str
    earlier_text: str
    later_url: str
    later_text: str


def year_asked(resident: Resident, asked: str, at: datetime) -> int:
    """Return the academic year asked for, or the present one; what is no year is passed over."""
    program = resident.program
    if asked.isdecimal() and len(asked) == 4 and EARLIEST <= int(asked) <= LATEST:
        return int(asked)
    return academic_year_of(local_date(at, program.zone), program.year_starts)


def year_of(resident: Resident, year: int, at: datetime, *, to_themself: bool) -> Year:
    """Read a resident's year; seven queries, whatever is in it."""
    program = resident.program
    first, last = academic_year(year, program.year_starts)
    today = local_date(at, program.zone)
    voice = TO_THEMSELF if to_themself else about(resident.person.given_name)
    schedule = schedule_of(resident, first - NIGHTS_BEFORE, last)
    windows = (version_for(resident) or PathwayVersion()).windows
    seats = seats_of(bookings_between(resident, first, last), windows)
    slots = slots_of(schedule, first, last, seats, today=today, voice=voice)
    parts = parts_of(schedule, slots)
    begin = max(first, today)
    free = next_protected(schedule, at, today=begin, windows=windows, zone=program.zone)
    if free and free.day > last:
        free = None
    lead = year_lead(slots, free, today)
    label = academic_year_label(year, program.year_starts)
    whose = "Your year" if to_themself else f"The year of {resident.person.name}"
    return Year(
        eyebrow=f"Schedule, {label}",
        lead=lead,
        free=free,
        drawing=year_calendar(
            pairs_of(slots),
            names_of(parts),
            title=f"{whose}, {label}",
            description=f"{lead} Every half day is named in the list after the drawing.",
            today=today,
            uid="year",
        ),
        ahead=tuple(part for part in parts if part.last >= today),
        past=tuple(part for part in parts if part.last < today),
        collisions=collisions_of(slots),
        holds=_holds(resident, first, last),
        clinics=clinic_facts(schedule.clinics),
        earlier_url=f"?year={year - 1}" if resident.starts_on < first else "",
        earlier_text=academic_year_label(year - 1, program.year_starts),
        later_url=f"?year={year + 1}" if first <= today else "",
        later_text=academic_year_label(year + 1, program.year_starts),
    )


def _holds(resident: Resident, first: date, last: date) -> tuple[HeldTogether, ...]:
    rows = HalfDayHold.objects.standing().filter(resident=resident, day__range=(first, last))
    ordered = sorted(rows, key=lambda hold: str(hold.together))
    groups = [list(group) for _, group in groupby(ordered, key=lambda hold: hold.together)]
    groups.sort(key=lambda holds: (holds[0].day, holds[0].half))
    return tuple(
        HeldTogether(
            holds[0].together,
            held_words([(hold.day, Half(hold.half)) for hold in holds]),
            holds[0].reason,
        )
        for holds in groups
    )
