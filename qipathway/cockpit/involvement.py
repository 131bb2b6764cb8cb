"""How many of all residents are involved in quality improvement, year by year. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qipathway.core.charts import Point, Table, as_table
from qipathway.core.lib.dates import DAY, academic_year, academic_year_label, academic_year_of
from residents.models import Resident
from residents.states import Track

RULE = (
    "A resident is involved in an academic year in which they are on the pathway, work on a "
    "capstone, take part in an activity of quality improvement, or have a contribution confirmed. "
    "Everybody in training in that year is counted, on the pathway or not; a preliminary resident "
    "is here for their first year."
)
FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, both included, on which a resident was involved in something."""

    what: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Counted:
    """One resident of one year, and what they were involved in; nothing for who was not."""

    resident: Resident
    pgy: int
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        return ", ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class Year:
    """One academic year: everybody who was in training in it."""

    label: str
    people: tuple[Counted, ...]

    @property
    def involved(self) -> list[Counted]:
        return [each for each in self.people if each.reasons]

    @property
    def others(self) -> list[Counted]:
        return [each for each in self.people if not each.reasons]

    @property
    def share(self) -> int:
        """Of a hundred; a year counts only where somebody was in training."""
        return round(100 * len(self.involved) / len(self.people))


def years_of(
    residents: Iterable[Resident],
    stretches: Mapping[int, Iterable[Stretch]],
    *,
    today: date,
    year_starts: int,
) -> list[Year]:
    """Count each academic year from that of the first resident up to the present one."""
    stays = [(each, each.starts_on, _last_day(each, today)) for each in residents]
    begun = [academic_year_of(first, year_starts) for _, first, _ in stays]
    now = academic_year_of(today, year_starts)
    found = []
    for number in range(min(begun, default=now), now + 1):
        first, last = academic_year(number, year_starts)
        last = min(last, today)
        people = tuple(
            Counted(
                resident,
                resident.pgy(last),
                _reasons(stretches.get(resident.pk, ()), max(first, begin), min(last, end)),
            )
            for resident, begin, end in stays
            if begin <= last and end >= first
        )
        if people:
            found.append(Year(academic_year_label(number, year_starts), people))
    return found


def involvement_lead(years: list[Year]) -> str:
    """Say how many are involved now, and how many were the year before."""
    if not years:
        return "Nobody is in training yet."
    now = years[-1]
    said = f"{len(now.involved)} of {len(now.people)} residents are involved in {now.label}"
    if len(years) < 2:
        return f"{said}, {now.share}%."
    before = years[-2]
    return f"{said}, {now.share}%; it was {before.share}% in {before.label}."


def involvement_points(years: list[Year]) -> list[Point]:
    """Return the share of each year as a point."""
    return [Point(year.label, year.share) for year in years]


def involvement_table(years: list[Year]) -> Table:
    """Return the numbers behind the chart."""
    rows = [(year.label, len(year.involved), len(year.people), f"{year.share}%") for year in years]
    return as_table("Residents involved", ("Year", "Involved", "In training", "Share"), rows)


def _last_day(resident: Resident, today: date) -> date:
    """Return the last day of training here, as far as is known."""
    training = resident.training
    if resident.track == Track.PRELIMINARY:
        return training.year_begins(2, today) - DAY
    return training.ends(today) - DAY


def _reasons(stretches: Iterable[Stretch], first: date, last: date) -> tuple[str, ...]:
    met = (each.what for each in stretches if each.first <= last and each.last >= first)
    return tuple(dict.fromkeys(met))
