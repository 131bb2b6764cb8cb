"""Days for the next check-in that fit where a resident is. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from qipathway.core.lib.dates import DAY, add_months, is_working_day
from residents.schedule import Schedule
from residents.states import QUIET_KINDS

WEEK = timedelta(days=7)
LATEST = 21


@dataclass(frozen=True, slots=True)
class Pick:
    """A day at one tap, and the words on it."""

    label: str
    date: date


def picks(schedule: Schedule, today: date) -> tuple[Pick, ...]:
    """Return a day in about a week, two weeks and a month, each moved on to one that fits."""
    wanted = (
        ("1 week", today + WEEK),
        ("2 weeks", today + 2 * WEEK),
        ("Monthly", add_months(today, 1)),
    )
    return tuple(Pick(label, fitting_day(schedule, day)) for label, day in wanted)


def fitting_day(schedule: Schedule, day: date) -> date:
    """Return ``day``, or the first working day after it without ICU, nights or leave.

    When three weeks offer none, the first working day, for then the two must talk anyway.
    """
    ahead = [day + n * DAY for n in range(LATEST)]
    working = [each for each in ahead if is_working_day(each)]
    return next((each for each in working if not _is_quiet(schedule, each)), working[0])


def _is_quiet(schedule: Schedule, day: date) -> bool:
    stay = schedule.stay_on(day)
    return stay is not None and stay.kind in QUIET_KINDS
