"""Dates, half days, working days and clocks that pause. Pure: nobody here asks what time it is.

Days are ``date`` in the program's own calendar, instants are aware ``datetime`` in UTC. Ranges of
days include both ends, as rotation schedules write them.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

DAY = timedelta(days=1)
SATURDAY = 5
HOURS_BEFORE = 24
Span = tuple[date, date]


class Half(TextChoices):
    """A half of a working day, the unit in which time for learning is protected."""

    AM = "AM", "Morning"
    PM = "PM", "Afternoon"


Windows = Mapping[Half, tuple[time, time]]


def validate_zone(zone: str) -> None:
    """Refuse a name that is no IANA time zone, because every clock of a program hangs on it."""
    if zone not in available_timezones():
        raise ValidationError("Name a time zone as the IANA does, such as America/Los_Angeles.")


def at_local(day: date, clock: time, zone: str) -> datetime:
    """Return the instant at which a wall clock in ``zone`` (an IANA name) shows this date and time.

    A time that spring forward skips is moved forward by the gap, so 02:30 becomes 03:30; of a
    time that autumn repeats the first is meant.
    """
    return datetime.combine(day, clock.replace(fold=0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_date(instant: datetime, zone: str) -> date:
    """Return the calendar date that people in ``zone`` have at an aware instant."""
    return _aware(instant).astimezone(ZoneInfo(zone)).date()


def hours_before(instant: datetime, hours: int) -> datetime:
    """Return the instant that many elapsed hours earlier.

    Counted in UTC, because subtracting from a local time counts by the wall clock: across a change
    to daylight saving, 24 hours before 07:00 is 06:00.
    """
    return _aware(instant).astimezone(UTC) - timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Window:
    """From when a notice is due and when it has become useless; instants in UTC."""

    due: datetime
    expires: datetime


def window_before(start: datetime) -> Window:
    """Return the window of the rule "24 elapsed hours before, useless once it has started"."""
    return Window(hours_before(start, HOURS_BEFORE), start)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * DAY


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return instant


def halves_of(start: time, end: time, windows: Windows) -> tuple[Half, ...]:
    """Return the half days that something from ``start`` to ``end`` takes time from.

    Merely touching the edge of a window does not count: 08:00 to 12:00 takes the morning only.
    Empty when it lies outside every window, as a noon conference does.
    """
    return tuple(h for h in Half if h in windows and start < windows[h][1] and windows[h][0] < end)


def window_of(day: date, half: Half, windows: Windows, zone: str) -> tuple[datetime, datetime]:
    """Return the instants at which a half day starts and ends."""
    start, end = windows[half]
    return at_local(day, start, zone), at_local(day, end, zone)


def academic_year_of(day: date, start_month: int = 7) -> int:
    """Return the year in which the academic year that holds ``day`` began."""
    return day.year if day.month >= start_month else day.year - 1


def academic_year(year: int, start_month: int = 7) -> Span:
    """Return the first and the last day of the academic year that begins in ``year``."""
    first = date(year, start_month, 1)
    return first, add_months(first, 12) - DAY


def academic_year_label(year: int, start_month: int = 7) -> str:
    """Say an academic year as people do: 2026 to 2027, or 2026 where it is the calendar year."""
    return str(year) if start_month == 1 else f"{year}\u2013{(year + 1) % 100:02}"


def add_months(day: date, months: int) -> date:
    """Return the same day some months later (or, if negative, earlier).

    Where that month is shorter, its last day: a month after January 31 is the end of February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Return how many whole months have passed from ``start`` to ``end``; negative if it is ahead.

    The month of something that began on ``start``, counted from one, is this plus one.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if months >= 0:
        return months - (months > 0 and add_months(start, months) > end)
    return months + (add_months(start, months) < end)


def short_day(day: date, *, seen: date | None = None) -> str:
    """Write a day as people here do: "Dec 28", and "Dec 28, 2027" from another year.

    Leave ``seen`` out where the year cannot be mistaken. A ``datetime`` is written by its own zone.
    """
    words = f"{day:%b} {day.day}"
    return words if seen is None or seen.year == day.year else full_day(day)


def week_day(day: date) -> str:
    """Write a day with its weekday in a narrow place: "Mon Dec 28"."""
    return f"{day:%a} {short_day(day)}"


def long_day(day: date) -> str:
    """Write a day with its weekday within a sentence: "Monday, Dec 28"."""
    return f"{day:%A}, {short_day(day)}"


def day_and_clock(instant: datetime, zone: str) -> str:
    """Write an instant by the clocks of ``zone``: "Monday, Dec 28, 17:00"."""
    local = _aware(instant).astimezone(ZoneInfo(zone))
    return f"{long_day(local)}, {local:%H:%M}"


def full_day(day: date) -> str:
    """Write a day with its year: "Dec 28, 2026"."""
    return f"{short_day(day)}, {day.year}"


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Tell whether people are at work: a weekday that the program's calendar does not exclude."""
    return day.weekday() < SATURDAY and day not in holidays


def clock_days(start: date, end: date, pauses: Iterable[Span]) -> int:
    """Return how many days have come since ``start``, ``end`` included, while the clock ran.

    This is what "clocks pause" means everywhere. A day within any pause does not count; pauses
    include both ends, may overlap and come in any order. The day of ``start`` never counts, and
    the answer is never negative. Raises ``ValueError`` for a pause that ends before it starts.
    """
    first, last = start.toordinal() + 1, end.toordinal()
    paused = sum(
        max(0, min(last, until) - max(first, since) + 1) for since, until in _union(pauses)
    )
    return max(0, last - first + 1) - paused


def _union(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Yield the days covered as disjoint ranges of ordinals in order of time, both ends in."""
    since = until = 0
    for first, last in sorted((a.toordinal(), b.toordinal()) for a, b in spans):
        if last < first:
            raise ValueError("A pause ends before it starts.")
        if until and first <= until + 1:
            until = max(until, last)
            continue
        if until:
            yield since, until
        since, until = first, last
    if until:
        yield since, until
