"""A resident's academic year, half day by half day, and what is said of it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.dates import WEEKDAYS

from curriculum.models import Booking
from curriculum.states import BookingState
from qipathway.core.charts import Named
from qipathway.core.lib.dates import DAY, Half, Windows, halves_of, short_day, week_day
from qipathway.core.lib.words import plural
from residents.schedule import Cause, Clinic, HalfDay, Schedule, Stay, Voice
from residents.states import QUIET_KINDS, RotationKind

SIGNS = (
    ("free", "Protected for learning"),
    ("class", "A class is booked"),
    ("clash", "A class is booked, but the half day is not protected"),
    ("clinic", "Continuity clinic"),
    ("hold", "Kept for something else"),
    ("leave", "Leave"),
    ("quiet", "ICU or nights"),
    ("busy", "Another rotation, or rest after nights"),
)
OF_CAUSE = {
    Cause.LEAVE: "leave",
    Cause.REST: "busy",
    Cause.CLINIC: "clinic",
    Cause.HOLD: "hold",
}
Seats = Mapping[tuple[date, Half], Booking]


@dataclass(frozen=True, slots=True)
class Slot:
    """A half day of the year: how it is drawn, whether it is protected, and what takes it."""

    day: date
    half: Half
    kind: str
    is_protected: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """What takes some half days of a part, and which."""

    kind: str
    words: str
    days: str


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring days of the year that are spent in one place."""

    first: date
    last: date
    name: str
    free: int
    reasons: tuple[Reason, ...]

    @property
    def words(self) -> str:
        return f"{plural(self.free, 'half day')} protected" if self.free else ""


def seats_of(bookings: Iterable[Booking], windows: Windows) -> Seats:
    """Return the booking that takes each half day."""
    return {
        (booking.session.day, half): booking
        for booking in bookings
        for half in halves_of(booking.session.starts, booking.session.ends, windows)
    }


def slots_of(
    schedule: Schedule, first: date, last: date, seats: Seats, *, today: date, voice: Voice
) -> list[Slot]:
    """Return every half day from ``first`` to ``last``, mornings first."""
    days = (first + offset * DAY for offset in range((last - first).days + 1))
    return [
        _slot(schedule.half_day(day, half, voice), schedule, seats.get((day, half)), today)
        for day in days
        for half in Half
    ]


def _slot(found: HalfDay, schedule: Schedule, seat: Booking | None, today: date) -> Slot:
    if seat:
        kind, words = _of_class(found, seat, today)
    elif found.cause == Cause.ROTATION:
        stay = schedule.stay_on(found.day)
        kind, words = "quiet" if stay and stay.kind in QUIET_KINDS else "busy", found.reason
    elif found.is_protected:
        kind, words = "free", ""
    else:
        kind, words = OF_CAUSE.get(found.cause, "") if found.cause else "", found.reason
    return Slot(found.day, found.half, kind, found.is_protected, words)


def _of_class(found: HalfDay, seat: Booking, today: date) -> tuple[str, str]:
    session = seat.session
    what = f"{seat.course.title}, {session.starts:%H:%M}–{session.ends:%H:%M}"
    if found.is_protected or seat.state != BookingState.BOOKED or session.day < today:
        return "class", what
    if seat.override_note:
        return "class", f"{what}: the director allowed it, though {found.reason}"
    return "clash", f"{what}: booked, but {found.reason}"


def pairs_of(slots: Iterable[Slot]) -> dict[date, tuple[str, str]]:
    """Return the kinds of each day's morning and afternoon, as the drawing wants them."""
    kinds: dict[date, list[str]] = defaultdict(list)
    for slot in slots:
        kinds[slot.day].append(slot.kind)
    return {day: (both[0], both[1]) for day, both in kinds.items()}


def parts_of(schedule: Schedule, slots: Sequence[Slot]) -> list[Part]:
    """Return the year in parts, each with how much of it is protected and what takes the rest."""
    by_stay = groupby(slots, key=lambda slot: schedule.stay_on(slot.day))
    return [_part(stay, list(group)) for stay, group in by_stay]


