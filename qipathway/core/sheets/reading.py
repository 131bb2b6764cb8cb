"""From bytes to a sheet, by what the bytes are and never by what the file is called."""

from .table import MOST_BYTES, Sheet, Unreadable
from .text import read_text
from .workbook import read_workbook

ZIPPED = b"PK\x03\x04"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
    b"MZ": "a program",
}


def read_sheet(content: bytes) -> Sheet:
    """Return the table that a file holds; raises ``Unreadable`` in words that say what to send."""
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Unreadable("The file is empty.")
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"The file has more than {MOST_BYTES // 1024 // 1024} MB. Send it in parts."
        )
    if content.startswith(OLD_OFFICE):
        raise Unreadable(
            "This is an Excel file in the old format, or one with a password. Save it as .xlsx "
            "without a password, or as CSV."
        )
    for start, words in OTHERS.items():
        if content.startswith(start):
            raise Unreadable(f"This is {words}, not a table. Send a CSV or an Excel file (.xlsx).")
    return read_workbook(content) if content.startswith(ZIPPED) else read_text(content)
