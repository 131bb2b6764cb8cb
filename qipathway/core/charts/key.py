"""What the signs of a chart mean, as a list under it."""

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
    "span": element("rect", class_="q-plan-span is-open", y="2", width="22", height="10", rx="3"),
    "overdue": line("q-plan-overdue", 0, 7, 22, 7),
    "gap": element("rect", class_="q-plan-gap", y="1", width="22", height="12"),
    "mark": element("circle", class_="q-plan-mark", cx="7", cy="7", r="4"),
}
NARROW = {"", "shift", "mark"}
"""The signs that are points; the others are stretches."""


def chart_key(meanings: Iterable[tuple[str, str]]) -> SafeString:
    """Return the key of a chart from pairs of a sign and what it means."""
    items = (element("li", _sign(sign), words) for sign, words in meanings)
    return element("ul", *items, class_="q-chart-key")


def _sign(sign: str) -> SafeString:
    width = 14 if sign in NARROW else 22
    size = {"width": str(width), "height": "14", "viewBox": f"0 0 {width} 14"}
    return element("svg", SIGNS[sign], aria_hidden="true", **size)
