"""Text and CSV: must be UTF-8 that no browser would take for a page."""

import re
from typing import BinaryIO

from qipathway.core.files.states import Refused

LOOKED_AT = 4096
STARTS_A_PAGE = re.compile(r"<[a-z!?/]", re.IGNORECASE)
HOLDS_A_PAGE = re.compile(r"<(?:html|script|svg|iframe|body)\b", re.IGNORECASE)
WIDE = (b"\xff\xfe", b"\xfe\xff")


def check(file: BinaryIO) -> None:
    """Refuse what is not plain UTF-8 text, or is a web page or drawing in disguise."""
    file.seek(0)
    content = file.read()
    if content.startswith(WIDE):
        raise Refused("it is saved as UTF-16. Save it again as UTF-8.")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            "it is not plain UTF-8 text. In Excel choose “CSV UTF-8”; elsewhere save it as UTF-8."
        ) from error
    if "\x00" in words:
        raise Refused("it holds characters that are not text. Save it again as plain text.")
    start = words.lstrip()[:LOOKED_AT]
    if STARTS_A_PAGE.match(start) or HOLDS_A_PAGE.search(start):
        raise Refused("it is a web page or a drawing inside. Print it to a PDF and send that.")
