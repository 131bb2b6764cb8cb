"""Progress against what was expected, over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import slugify

from qipathway.core.lib.markup import NOTHING, element, join

from .figure import NARROW, WIDE, Frame, line, path_of, svg, words
from .labels import push_apart
from .scale import Scale, nice_ticks, number


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through (x, y) places; ``kind`` is "actual" or "expected"."""

    label: str
    places: tuple[tuple[float, float], ...]
    kind: str = "actual"


CURVES = {
    "actual": ("q-chart-curve", "is-centre"),
    "expected": ("q-chart-ghost", ""),
}


def progress_curve(
    curves: Sequence[Curve],
    *,
    title: str,
    description: str,
    x_ticks: Sequence[tuple[float, str]],
    now: float | None = None,
    uid: str = "",
) -> SafeString:
    """Return curves over a shared axis twice, for a wide and for a narrow screen.

    ``x_ticks`` names places of the x axis in words ("Jul"); ``now`` draws today as a line.
    """
    places = [place for curve in curves for place in curve.places]
    if not places:
        return NOTHING
    name = uid or slugify(title)
    return join(
        svg(
            f"{name}-{css}",
            title,
            description,
            (width, height),
            _parts(curves, x_ticks, now, _frame(curves, width, height)),
            f"q-chart is-{css}",
        )
        for css, width, height in (("wide", WIDE, 300), ("narrow", NARROW, 260))
    )


def _frame(curves: Sequence[Curve], width: float, height: float) -> Frame:
    longest = max(len(curve.label) for curve in curves)
    return Frame(width, height, 36, longest * 6.8 + 12 if width == WIDE else 10, 24, 28)


def _parts(
    curves: Sequence[Curve], x_ticks: Sequence[tuple[float, str]], now: float | None, frame: Frame
) -> Iterator[SafeString]:
    places = [place for curve in curves for place in curve.places]
    xs = [place[0] for place in places] + [tick for tick, _ in x_ticks]
    ticks = nice_ticks(0, max(place[1] for place in places))
    x = Scale(min(xs), max(xs), frame.left, frame.x1)
    y = Scale(ticks[0], ticks[-1], frame.y1, frame.top)
    for tick in ticks:
        yield line("q-chart-grid", frame.left, y(tick), frame.x1, y(tick))
        yield words(number(tick), frame.left - 8, y(tick) + 4, anchor="end")
    yield from _axis(x_ticks, x, frame)
    if now is not None:
        yield line("q-chart-event", x(now), frame.top, x(now), frame.y1)
        yield words("Today", x(now), frame.top - 8, "is-event", "middle")
    for curve in curves:
        path = path_of((x(a), y(b)) for a, b in curve.places)
        yield element("polyline", class_=CURVES[curve.kind][0], points=path)
    yield from _names(curves, x, y, frame)


def _axis(x_ticks: Sequence[tuple[float, str]], x: Scale, frame: Frame) -> Iterator[SafeString]:
    yield line("q-chart-axis", frame.left, frame.y1, frame.x1, frame.y1)
    free = frame.left - 40.0
    for tick, label in x_ticks:
        place, half = x(tick), len(label) * 3.4
        centre = min(max(place, half), frame.width - half)
        if centre - half < free:
            continue
        free = centre + half + 12
        yield line("q-chart-axis", place, frame.y1, place, frame.y1 + 5)
        yield words(label, centre, frame.y1 + 19, anchor="middle")


def _names(curves: Sequence[Curve], x: Scale, y: Scale, frame: Frame) -> Iterator[SafeString]:
    wide = frame.width == WIDE
    wished = [y(curve.places[-1][1]) + (4 if wide else -7) for curve in curves]
    for curve, top in zip(curves, push_apart(wished, 14, frame.top, frame.y1), strict=True):
        end = x(curve.places[-1][0])
        css = f"{CURVES[curve.kind][1]} q-chart-halo".strip()
        if wide:
            yield words(curve.label, end + 8, top, css)
        else:
            yield words(curve.label, min(end, frame.x1), top, css, "end")
