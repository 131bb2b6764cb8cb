"""The colours, sizes and shadows of the style sheet, read from it and drawn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString

from qipathway.core.lib.markup import element

SHEET = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
TOKEN = re.compile(r"^\s*(--q-[a-z0-9-]+):\s*([^;]+);", re.MULTILINE)
COLOUR = re.compile(r"light-dark\(#|#")
LENGTH = re.compile(r"[\d.]+(?:rem|px)$")
TYPE = (
    ("h1", "Heading of a page"),
    ("h2", "Heading of a part"),
    ("h3", "Heading of a detail"),
    ("body", "Text as it is read"),
    ("q-small", "Small text"),
    ("q-xs", "The smallest text"),
)
"""Class and words of each size of type; headings are drawn as text, for they head nothing."""


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property: its name, what it is, and a drawing of it."""

    name: str
    value: str
    drawn: SafeString


def tokens() -> list[tuple[str, str]]:
    """Read every custom property of ours with its value."""
    return TOKEN.findall(SHEET.read_text(encoding="utf-8"))


def colours() -> Iterator[Token]:
    """Draw each colour in the theme of the page."""
    for name, value in tokens():
        if COLOUR.match(value):
            square = element("rect", width="64", height="40", rx="6", fill=f"var({name})")
            yield Token(name, value, _paper(64, 40, square))


def sizes() -> Iterator[Token]:
    """Draw each length: as long as it is, but no longer than the page is wide."""
    for name, value in tokens():
        if LENGTH.match(value):
            bar = element("rect", width=f"var({name})", height="14", fill="var(--q-brand)")
            yield Token(name, value, _paper(220, 14, bar))


def _paper(width: int, height: int, *parts: SafeString) -> SafeString:
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    return element("svg", *parts, class_="q-swatch", aria_hidden="true", **size)
