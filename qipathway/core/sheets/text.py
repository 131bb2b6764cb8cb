"""Text files: their encoding, their separator, their lines."""

import codecs
import csv
import io
from collections.abc import Iterator

from .table import Line, Sheet, Unreadable, refuse_size, sheet_of, tidy

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""Marks at the start of a file; the longer of two that begin alike comes first."""

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
LOOKED_AT = 4096
WIDE_SHARE = 0.3
NO_TABLE = (
    "This is not a table: it holds bytes that are no text. Open it in a spreadsheet and save it "
    "as CSV or as an Excel file (.xlsx)."
)
PAGE = ("<!doctype", "<html", "<table", "<?xml", "<svg")


def read_text(content: bytes) -> Sheet:
    """Read a text file with separators; raises ``Unreadable``."""
    text, encoding = _decoded(content)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Unreadable(f"Line {line} holds a NUL character, which no text has. {NO_TABLE}")
    if text.lstrip().lower().startswith(PAGE):
        raise Unreadable(
            "This is a web page, whatever its name says. Open it in a spreadsheet and save it as "
            "CSV or as an Excel file (.xlsx)."
        )
    text, separator = _separator(text)
    records = list(_records(text, separator))
    return sheet_of(records, (f"Read as {encoding}, separated by {SEPARATORS[separator]}.",))


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: told by a mark, else found out."""
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], codec, name), name
    wide = _wide(content[:LOOKED_AT])
    if wide:
        return _decode(content, wide, "UTF-16"), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decode(content, "cp1252", "Windows text"), "Windows text (CP1252)"


def _decode(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"Line {line} holds bytes that are not {name}. Open the file in a spreadsheet and save "
            "it as “CSV UTF-8”."
        ) from error


def _wide(start: bytes) -> str:
    """Return the codec of unmarked UTF-16, in which every other byte of plain text is zero."""
    if b"\x00" not in start:
        return ""
    half = max(1, len(start) // 2)
    if start[1::2].count(0) > half * WIDE_SHARE and not start[::2].count(0):
        return "utf-16-le"
    if start[::2].count(0) > half * WIDE_SHARE and not start[1::2].count(0):
        return "utf-16-be"
    return ""


def _separator(text: str) -> tuple[str, str]:
    """Return what separates the cells: as the first line declares, else what cuts it most often.

    A declaration (``sep=;``) becomes an empty line, so that the count of lines stays true.
    """
    first, _, rest = text.partition("\n")
    declared = first.strip().lower().removeprefix("sep=")
    if first.lower().startswith("sep=") and declared in SEPARATORS:
        return f"\n{rest}", declared
    start = text.lstrip("\r\n \ufeff")
    return text, max(SEPARATORS, key=lambda separator: _cuts(start, separator))


def _cuts(start: str, separator: str) -> int:
    try:
        header = next(csv.reader(io.StringIO(start, newline=""), delimiter=separator), [])
    except csv.Error:
        return 0
    return sum(1 for cell in header if cell.strip(" ,;|\t"))


def _records(text: str, separator: str) -> Iterator[Line]:
    """Yield the records, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_malformed(begins, str(error))) from error
        refuse_size(reader.line_num, len(cells))
        yield Line(begins, tuple(map(tidy, cells)))


def _malformed(line: int, said: str) -> str:
    if "expected after" in said:
        return (
            f"The record that begins in line {line} has a quotation mark in the middle of a text. "
            "Double the mark, or take it out."
        )
    return f"A quotation mark that opens in line {line} is never closed. Close it or take it out."
