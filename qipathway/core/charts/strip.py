"""A year of days as one strip, to be read above and below others of the same year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from qipathway.core.lib.dates import DAY, monday_of
from qipathway.core.lib.markup import element, join

from .figure import NARROW, WIDE, line, svg, words
from .scale import number

BAR, HEIGHT, HEAD, LETTER = 22, 32, 16, 6.8


@dataclass(frozen=True, slots=True)
class Piece:
    """Days of a strip, both ends included, of a kind ("free", "leave", "quiet" or "busy")."""

    first: date
    last: date
    kind: str
    name: str = ""


def year_strip(
    pieces: Sequence[Piece],
    dots: Iterable[date],
    *,
    days: tuple[date, date],
    today: date,
    title: str,
    uid: str,
) -> SafeString:
    """Return somebody's year twice, for a desk and for a phone.

    Later pieces lie over earlier ones. ``dots`` are days on which something is booked.
    """
    said = "; ".join(f"{piece.name or piece.kind} from {_said(piece.first)}" for piece in pieces)
    marked = list(dots)
    return join(
        svg(each, title, said, (width, HEIGHT), _drawn(pieces, marked, days, today, width), css)
        for each, width, css in _papers(uid)
    )


def year_months(days: tuple[date, date], *, uid: str) -> SafeString:
    """Return the months of a year, to stand above its strips."""
    return join(
        svg(each, "The months of the year", "", (width, HEAD), _months(days, width), css)
        for each, width, css in _papers(uid)
    )


def _papers(uid: str) -> tuple[tuple[str, int, str], ...]:
    return (uid, WIDE, "q-chart is-wide"), (f"{uid}-n", NARROW, "q-chart is-narrow")


def _said(day: date) -> str:
    return f"{day:%b} {day.day}"


def _x(day: date, days: tuple[date, date], width: float) -> float:
    return (day - days[0]).days * width / ((days[1] - days[0]).days + 1)


def _months(days: tuple[date, date], width: float) -> Iterator[SafeString]:
    day = days[0]
    while day <= days[1]:
        if day.day == 1:
            yield words(f"{day:%b}"[: 3 if width == WIDE else 1], _x(day, days, width) + 2, 12)
        day += DAY


def _drawn(
    pieces: Sequence[Piece],
    dots: Sequence[date],
    days: tuple[date, date],
    today: date,
    width: float,
) -> Iterator[SafeString]:
    for piece in pieces:
        yield from _piece(piece, days, width)
    yield _weeks(days, width)
    for piece in pieces:
        yield from _name(piece, days, width)
    for day in dots:
        x = number(_x(day, days, width) + width / 730)
        yield element("circle", class_="q-chart-booked", cx=x, cy=BAR + 6, r="3")
    if days[0] <= today <= days[1]:
        now = _x(today, days, width)
        yield line("q-chart-now", now, 0, now, HEIGHT)


def _reach(piece: Piece, days: tuple[date, date], width: float) -> tuple[float, float]:
    first, last = max(piece.first, days[0]), min(piece.last, days[1])
    return _x(first, days, width), _x(last + DAY, days, width)


def _piece(piece: Piece, days: tuple[date, date], width: float) -> Iterator[SafeString]:
    x, end = _reach(piece, days, width)
    place = {"x": number(x, 2), "width": number(end - x, 2)}
    yield element("rect", class_=f"q-chart-piece is-{piece.kind}", height=BAR, **place)
    if piece.kind == "free":
        yield element("rect", class_="q-chart-edge", y=BAR - 3, height="3", **place)


def _name(piece: Piece, days: tuple[date, date], width: float) -> Iterator[SafeString]:
    """Write a piece's name over all pieces, if it has room for a few letters."""
    x, end = _reach(piece, days, width)
    room = int((end - x - 6) / LETTER)
    if room >= 4 and piece.name:
        cut = len(piece.name) > room
        yield words(f"{piece.name[: room - 1].strip()}…" if cut else piece.name, x + 3, 14)


def _weeks(days: tuple[date, date], width: float) -> SafeString:
    """Draw the columns: a line before each Monday."""
    first = monday_of(days[0]) + 7 * DAY
    count = (days[1] - first).days // 7 + 1
    places = (_x(first + n * 7 * DAY, days, width) for n in range(count))
    drawn = "".join(f"M{number(x, 2)} 0v{BAR}" for x in places)
    return element("path", class_="q-chart-weeks", d=drawn)
