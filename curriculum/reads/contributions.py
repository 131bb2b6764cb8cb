"""What a resident contributed, and how far that is of what the pathway asks for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from residents.models import Program, Resident
from residents.requirements import UNSETTLED, Settled

from ..models import Contribution
from ..requirements import CONTRIBUTIONS


@dataclass(frozen=True, slots=True)
class Contributions:
    """What a resident gave, the newest first; only what is confirmed counts.

    ``wanted`` is none for who is not on the pathway: they are asked for nothing.
    """

    rows: tuple[Contribution, ...]
    wanted: int | None
    settled: Settled = UNSETTLED

    @property
    def days(self) -> tuple[date, ...]:
        """The days of what counts, in order."""
        return tuple(sorted(row.day for row in self.rows if row.is_confirmed))

    @property
    def done(self) -> int:
        return len(self.days)

    @property
    def waiting(self) -> int:
        return len(self.rows) - self.done

    @property
    def is_done(self) -> bool:
        return self.done + self.settled.total >= (self.wanted or 0)

    @property
    def count(self) -> str:
        """How many count: "1 of 2, 1 credited"; of none that are wanted, how many there are."""
        if not self.wanted:
            return str(self.done)
        done = f"{min(self.done, self.wanted)} of {self.wanted}"
        return ", ".join(filter(None, (done, self.settled.words)))


def contributions_of(resident: Resident, wanted: int | None) -> Contributions:
    """Read what a resident contributed; one query. Bounded by what one person does in residency."""
    rows = tuple(resident.contributions.for_list())
    return Contributions(rows, wanted, resident.settled.get(CONTRIBUTIONS, UNSETTLED))


def confirmed_for(program: Program) -> dict[int, int]:
    """Count what residents of a program contributed and had confirmed; one query."""
    rows = Contribution.objects.confirmed().filter(program=program).order_by().values("resident")
    return dict(rows.annotate(count=Count("pk")).values_list("resident", "count"))