def _part(stay: Stay | None, slots: Sequence[Slot]) -> Part:
    taken: dict[tuple[str, str], list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.kind and slot.words:
            taken[slot.kind, slot.words].append(slot)
    reasons = tuple(
        Reason(kind, words, "" if len(taken) == 1 and _is_all(slots, found) else _days(kind, found))
        for (kind, words), found in taken.items()
    )
    free = sum(slot.is_protected for slot in slots)
    name = stay.name if stay else "No block"
    return Part(slots[0].day, slots[-1].day, name, free, reasons)


def _is_all(slots: Sequence[Slot], found: Sequence[Slot]) -> bool:
    """Tell whether nothing but ``found`` happens in a part."""
    return len(found) == sum(bool(slot.kind) for slot in slots)


def _days(kind: str, found: Sequence[Slot]) -> str:
    """Name half days: a day once if all of it is meant; clinic has named its weekday and half."""
    if kind == "clinic":
        return ", ".join(short_day(slot.day) for slot in found)
    said = []
    for day, group in groupby(found, key=lambda slot: slot.day):
        halves = [slot.half for slot in group]
        whole = len(halves) == len(Half)
        said.append(week_day(day) if whole else f"{week_day(day)}, {halves[0].label.lower()}")
    return "; ".join(said)


def names_of(parts: Iterable[Part]) -> Iterator[Named]:
    """Yield what stands under the days of the drawing."""
    return (Named(part.first, part.last, part.name) for part in parts if part.name != "No block")


def year_lead(slots: Sequence[Slot], free: HalfDay | None, today: date) -> str:
    """Say in one sentence how much of a year is protected, and when next.

    ``free`` is the protected half day that runs or comes next, if it is within the year.
    """
    first, last = slots[0].day, slots[-1].day
    if last < today:
        return f"{plural(_free(slots), 'half day was', 'half days were')} protected in this year."
    ahead = [slot for slot in slots if slot.is_protected and not _is_before(slot, free)]
    until = f"{last:%B} {last.day}"
    if free is None or not ahead:
        return f"No half day is protected until {until}."
    start = "next" if first <= today else "first"
    when = f"{week_day(free.day)}, {free.half.label.lower()}"
    seats = sum(slot.kind == "class" for slot in ahead)
    booked = f" {seats} of them {'has' if seats == 1 else 'have'} a class." if seats else ""
    count = plural(len(ahead), "protected half day")
    return f"{count} until {until}; the {start} is {when}.{booked}"


def _free(slots: Iterable[Slot]) -> int:
    return sum(slot.is_protected for slot in slots)


def _is_before(slot: Slot, free: HalfDay | None) -> bool:
    return free is not None and (slot.day, slot.half) < (free.day, free.half)


def collisions_of(slots: Iterable[Slot]) -> tuple[str, ...]:
    """Return each class that is booked where no time is protected, with its day and the reason."""
    clashing = (slot for slot in slots if slot.kind == "clash")
    return tuple(dict.fromkeys(f"{week_day(slot.day)}: {slot.words}." for slot in clashing))


def clinic_facts(clinics: Iterable[Clinic]) -> list[dict[str, str]]:
    """Say each weekly half day of clinic, and on which kinds of rotation it happens."""
    ordered = sorted(clinics, key=lambda clinic: (clinic.weekday, clinic.half))
    return [
        {
            "label": f"{WEEKDAYS[clinic.weekday]} {clinic.half.label.lower()}",
            "value": ", ".join(RotationKind(k).label for k in RotationKind if k in clinic.kinds),
        }
        for clinic in ordered
    ]


def held_words(days: Sequence[tuple[date, Half]]) -> str:
    """Say which half days were held in one go: "Dec 3, afternoon" or "Dec 2 to Dec 4"."""
    first, last = days[0][0], days[-1][0]
    halves = {half for _, half in days}
    one = "" if len(halves) > 1 else next(iter(halves)).label.lower()
    if first == last:
        return ", ".join(filter(None, (week_day(first), one)))
    span = f"{short_day(first)} to {short_day(last)}"
    return f"{span}, {one}s" if one else span
