"""How far somebody has come in residency, leave considered. Pure: no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qipathway.core.lib.dates import add_months, months_between

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """A leave from its first to its last day, both included; one without a last day goes on."""

    first: date
    last: date | None
    extends: bool = True

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Training:
    """A residency: its first day, and the leaves that were taken from it.

    A day of leave that extends training does not count: year and month stand still, and whatever
    is expected by them comes as many days later. The leaves never overlap.
    """

    starts_on: date
    absences: tuple[Absence, ...] = ()

    def pgy(self, on: date) -> int:
        """Return the postgraduate year: one for every twelve months that counted."""
        return max(0, months_between(self.starts_on, self._counted(on))) // 12 + 1

    def month(self, on: date) -> int:
        """Return the month of residency, where that of the start is 1; it goes on after 36."""
        day = self._counted(on)
        return (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month + 1

    def year_begins(self, pgy: int, today: date) -> date:
        """Return the first day of a postgraduate year, as far as is known today."""
        return self._later(add_months(self.starts_on, 12 * (pgy - 1)), today)

    def month_begins(self, month: int, today: date) -> date:
        """Return the first day of a month of residency, as far as is known today."""
        return self._later(add_months(self.starts_on.replace(day=1), month - 1), today)

    def _counted(self, on: date) -> date:
        """Return the day that it would be if no day of leave had passed by ``on``."""
        passed = ((min(on, last or on) - first).days + 1 for first, last in self._extending())
        return on - DAY * sum(days for days in passed if days > 0)

    def _later(self, day: date, today: date) -> date:
        """Return when the day that it would be without leave is reached with it.

        A leave without a last day adds what has passed of it: nobody knows more.
        """
        for first, last in self._extending():
            if first > day:
                break
            day += (last or max(today, first)) - first + DAY
        return day

    def _extending(self) -> Iterator[tuple[date, date | None]]:
        for absence in sorted(self.absences, key=lambda absence: absence.first):
            if absence.extends:
                yield absence.first, absence.last
