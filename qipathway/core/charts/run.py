"""Values in time order around a centre: the run chart, and every chart that adds lines to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import slugify

from qipathway.core.lib.markup import NOTHING, element, join

from .figure import NARROW, WIDE, Frame, line, path_of, svg, words
from .labels import push_apart
from .scale import Scale, nice_ticks, number, with_air

LINES = {
    "centre": ("q-chart-centre", "is-centre"),
    "limit": ("q-chart-limit", ""),
    "goal": ("q-chart-goal", "is-goal"),
    "ghost": ("q-chart-ghost", ""),
    "bound": ("q-chart-grid", ""),
}
"""A bound is only there for the axis to reach it, as a share goes from 0 to 100."""
LETTER = 6.8


@dataclass(frozen=True, slots=True)
class Point:
    """One value; ``kind`` is "", "shift" or "out", and ``note`` is read with it."""

    label: str
    value: float
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A level from the point ``first`` to the point ``last`` (both included, or to the end)."""

    value: float
    label: str
    kind: str = "centre"
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened just before the point at the index ``before``."""

    before: int
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """One drawing of a run chart: what is drawn, on which paper, by which scales."""

    points: Sequence[Point]
    lines: Sequence[Line]
    events: Sequence[Event]
    unit: str
    frame: Frame
    x: Scale
    y: Scale
    ticks: Sequence[float]

    @property
    def size(self) -> float:
        """Return the radius of a point: 4 px, less where points stand close."""
        room = (self.x.end - self.x.start) / max(len(self.points) - 1, 1)
        return max(2.4, min(4.0, room / 2.6))


def run_chart(
    points: Sequence[Point],
    median: float | None = None,
    *,
    title: str,
    description: str = "",
    unit: str = "",
    lines: Sequence[Line] = (),
    events: Sequence[Event] = (),
    uid: str = "",
) -> SafeString:
    """Return the chart twice, for a wide and for a narrow screen.

    ``median`` is drawn as the centre and is not computed here; goals, limits and phases are
    further ``lines``. ``uid`` must be unique on the page and defaults to the
    title. An empty chart is an empty string: the page says why there is nothing yet.
    """
    if not points:
        return NOTHING
    levels = [*lines]
    if median is not None:
        levels.insert(0, Line(median, f"Median {number(median)}"))
    name = uid or slugify(title)
    return join(
        svg(
            f"{name}-{css}",
            title,
            description or describe(points, levels, unit),
            (width, height),
            _parts(_plot(points, levels, events, unit, width, height)),
            f"q-chart is-{css}",
        )
        for css, width, height in (("wide", WIDE, 380), ("narrow", NARROW, 300))
    )


def describe(points: Sequence[Point], lines: Sequence[Line], unit: str = "") -> str:
    """Say in words what the chart shows, for who cannot see it."""
    first, last = points[0], points[-1]
    low, high = min(point.value for point in points), max(point.value for point in points)
    said = [f"{len(points)} values from {first.label} to {last.label}, {number(low)} to "]
    said[0] += f"{number(high)}{f' {unit}' if unit else ''}."
    said += [f"{each.label}." for each in lines if each.label]
    said += [f"{point.label}: {point.note}." for point in points if point.note]
    return " ".join(said)


def _plot(
    points: Sequence[Point],
    lines: Sequence[Line],
    events: Sequence[Event],
    unit: str,
    width: float,
    height: float,
) -> Plot:
    values = [point.value for point in points] + [each.value for each in lines]
    ticks = with_air(nice_ticks(min(values), max(values)), min(values))
    room = max((len(number(tick, 2)) for tick in ticks), default=2) * LETTER + 14
    tail = max((len(each.label) for each in lines if each.last is None), default=0) * LETTER + 12
    frame = Frame(width, height, max(room, 34), tail, 26, 30)
    inset = 10
    x = Scale(0, len(points) - 1, frame.left + inset, frame.x1 - inset)
    y = Scale(ticks[0], ticks[-1], frame.y1, frame.top + 8)
    return Plot(points, lines, events, unit, frame, x, y, ticks)


def _parts(plot: Plot) -> Iterator[SafeString]:
    yield from _axes(plot)
    yield from _levels(plot)
    yield from _events(plot)
    yield element(
        "polyline",
        class_="q-chart-line",
        points=path_of((plot.x(i), plot.y(p.value)) for i, p in enumerate(plot.points)),
    )
    for index, point in enumerate(plot.points):
        yield _point(plot, index, point)
    if plot.frame.width == WIDE:
        yield from _causes(plot)


def _axes(plot: Plot) -> Iterator[SafeString]:
    frame = plot.frame
    for tick in plot.ticks:
        y = plot.y(tick)
        yield line("q-chart-grid", frame.left, y, frame.x1, y)
        yield words(number(tick, 2), frame.left - 8, y + 4, anchor="end")
    if plot.unit:
        yield words(plot.unit, 2, 12)
    longest = max(len(point.label) for point in plot.points) * LETTER + 16
    between = max(1, -(-longest * len(plot.points) // (frame.x1 - frame.left)))
    for index in range(0, len(plot.points), int(between)):
        x = plot.x(index)
        yield line("q-chart-axis", x, frame.y1, x, frame.y1 + 5)
        anchor = "middle"
        if index == 0 and longest / 2 > x:
            anchor = "start"
        elif x + longest / 2 - 8 > frame.width:
            anchor = "end"
        yield words(plot.points[index].label, x, frame.y1 + 19, anchor=anchor)
    yield line("q-chart-axis", frame.left, frame.y1, frame.x1, frame.y1)


def _levels(plot: Plot) -> Iterator[SafeString]:
    frame, half = plot.frame, (plot.x(1) - plot.x(0)) / 2 if len(plot.points) > 1 else 10
    for each in plot.lines:
        start = frame.left if each.first <= 0 else plot.x(each.first) - half
        end = frame.x1 if each.last is None else plot.x(each.last) + half
        yield line(LINES[each.kind][0], start, plot.y(each.value), end, plot.y(each.value))
    open_ended = [each for each in plot.lines if each.last is None and each.label]
    wished = [plot.y(each.value) + 4 for each in open_ended]
    for each, y in zip(open_ended, push_apart(wished, 14, frame.top, frame.y1 - 4), strict=True):
        yield words(each.label, frame.x1 + 6, y, LINES[each.kind][1])


def _events(plot: Plot) -> Iterator[SafeString]:
    frame = plot.frame
    for event in plot.events:
        x = (plot.x(event.before - 1) + plot.x(event.before)) / 2
        width = len(event.label) * LETTER + 16
        left = min(max(x - width / 2, frame.left), frame.x1 - width)
        yield line("q-chart-event", x, frame.top - 4, x, frame.y1)
        box = {"x": number(left), "y": number(frame.top - 24), "width": number(width)}
        yield element("rect", class_="q-chart-flag", height="22", rx="6", **box)
        yield words(event.label, left + width / 2, frame.top - 9, "is-event", "middle")


def _causes(plot: Plot) -> Iterator[SafeString]:
    """Name each point that stands outside, on the side where there is room."""
    for index, point in enumerate(plot.points):
        if point.kind != "out" or not point.note:
            continue
        x, y = plot.x(index), plot.y(point.value) + 4
        fits = x - len(point.note) * LETTER - 12 > plot.frame.left
        css = "is-risk q-chart-halo"
        yield words(point.note, x - 10 if fits else x + 10, y, css, "end" if fits else "start")


def _point(plot: Plot, index: int, point: Point) -> SafeString:
    x, y = plot.x(index), plot.y(point.value)
    unit = f" {plot.unit}" if plot.unit else ""
    note = f", {point.note}" if point.note else ""
    said = element("title", f"{point.label}: {number(point.value, 2)}{unit}{note}")
    if point.kind == "out":
        size = number(plot.size + 2)
        shape = (
            f"M{number(x)} {number(y - plot.size - 2)}l{size} {size}-{size} {size}-{size}-{size}z"
        )
        return element("path", said, class_="q-chart-point is-out", d=shape)
    if point.kind == "shift":
        side = plot.size + 1.5
        shape = f"M{number(x - side)} {number(y - side * 0.7)}h{number(side * 2)}"
        shape += f"l-{number(side)} {number(side * 1.7)}z"
        return element("path", said, class_="q-chart-point is-shift", d=shape)
    return element(
        "circle",
        said,
        class_="q-chart-point",
        r=number(plot.size),
        cx=number(x),
        cy=number(y),
    )
