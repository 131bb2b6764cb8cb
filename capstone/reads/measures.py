"""The charts of a project: each measure read, drawn and in numbers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from qipathway.core.charts import Event, Line, Table, as_table, chart_key, run_chart, sparkline
from qipathway.core.charts import Point as Dot
from qipathway.core.charts.scale import number
from qipathway.core.lib.dates import short_day

from ..findings import Finding, Series, Value, read, taught
from ..models import Measure, Point, Project
from ..states import Phase


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure on its project's page: its last value, its line, and what the chart says."""

    measure: Measure
    finding: Finding
    spark: SafeString
    last: str
    note: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point in the table under the chart."""

    point: Point
    figure: str
    phase: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """What the page of one measure shows beside the measure itself."""

    series: Series
    finding: Finding
    chart: SafeString
    key: SafeString
    numbers: Table | None
    taught: tuple[str, ...]
    baseline: str
    points: tuple[PointRow, ...]

    @property
    def next_phase(self) -> str:
        """The phase in which the next point most likely is."""
        return self.points[-1].point.phase if self.points else Phase.BASELINE


def measures_of(project: Project, needed: int) -> tuple[MeasureRow, ...]:
    """Read what a project measures, in the order of naming; two queries for any number."""
    measures = list(project.measures.select_related("program"))
    found: dict[int, list[Point]] = defaultdict(list)
    for point in Point.objects.there().filter(measure__in=measures).order_by("day"):
        found[point.measure_id].append(point)
    return tuple(_row(measure, found[measure.pk], needed) for measure in measures)


def measure_page(measure: Measure, needed: int) -> MeasurePage:
    """Read one measure with all its points; one query."""
    points = tuple(measure.points.there().order_by("day"))
    series = series_of(measure, points, needed)
    finding = read(series)
    return MeasurePage(
        series=series,
        finding=finding,
        chart=_chart(measure, series, finding),
        key=chart_key(_meanings(series, finding)),
        numbers=_numbers(series, finding),
        taught=taught(series) if len(points) > 1 else (),
        baseline=baseline_words(measure, len(series.of(Phase.BASELINE)), needed),
        points=tuple(
            PointRow(p, number(float(p.value), 3), p.get_phase_display(), i in finding.changed)
            for i, p in enumerate(points)
        ),
    )


def series_of(measure: Measure, points: Sequence[Point], needed: int) -> Series:
    """Return points as a chart reads them: floats, in order of time."""
    values = [Value(p.day, float(p.value), p.phase, p.note) for p in points]
    target = float(measure.target) if measure.target is not None else None
    return Series(values, measure.goal, measure.unit, target, needed)


def baseline_words(measure: Measure, count: int, needed: int) -> str:
    """Say how many baseline points are there, and how many the pathway asks for."""
    if count >= needed:
        return f"The baseline has {count} points; {needed} are needed."
    if measure.few_points:
        return f"The baseline has {count} of {needed} points. Stated reason: {measure.few_points}"
    return f"The baseline has {count} of {needed} points that are needed, or a stated reason."


def _row(measure: Measure, points: list[Point], needed: int) -> MeasureRow:
    series = series_of(measure, points, needed)
    finding = read(series)
    last = points[-1] if points else None
    drawn = sparkline(
        series.numbers,
        series.centre,
        title=f"{measure.name}: {finding.headline}",
        width=260,
        height=56,
        uid=f"spark-{measure.uid}",
    )
    count = len(series.of(Phase.BASELINE))
    return MeasureRow(
        measure=measure,
        finding=finding,
        spark=drawn,
        last=f"{series.spell(float(last.value))} on {short_day(last.day)}" if last else "",
        note=f"{count} of {needed} baseline points" if count < needed else "",
    )


def _chart(measure: Measure, series: Series, finding: Finding) -> SafeString:
    first = next((i for i, v in enumerate(series.values) if v.phase == Phase.AFTER), None)
    return run_chart(
        [
            Dot(short_day(v.day), v.value, "shift" if i in finding.changed else "", v.note)
            for i, v in enumerate(series.values)
        ],
        title=f"{measure.name}: {finding.headline}",
        unit=measure.unit,
        lines=list(_lines(series, finding, first)),
        events=[Event(first, "After the change")] if first else [],
        uid=f"chart-{measure.uid}",
    )


def _lines(series: Series, finding: Finding, first: int | None) -> list[Line]:
    """Return the medians of the phases, the first held on into the second, and the goal."""
    lines = []
    centre = series.centre
    if centre is not None and (not first or finding.before is None):
        lines.append(Line(centre, f"Median {series.figure(centre)}"))
    elif finding.before is not None and finding.after is not None and first:
        before, after = series.figure(finding.before), series.figure(finding.after)
        lines = [
            Line(finding.before, "", last=first - 1),
            Line(finding.before, f"Before {before}", "ghost", first=first),
            Line(finding.after, f"After {after}", first=first),
        ]
    if series.target is not None:
        lines.append(Line(series.target, f"Goal {series.figure(series.target)}", "goal"))
    return lines


def _meanings(series: Series, finding: Finding) -> Iterator[tuple[str, str]]:
    """Say what the signs of this chart mean, and of no other."""
    yield "", "A value"
    if finding.changed:
        yield "shift", "In a run longer than chance makes"
    yield "centre", "Median"
    if finding.before is not None and finding.after is not None:
        yield "ghost", "Median of the baseline, held on"
    if series.target is not None:
        yield "goal", "Goal"


def _numbers(series: Series, finding: Finding) -> Table | None:
    """Return before and after side by side, once both are there."""
    before, after = series.of(Phase.BASELINE), series.of(Phase.AFTER)
    if not before or not after or finding.before is None or finding.after is None:
        return None
    rows = [
        ("Points", str(len(before)), str(len(after))),
        (f"Median, {series.unit}", series.figure(finding.before), series.figure(finding.after)),
        ("Lowest", series.figure(min(before)), series.figure(min(after))),
        ("Highest", series.figure(max(before)), series.figure(max(after))),
    ]
    return as_table("Before and after", ("", "Before", "After"), rows)
