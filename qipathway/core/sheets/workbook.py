"""Excel files: checked as packages first, then read row by row and never further than needed."""

import re
import struct
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from qipathway.core.files.kinds import office
from qipathway.core.files.states import Refused

from .table import MOST_COLUMNS, MOST_LINES, Line, Sheet, Unreadable, refuse_size, sheet_of, tidy

DAMAGED = "The Excel file is damaged. Open it in Excel and save it again, or save it as CSV."
AS_TEXT = "Open it in Excel, save the sheet as “CSV UTF-8”, and send that."
UNCOUNTED = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
FAULTS = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    ParseError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the reader raises on files that were made to break it, or by a program that cannot write."""


def read_workbook(content: bytes) -> Sheet:
    """Read the first sheet that holds anything; raises ``Unreadable``."""
    try:
        office.check(BytesIO(content), package=office.EXCEL)
        _refuse_uncounted(content)
        return _first_sheet(content)
    except Refused as error:
        reason = str(error).partition(". ")[0].rstrip(".")
        raise Unreadable(f"The Excel file was not taken: {reason}. {AS_TEXT}") from error
    except FAULTS as error:
        raise Unreadable(DAMAGED) from error


def _first_sheet(content: bytes) -> Sheet:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    read = [
        (sheet.title, records)
        for sheet in book.worksheets
        if (records := list(_records(sheet))) and any(any(line.cells) for line in records)
    ]
    if not read:
        raise Unreadable("The file is empty.")
    title, records = read[0]
    notes = [f"Read the sheet “{title}” of an Excel file."]
    if len(read) > 1:
        others = ", ".join(f"“{name}”" for name, _ in read[1:])
        notes.append(f"Other sheets were left out: {others}.")
    return sheet_of(records, tuple(notes))


def _records(sheet: Any) -> Iterator[Line]:
    """Yield the rows of a sheet; a row or column beyond the limits is seen, and refused."""
    rows = sheet.iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS + 1, values_only=True)
    for number, values in enumerate(rows, start=1):
        refuse_size(number, len(_filled(values)))
        yield Line(number, tuple(_text(value) for value in _filled(values)))


def _filled(values: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return values[:end]


def _text(value: Any) -> str:
    """Return a cell as a text file would have it: dates and times as the ISO writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value.replace(microsecond=0))
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))


def _refuse_uncounted(content: bytes) -> None:
    """Refuse formulas whose result nobody has saved: they would read as empty cells."""
    with ZipFile(BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in sheets:
            if UNCOUNTED.search(package.read(name)):
                raise Unreadable(
                    "The Excel file holds formulas without their results. Open it in Excel and "
                    "save it again, or copy the cells and paste them as values."
                )
