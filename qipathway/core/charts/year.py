"""A year of half days: a row a month, a column a day of the week, mornings above afternoons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.safestring import SafeString

from qipathway.core.lib.dates import DAY
from qipathway.core.lib.markup import element, join

from .figure import NARROW, WIDE, Frame, svg, words
from .scale import number

COLUMNS = 37
"""Six weeks less five days: what a month of 31 days takes that starts on a Sunday."""
HALF, GAP, ROW, TOP = 11, 1, 58, 22
LETTER = 6.6
WEEK = "MTWTFSS"
MARKS = {
    "class": "M{x} {y}m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z",
    "clash": "M{x} {y}m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z",
    "clinic": "M{x} {y}m-3 0h6",
    "hold": "M{x} {y}m-2.5-2.5l5 5m0-5l-5 5",
}
"""What tells a kind of half day where its colour is not seen."""


@dataclass(frozen=True, slots=True)
class Named:
    """Neighbouring days, both ends included, that bear a name."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where a day stands: its column by the day of the week, its row by the month."""

    first: date
    frame: Frame

    @property
    def step(self) -> float:
        return (self.frame.x1 - self.frame.left) / COLUMNS

    def x(self, day: date) -> float:
        return self.frame.left + (day.replace(day=1).weekday() + day.day - 1) * self.step

    def y(self, day: date) -> float:
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return self.frame.top + months * ROW


def year_calendar(
    days: Mapping[date, tuple[str, str]],
    names: Iterable[Named],
    *,
    title: str,
    description: str,
    today: date,
    uid: str,
) -> SafeString:
    """Return a year twice, for a desk and for a phone.

    ``days`` gives what the morning and the afternoon of each day are, in order of time: "free",
    "class", "clash", "clinic", "hold", "leave", "quiet", "busy", or "" for nothing to draw.
    """
    named = list(names)
    both = ((uid, WIDE, " is-wide"), (f"{uid}-n", NARROW, " is-narrow"))
    drawn = (_draw(days, named, title, description, today, *each) for each in both)
    return join(drawn)


def _draw(
    days: Mapping[date, tuple[str, str]],
    names: Sequence[Named],
    title: str,
    description: str,
    today: date,
    uid: str,
    width: int,
    css: str,
) -> SafeString:
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    paper = _Paper(first, Frame(width, TOP + months * ROW, 30, 0, TOP, 0))
    parts = (*_heads(paper, last), *_halves(paper, days), *_names(paper, names))
    if today in days:
        parts += (_frame_of(paper, today),)
    size = (width, paper.frame.height)
    return svg(uid, title, description, size, parts, f"q-chart{css}")


def _heads(paper: _Paper, last: date) -> Iterator[SafeString]:
    """Name the columns, each month, and the day of each Monday."""
    for column in range(COLUMNS):
        if paper.step >= LETTER * 2 or column % 7 == 0:
            x = paper.frame.left + column * paper.step + 1
            yield words(WEEK[column % 7], x, 12)
    day = paper.first
    while day <= last:
        if day.day == 1:
            yield words(f"{day:%b}", 0, paper.y(day) + 28, "is-strong")
        if day.weekday() == 0:
            yield words(str(day.day), paper.x(day) + 1, paper.y(day) + 10)
        day += DAY


def _halves(paper: _Paper, days: Mapping[date, tuple[str, str]]) -> Iterator[SafeString]:
    """Draw all half days of a kind as one shape, and their marks as another."""
    shapes: dict[str, list[str]] = defaultdict(list)
    marks: dict[str, list[str]] = defaultdict(list)
    wide = number(paper.step - GAP, 2)
    for day, kinds in days.items():
        x, y = paper.x(day), paper.y(day) + 13
        for row, kind in enumerate(kinds):
            if not kind:
                continue
            top = y + row * (HALF + GAP)
            shapes[kind].append(f"M{number(x, 2)} {number(top)}h{wide}v{HALF}h-{wide}z")
            if kind in MARKS:
                middle = {
                    "x": number(x + (paper.step - GAP) / 2, 2),
                    "y": number(top + HALF / 2, 2),
                }
                marks[kind].append(MARKS[kind].format(**middle))
    for kind, drawn in shapes.items():
        yield element("path", class_=f"q-chart-half is-{kind}", d="".join(drawn))
    for kind, drawn in marks.items():
        yield element("path", class_=f"q-chart-mark is-{kind}", d="".join(drawn))


def _names(paper: _Paper, names: Iterable[Named]) -> Iterator[SafeString]:
    """Write the name of some days under them, once a month, cut to their width."""
    for named in names:
        count = (named.last - named.first).days + 1
        every = (named.first + offset * DAY for offset in range(count))
        for _, group in groupby(every, key=lambda day: (day.year, day.month)):
            here = list(group)
            room = int((len(here) * paper.step - 5) / LETTER)
            if room < 3:
                continue
            text = named.name if len(named.name) <= room else f"{named.name[: room - 1].strip()}…"
            yield words(text, paper.x(here[0]) + 1, paper.y(here[0]) + 48)


def _frame_of(paper: _Paper, day: date) -> SafeString:
    place = {"x": number(paper.x(day) - 2, 2), "y": number(paper.y(day) + 11)}
    width = number(paper.step + 3, 2)
    height = number(2 * HALF + GAP + 4)
    return element("rect", class_="q-chart-today", width=width, height=height, rx="3", **place)


def year_key(meanings: Iterable[tuple[str, str]]) -> SafeString:
    """Return the key of a year from pairs of a kind of half day and what it means."""
    items = (element("li", _sign(kind), text) for kind, text in meanings)
    return element("ul", *items, class_="q-chart-key", aria_label="Signs")


def _sign(kind: str) -> SafeString:
    parts = [element("path", class_=f"q-chart-half is-{kind}", d=f"M0 1h18v{HALF}h-18z")]
    if kind in MARKS:
        drawn = MARKS[kind].format(x="9", y="6.5")
        parts.append(element("path", class_=f"q-chart-mark is-{kind}", d=drawn))
    return element("svg", *parts, width="18", height="14", viewBox="0 0 18 14", aria_hidden="true")
