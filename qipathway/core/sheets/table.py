"""What a table is once it is read, and how large one may be."""

import re
import unicodedata
from dataclasses import dataclass

from qipathway.core.lib.states import DomainError

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000

SPACES = re.compile("[\u00a0\u2007\u2009\u202f\u3000]")
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
FORCED_TEXT = re.compile(r'="([^"]*)"')
PREFIXED = re.compile(r"'(?=[=+\-@\t\r＝])")


class Unreadable(DomainError):
    """A file that holds no table that can be read. The words say why, and what to send instead."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record: where it begins in the file, counted from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the lines below it, blank ones left out; ``notes`` say how it was read.

    A line has as many cells as the header, or more if the file says so.
    """

    header: tuple[str, ...]
    header_line: int
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """Return a cell as it is compared and stored: composed, trimmed, without invisible marks.

    What spreadsheets put around a text to keep it one goes: ``="007"``, an apostrophe before ``=``.
    """
    if text.isascii() and not text.startswith(("'", "=")):
        return text.strip()
    plain = SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
    forced = FORCED_TEXT.fullmatch(plain)
    return forced[1].strip() if forced else PREFIXED.sub("", plain, count=1)


def sheet_of(records: list[Line], notes: tuple[str, ...]) -> Sheet:
    """Make a sheet of records, the first of which that is not blank is the header."""
    filled = [line for line in records if any(line.cells)]
    if not filled:
        raise Unreadable("The file is empty.")
    head, *rest = filled
    header = _without_tail(head.cells)
    width = len(header)
    lines = tuple(Line(line.number, _fitted(line.cells, width)) for line in rest)
    return Sheet(header, head.number, lines, notes)


def refuse_size(lines: int, columns: int) -> None:
    """Refuse a table that nobody means to send."""
    if lines > MOST_LINES:
        raise Unreadable(f"The file has more than {MOST_LINES:,} lines. Send it in parts.")
    if columns > MOST_COLUMNS:
        raise Unreadable(
            f"Line {lines} has more than {MOST_COLUMNS} columns, so this is not one of our tables."
        )


def _without_tail(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = max(at for at, cell in enumerate(cells, start=1) if cell)
    return cells[:end]


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Fill up a short line, and cut what is empty beyond the header."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells + ("",) * (width - len(cells))
