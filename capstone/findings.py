"""What a measure's chart says, in plain words. Pure.

The centre is the median of the baseline, held while the points after the change are judged against
it: that answers whether anything changed. Nothing is recalculated by itself. A chart says that
something changed, never why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median as middle

from qipathway.core.charts.scale import number
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.runs import ENOUGH, Runs, median, runs_of, taught_shift, taught_trend
from qipathway.core.lib.words import plural

from .states import Goal, Phase

FIRM = 12
"""From this many baseline points on, chance looks like a change in at most 7 of 100 series."""

CRY_WOLF = {4: 22, 6: 16, 8: 13, 10: 10}
"""Of 100 series of 24 points without a change, how many signal around so short a baseline."""

EVERY = {1: "days", 7: "weeks"}


@dataclass(frozen=True, slots=True)
class Value:
    """One point as the chart reads it."""

    day: date
    value: float
    phase: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the chart says, with its weight as a tone."""

    tone: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A chart read: what it says first, the rest of it, and what was compared."""

    headline: str
    said: tuple[Said, ...]
    before: float | None
    after: float | None
    runs: Runs
    changed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Series:
    """The points of a measure in order of time, with what is wanted of them."""

    values: Sequence[Value]
    goal: str
    unit: str
    target: float | None = None
    needed: int = ENOUGH

    @property
    def numbers(self) -> list[float]:
        return [value.value for value in self.values]

    def of(self, phase: str) -> list[float]:
        return [value.value for value in self.values if value.phase == phase]

    @property
    def centre(self) -> float | None:
        """The median of the baseline; of everything where no baseline was measured."""
        return median(self.of(Phase.BASELINE) or self.numbers)

    def spell(self, value: float) -> str:
        """Write a value with its unit: "9.4 hours"."""
        return f"{self.figure(value)} {self.unit}"

    def figure(self, value: float) -> str:
        return number(value, 1 if abs(value) < 100 else 0)


def read(series: Series) -> Finding:
    """Read the chart of a series: Anhøj's rules around the baseline's median."""
    centre = series.centre
    runs = runs_of(series.numbers, centre)
    before, after = median(series.of(Phase.BASELINE)), median(series.of(Phase.AFTER))
    is_signal = runs.useful >= ENOUGH and runs.is_signal
    changed = frozenset(runs.longest) if is_signal and runs.is_long else frozenset()
    said = (
        _verdict(series, runs, after),
        _target(series, after if after is not None else before),
        _baseline(series),
    )
    return Finding(
        headline=_headline(series, runs, before, after),
        said=tuple(each for each in said if each),
        before=before,
        after=after,
        runs=runs,
        changed=changed,
    )


def taught(series: Series) -> tuple[str, ...]:
    """Say what the rules of six and five find, which are taught and cry wolf."""
    shift = taught_shift(series.numbers, series.centre)
    trend = taught_trend(series.numbers)
    return (
        _found("Shift, six or more in a row on one side of the median", series, shift),
        _found("Trend, five or more that only rise or only fall", series, trend),
    )


def _found(rule: str, series: Series, places: Sequence[int]) -> str:
    if not places:
        return f"{rule}: none."
    first, last = series.values[places[0]].day, series.values[places[-1]].day
    return f"{rule}: found, {len(places)} points between {full_day(first)} and {full_day(last)}."


def _headline(series: Series, runs: Runs, before: float | None, after: float | None) -> str:
    count = len(series.values)
    if not count:
        return "Nothing is measured yet"
    if runs.useful < ENOUGH:
        return f"{_points(count)} so far: too few to judge"
    if not runs.is_signal:
        if before is not None and after is not None and _is_one_sided(series):
            moved = f"From {series.figure(before)} to {series.spell(after)} so far"
            return f"{moved}, not yet more than chance does"
        return "No change beyond what chance does"
    if before is None or after is None:
        return "Something changed while this was measured"
    if _is_early(series, runs):
        return "The baseline was not steady"
    if not runs.is_long:
        return "Something changed, in waves longer than chance makes"
    way = "Fell" if after < before else "Rose"
    moved = f"{way} from {series.figure(before)} to {series.spell(after)}"
    if runs.longest[-1] == count - 1:
        later = sum(series.values[index].phase == Phase.AFTER for index in runs.longest)
        return f"{moved} and has held for {_stretch(series, later)}"
    return f"{moved}, and has come back since" if _came_back(series, runs) else moved


def _is_early(series: Series, runs: Runs) -> bool:
    """The run was longer than chance makes it before anything was changed."""
    early = sum(series.values[index].phase == Phase.BASELINE for index in runs.longest)
    return early > runs.longest_at_most


def _is_one_sided(series: Series) -> bool:
    """Every value after the change lies on the same side of the baseline's median."""
    centre = series.centre or 0.0
    return len({value < centre for value in series.of(Phase.AFTER) if value != centre}) == 1


