"""What the signs of a run chart mean, as a list under it."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from qipathway.core.lib.markup import element

from .figure import line

SIGNS = {
    "": element("circle", class_="q-chart-point", cx="7", cy="7", r="4"),
    "shift": element("path", class_="q-chart-point is-shift", d="M1.5 3h11l-5.5 9.5z"),
    "centre": line("q-chart-centre", 0, 7, 22, 7),
    "ghost": line("q-chart-ghost", 0, 7, 22, 7),
    "goal": line("q-chart-goal", 0, 7, 22, 7),
}


def chart_key(meanings: Iterable[tuple[str, str]]) -> SafeString:
    """Return the key of a chart from pairs of a sign and what it means."""
    items = (element("li", _sign(sign), words) for sign, words in meanings)
    return element("ul", *items, class_="q-chart-key")


def _sign(sign: str) -> SafeString:
    width = 22 if sign in {"centre", "ghost", "goal"} else 14
    size = {"width": str(width), "height": "14", "viewBox": f"0 0 {width} 14"}
    return element("svg", SIGNS[sign], aria_hidden="true", **size)
