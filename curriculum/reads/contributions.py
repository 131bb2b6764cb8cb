"""What a resident contributed, and how far that is of what the pathway asks for."""

from dataclasses import dataclass
from datetime import date

from residents.models import Resident

from ..models import Contribution


@dataclass(frozen=True, slots=True)
class Contributions:
    """What a resident gave, the newest first; only what is confirmed counts.

    ``wanted`` is none for who is not on the pathway: they are asked for nothing.
    """

    rows: tuple[Contribution, ...]
    wanted: int | None

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
        return self.done >= (self.wanted or 0)

    @property
    def count(self) -> str:
        """How many count: "1 of 2"; of none that are wanted, how many there are."""
        return f"{min(self.done, self.wanted)} of {self.wanted}" if self.wanted else str(self.done)


def contributions_of(resident: Resident, wanted: int | None) -> Contributions:
    """Read what a resident contributed; one query. Bounded by what one person does in residency."""
    return Contributions(tuple(resident.contributions.for_list()), wanted)
