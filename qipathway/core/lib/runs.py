"""What a run chart can tell from chance: the median, runs and crossings. Pure.

Rules: Anhøj and Olesen, PLoS ONE 2014, 9(11), e113825, for judging. The rules of six and five are
those that the Institute for Healthcare Improvement teaches (Perla, Provost and Murray); they are
told beside it, because they find a change in a third of series of 24 points that have none.
Formulas, not code, were taken; the cases of the tests were computed with R's qicharts2 0.8.1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import comb, isclose, log2
from statistics import median as middle

ENOUGH = 10
"""Points beside the line that a run chart needs before it can signal at all."""

SHIFT, TREND = 6, 5
TAIL = 0.05
Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs and crossings of a series around a centre, and the limits that chance keeps to.

    ``useful`` counts the values beside the centre; the others neither make nor break a run.
    ``longest`` holds the places of the last of the longest runs in the series; ``below`` tells on
    which side it lies.
    """

    useful: int
    longest: tuple[int, ...]
    below: bool
    longest_at_most: int
    crossings: int
    crossings_at_least: int

    @property
    def is_long(self) -> bool:
        """One run is longer than chance makes them."""
        return len(self.longest) > self.longest_at_most

    @property
    def is_rare(self) -> bool:
        """The centre is crossed less often than chance does it."""
        return self.crossings < self.crossings_at_least

    @property
    def is_signal(self) -> bool:
        return self.useful > 0 and (self.is_long or self.is_rare)


def median(values: Values) -> float | None:
    """Return the middle of the values that are there; ``None`` of none."""
    there = [value for value in values if value is not None]
    return middle(there) if there else None


def runs_of(values: Values, centre: float | None) -> Runs:
    """Judge a series in order of time against a centre by Anhøj's two rules."""
    sides = list(_sides(values, centre))
    if not sides:
        return Runs(0, (), False, 0, 0, 0)
    runs = [list(group) for _, group in groupby(sides, key=lambda place: place[1])]
    length = max(map(len, runs))
    longest = next(run for run in reversed(runs) if len(run) == length)
    return Runs(
        useful=len(sides),
        longest=tuple(index for index, _ in longest),
        below=longest[0][1],
        longest_at_most=round(log2(len(sides))) + 3,
        crossings=len(runs) - 1,
        crossings_at_least=_fewest_crossings(len(sides)),
    )


def taught_shift(values: Values, centre: float | None) -> tuple[int, ...]:
    """Return the places of all runs of six or more on one side; points on the line are skipped."""
    runs = groupby(_sides(values, centre), key=lambda place: place[1])
    found = ([index for index, _ in group] for _, group in runs)
    return tuple(index for run in found if len(run) >= SHIFT for index in run)


def taught_trend(values: Values) -> tuple[int, ...]:
    """Return the places of all stretches of five or more that only rise or only fall.

    Equal neighbours neither count nor break; a missing value does not either.
    """
    there = [(index, value) for index, value in enumerate(values) if value is not None]
    steps = [
        (first, second, second[1] > first[1]) for first, second in pairwise(_without_repeats(there))
    ]
    members: set[int] = set()
    for _, group in groupby(steps, key=lambda step: step[2]):
        stretch = list(group)
        if len(stretch) >= TREND - 1:
            members |= {stretch[0][0][0], *(step[1][0] for step in stretch)}
    return tuple(sorted(members))


def _without_repeats(places: Sequence[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    last: float | None = None
    for index, value in places:
        if last is None or not _same(value, last):
            yield index, value
        last = value


def _sides(values: Values, centre: float | None) -> Iterator[tuple[int, bool]]:
    """Yield the place of every value beside the centre, and whether it lies below."""
    if centre is None:
        return
    for index, value in enumerate(values):
        if value is not None and not _same(value, centre):
            yield index, value < centre


def _same(first: float, second: float) -> bool:
    """Equal but for what adding up floats leaves behind."""
    return isclose(first, second, rel_tol=1e-10, abs_tol=1e-12)


def _fewest_crossings(useful: int) -> int:
    """Return the least k with P(Bin(useful - 1, 1/2) <= k) >= 5 %, in whole numbers."""
    places, total = useful - 1, 0
    needed = TAIL * 2**places
    for count in range(places + 1):
        total += comb(places, count)
        if total >= needed:
            return count
    return places