def _came_back(series: Series, runs: Runs) -> bool:
    """The last five points lie no longer on the side of the long run."""
    centre = series.centre or 0.0
    return all((value < centre) != runs.below for value in series.numbers[-5:])


def _verdict(series: Series, runs: Runs, after: float | None) -> Said:
    if runs.useful < ENOUGH:
        beside = "" if runs.useful == len(series.values) else " beside the median"
        few = f"{_points(runs.useful)}{beside}; from {ENOUGH} on a chart can tell change from "
        return Said("info", "Too few points to judge.", f"{few}chance.")
    rule = (
        f"The longest run on one side of the median is {len(runs.longest)} points, and chance "
        f"makes at most {runs.longest_at_most}. The median is crossed {_times(runs.crossings)}, "
        f"and chance does it at least {_times(runs.crossings_at_least)}."
    )
    if not runs.is_signal:
        calm = "It held." if series.goal == Goal.STEADY else "No change to see."
        tone = "ok" if series.goal == Goal.STEADY else "info"
        return Said(tone, calm, f"{rule} That is no proof that nothing changed.")
    why = " A chart says that something changed, not why."
    if after is None or _is_early(series, runs):
        unsteady = f"{rule} Find out why, or the comparison misleads."
        return Said("warn", "The baseline is not steady.", unsteady)
    if not runs.is_long or series.goal == Goal.STEADY:
        return Said("warn", "A real change.", f"{rule}{why}")
    is_better = runs.below == (series.goal == Goal.LOWER)
    title = "A real change for the better." if is_better else "A real change for the worse."
    return Said("ok" if is_better else "risk", title, f"{rule}{why}")


def _target(series: Series, now: float | None) -> Said | None:
    if series.target is None or now is None:
        return None
    goal = series.spell(series.target)
    if series.goal == Goal.STEADY:
        return None
    is_met = now <= series.target if series.goal == Goal.LOWER else now >= series.target
    if is_met:
        return Said("ok", "Goal met.", f"The median is {series.spell(now)}; the goal is {goal}.")
    side = "above" if now > series.target else "below"
    apart = series.spell(abs(now - series.target))
    return Said("info", "Goal not met yet.", f"The median is {apart} {side} the goal of {goal}.")


def _baseline(series: Series) -> Said | None:
    """Warn of a short baseline once something is compared with it."""
    count = len(series.of(Phase.BASELINE))
    if count >= FIRM or len(series.values) == count:
        return None
    if not count:
        text = "No baseline was measured, so the median is that of all points."
        return Said("warn", "No baseline.", text)
    share = CRY_WOLF[max((least for least in CRY_WOLF if least <= count), default=4)]
    text = (
        f"Around a baseline of {_points(count)} about {share} of 100 series in which nothing "
        f"changed look as if something had. From {FIRM} points on it is firm."
    )
    return Said("warn", "Trial baseline.", text)


def _stretch(series: Series, count: int) -> str:
    """Say how long so many points are, in the time between points where that is regular."""
    days = [value.day for value in series.values]
    gaps = [(later - sooner).days for sooner, later in pairwise(days)]
    usual = middle(gaps) if gaps else 0
    return f"{count} {EVERY.get(int(usual), 'points')}"


def _points(count: int) -> str:
    return plural(count, "point")


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")
