"""A run of values in the room of a sentence."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.text import slugify

from qipathway.core.lib.markup import NOTHING, element

from .figure import line, path_of, svg
from .scale import Scale, number


def sparkline(
    values: Sequence[float],
    median: float | None = None,
    *,
    title: str,
    width: int = 560,
    height: int = 84,
    uid: str = "",
) -> SafeString:
    """Return values as a small line with its centre, without axes; empty without values.

    ``title`` says all that it shows ("Weekly median minutes, 18 weeks, median 168").
    """
    if not values:
        return NOTHING
    levels = [*values, *([median] if median is not None else [])]
    x = Scale(0, len(values) - 1, 6, width - 6)
    y = Scale(min(levels), max(levels), height - 8, 8)
    places = [(x(index), y(value)) for index, value in enumerate(values)]
    parts = [element("polyline", class_="q-chart-line", points=path_of(places))]
    if median is not None:
        parts.insert(0, line("q-chart-centre", 6, y(median), width - 6, y(median)))
    parts += [
        element("circle", class_="q-chart-point", cx=number(left), cy=number(top), r="3")
        for left, top in places
    ]
    name = uid or f"spark-{slugify(title)}"
    return svg(name, title, "", (width, height), parts, "q-chart q-spark")
