"""What is expected when, and what was done when: lanes over a shared stretch of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import slugify

from qipathway.core.lib.markup import NOTHING, element, join

from .figure import NARROW, WIDE, Frame, line, svg, words
from .scale import Scale, number

LETTER = 6.8
BAR = 10


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing that is expected from ``first`` to ``last``, and the marks of what was done.

    ``state`` is "done", "late", "open", "ahead" or "plain"; ``note`` says it in words.
    """

    label: str
    first: float
    last: float
    state: str
    note: str
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the whole that has a name, such as a year."""

    first: float
    last: float
    label: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which nothing is expected; what comes after it comes later for it."""

    first: float
    last: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of time that every lane shares.

    ``ticks`` names places of it in words ("13"), ``now`` is drawn as a line.
    """

    bands: tuple[Band, ...]
    gaps: tuple[Gap, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    now: float | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One drawing: the margins around the lanes, how high a lane is, and where its bar lies."""

    frame: Frame
    row: float
    bar: float
    x: Scale

    @property
    def is_wide(self) -> bool:
        return self.frame.width == WIDE

    def top(self, index: int) -> float:
        """Return the upper end of the lane at ``index``."""
        return self.frame.top + index * self.row


def plan_chart(
    lanes: Sequence[Lane], axis: Axis, *, title: str, description: str, uid: str = ""
) -> SafeString:
    """Return the lanes one under the other, twice: for a wide and for a narrow screen.

    On the wide one labels stand left and notes right of the bars, on the narrow one above them.
    """
    if not lanes:
        return NOTHING
    name = uid or slugify(title)
    return join(
        svg(
            f"{name}-{css}",
            title,
            description,
            (paper.frame.width, paper.frame.height),
            _parts(lanes, axis, paper),
            f"q-chart is-{css}",
        )
        for css, paper in (("wide", _wide(lanes, axis)), ("narrow", _narrow(lanes, axis)))
    )


def _wide(lanes: Sequence[Lane], axis: Axis) -> Paper:
    left = min(max(len(lane.label) for lane in lanes) * LETTER, 300) + 12
    right = min(max(len(lane.note) for lane in lanes) * LETTER, 210) + 10
    return _paper(axis, Frame(WIDE, 46 + 24 * len(lanes) + 26, left, right, 46, 26), 24, 7)


def _narrow(lanes: Sequence[Lane], axis: Axis) -> Paper:
    return _paper(axis, Frame(NARROW, 46 + 50 * len(lanes) + 26, 6, 6, 46, 26), 50, 34)


def _paper(axis: Axis, frame: Frame, row: float, bar: float) -> Paper:
    first, last = axis.bands[0].first, axis.bands[-1].last
    return Paper(frame, row, bar, Scale(first, last, frame.left, frame.x1))


def _parts(lanes: Sequence[Lane], axis: Axis, paper: Paper) -> Iterator[SafeString]:
    yield from _bands(axis, paper)
    for index, lane in enumerate(lanes):
        yield from _lane(lane, paper, paper.top(index), axis.now)
    yield from _ticks(axis, paper)
    if axis.now is not None:
        x, frame = paper.x(axis.now), paper.frame
        half = 5 * LETTER / 2
        yield line("q-chart-event", x, frame.top - 8, x, frame.y1)
        centre = min(max(x, half), frame.width - half)
        yield words("Today", centre, frame.top - 12, "is-event q-chart-halo", "middle")


def _bands(axis: Axis, paper: Paper) -> Iterator[SafeString]:
    frame, tall = paper.frame, paper.frame.y1 - paper.frame.top
    for index, band in enumerate(axis.bands):
        place = _across(paper, band.first, band.last)
        css = "q-plan-band is-odd" if index % 2 else "q-plan-band"
        yield element("rect", class_=css, y=number(frame.top), height=number(tall), **place)
        yield words(band.label, paper.x(band.first) + 2, 14, "is-strong")
    for gap in axis.gaps:
        place = _across(paper, gap.first, gap.last)
        said = element("title", gap.label)
        size = {"y": number(frame.top), "height": number(tall)}
        yield element("rect", said, class_="q-plan-gap", **size, **place)


def _lane(lane: Lane, paper: Paper, top: float, now: float | None) -> Iterator[SafeString]:
    frame, y = paper.frame, top + paper.bar
    note = "is-risk" if lane.state == "late" else ""
    if paper.is_wide:
        yield words(lane.label, frame.left - 10, top + 16, anchor="end")
        yield words(lane.note, frame.x1 + 8, top + 16, note)
    else:
        yield words(lane.label, frame.left, top + 14, "is-strong q-chart-halo")
        yield words(lane.note, frame.left, top + 28, f"{note} q-chart-halo".strip())
    said = element("title", f"{lane.label}: {lane.note}")
    place = {"y": number(y), "height": str(BAR), "rx": "3"}
    across = _across(paper, lane.first, lane.last)
    yield element("rect", said, class_=f"q-plan-span is-{lane.state}", **place, **across)
    if lane.state == "late" and now is not None and now > lane.last:
        middle = y + BAR / 2
        yield line("q-plan-overdue", paper.x(lane.last), middle, paper.x(now), middle)
    for mark in lane.marks:
        cx = min(max(paper.x(mark), frame.left), frame.x1)
        place = {"cx": number(cx), "cy": number(y + BAR / 2)}
        yield element("circle", class_="q-plan-mark", r="4", **place)


def _ticks(axis: Axis, paper: Paper) -> Iterator[SafeString]:
    frame = paper.frame
    yield line("q-chart-axis", frame.left, frame.y1, frame.x1, frame.y1)
    free = frame.left - 40.0
    for place, label in axis.ticks:
        x, half = paper.x(place), len(label) * LETTER / 2
        if x - half < free or x + half > frame.width:
            continue
        free = x + half + 12
        yield line("q-chart-axis", x, frame.y1, x, frame.y1 + 5)
        yield words(label, max(x, half), frame.y1 + 19, anchor="middle")


def _across(paper: Paper, first: float, last: float) -> dict[str, str]:
    """Return where something lies from its first to its last day, within the paper."""
    frame = paper.frame
    start = min(max(paper.x(first), frame.left), frame.x1)
    end = min(max(paper.x(last), start), frame.x1)
    return {"x": number(start), "width": number(max(end - start, 2))}
