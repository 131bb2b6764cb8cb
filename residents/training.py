"""How far somebody has come in residency. Pure: no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from qipathway.core.lib.dates import add_months, months_between

DAY = timedelta(days=1)
MONTHS = 12
YEARS = 3
RESIDENCY = YEARS * MONTHS
"""A residency lasts three years of twelve months."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A leave from its first to its last day, both included; one without a last day goes on."""

    first: date
    last: date | None
    extends: bool = True

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Turn:
    """The postgraduate year that holds from a day on, whatever was counted before it.

    Who came from another residency, repeats a year or stays as chief has one; the years after it
    are counted from its first day as they are from the start of residency.
    """

    first: date
    pgy: int

    @property
    def month(self) -> int:
        """Return the month of residency in which the year starts."""
        return MONTHS * (self.pgy - 1) + 1


@dataclass(frozen=True, slots=True)
class Training:
    """A residency: its first day, the leaves that were taken from it, and the years set by hand.

    A day of leave that extends training does not count: year and month stand still, and whatever
    is expected by them comes as many days later. The leaves never overlap. Where a year comes
    twice, its first day is that of the last time.
    """

    starts_on: date
    absences: tuple[Absence, ...] = ()
    overrides: tuple[Turn, ...] = ()

    def pgy(self, on: date) -> int:
        """Return the postgraduate year: one more for every twelve months that counted."""
        turn = self._turn(on)
        return turn.pgy + max(0, months_between(turn.first, self._counted(on, turn))) // MONTHS

    def month(self, on: date) -> int:
        """Return the month of residency, where that of the start is 1; it goes on after 36."""
        turn = self._turn(on)
        day = self._counted(on, turn)
        passed = (day.year - turn.first.year) * MONTHS + day.month - turn.first.month
        return turn.month + passed

    def year_begins(self, pgy: int, today: date) -> date:
        """Return the first day of a postgraduate year, as far as is known today."""
        turn, until = self._turn_with(MONTHS * (pgy - 1) + 1)
        day = add_months(turn.first, MONTHS * (pgy - turn.pgy))
        return min(self._later(day, turn, today), until)

    def month_begins(self, month: int, today: date) -> date:
        """Return the first day of a month of residency, as far as is known today."""
        turn, until = self._turn_with(month)
        day = add_months(turn.first.replace(day=1), month - turn.month)
        return min(self._later(day, turn, today), until)

    def days_later(self, since: date, days: int, today: date) -> date:
        """Return the day so many days after ``since``; leave that comes meanwhile adds its days."""
        return self._later(since + DAY * days, Turn(since + DAY, 1), today)

    def ends(self, today: date) -> date:
        """Return the day on which three years are over, as far as is known today."""
        return self.year_begins(YEARS + 1, today)

    def _turns(self) -> list[Turn]:
        """Return from where years are counted: the start, then every override in order."""
        return [
            Turn(self.starts_on, 1),
            *sorted(self.overrides, key=lambda turn: turn.first),
        ]

    def _turn(self, on: date) -> Turn:
        """Return from where the year of a day is counted."""
        first, *rest = self._turns()
        return next((turn for turn in reversed(rest) if turn.first <= on), first)

    def _turn_with(self, month: int) -> tuple[Turn, date]:
        """Return from where a month is counted, and the day on which another count takes over."""
        turns = self._turns()
        ends = [after.first for _, after in pairwise(turns)] + [date.max]
        known = [pair for pair in zip(turns, ends, strict=True) if pair[0].month <= month]
        return known[-1] if known else (turns[0], ends[0])

    def _counted(self, on: date, turn: Turn) -> date:
        """Return the day that it would be if no day of leave had passed by ``on``."""
        passed = ((min(on, last or on) - first).days + 1 for first, last in self._extending(turn))
        day = on - DAY * sum(days for days in passed if days > 0)
        return max(day, min(on, turn.first))

    def _later(self, day: date, turn: Turn, today: date) -> date:
        """Return when the day that it would be without leave is reached with it.

        A leave without a last day adds what has passed of it: nobody knows more.
        """
        for first, last in self._extending(turn):
            if first > day:
                break
            day += (last or max(today, first)) - first + DAY
        return day

    def _extending(self, turn: Turn) -> Iterator[tuple[date, date | None]]:
        """Yield the leaves that extend training, from the turn on: what came before has counted."""
        for absence in sorted(self.absences, key=lambda absence: absence.first):
            if absence.extends and (absence.last is None or absence.last >= turn.first):
                yield max(absence.first, turn.first), absence.last
