"""A table for a spreadsheet, in which no cell becomes a formula."""

import csv
import io
from collections.abc import Iterable

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as UTF-8 with a mark, as spreadsheets like it; reading it again is harmless."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute; importing takes it off again."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
