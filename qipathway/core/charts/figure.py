"""What all drawings share: the SVG element with its name and description, text, and the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from qipathway.core.lib.markup import element

from .scale import number

WIDE, NARROW = 860, 358


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper of one chart: its size and the margins around what is plotted, in pixels."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def x1(self) -> float:
        """Return the right end of what is plotted."""
        return self.width - self.right

    @property
    def y1(self) -> float:
        """Return the lower end of what is plotted."""
        return self.height - self.bottom


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart, for ``components/details_table.html``."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def as_table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[float | str | None]]
) -> Table:
    """Return a chart's numbers as words, so that nothing is said by a picture alone."""
    return Table(caption, tuple(columns), tuple(tuple(map(_word, row)) for row in rows))


def _word(value: float | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else number(value, 2)


def svg(
    uid: str,
    title: str,
    description: str,
    size: tuple[float, float],
    parts: Iterable[object],
    css: str = "q-chart",
) -> SafeString:
    """Return a picture that is read aloud by its title and description."""
    width, height = size
    named = [element("title", title, id=f"{uid}-t")]
    if description:
        named.append(element("desc", description, id=f"{uid}-d"))
    return element(
        "svg",
        *named,
        *parts,
        class_=css,
        role="img",
        viewBox=f"0 0 {number(width)} {number(height)}",
        aria_labelledby=f"{uid}-t {uid}-d" if description else f"{uid}-t",
    )


def line(css: str, x1: float, y1: float, x2: float, y2: float) -> SafeString:
    """Return a straight line."""
    ends = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)}
    return element("line", class_=css, **ends)


def words(content: object, x: float, y: float, css: str = "", anchor: str = "start") -> SafeString:
    """Return text at a place; ``anchor`` is start, middle or end."""
    place = {"x": number(x), "y": number(y)}
    return element(
        "text",
        content,
        class_=css or None,
        text_anchor=None if anchor == "start" else anchor,
        **place,
    )


def path_of(places: Iterable[tuple[float, float]]) -> str:
    """Return places as the points of a polyline."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)
