"""PDF: must begin as one, end as one, and be open to a scanner."""

import re
from typing import BinaryIO

from qipathway.core.files.states import Refused

TAIL = 2048
ENCRYPTED = re.compile(rb"/Encrypt\s{0,32}(?:\d{1,10}\s{1,8}\d{1,5}\s{1,8}R|<<)")


def check(file: BinaryIO) -> None:
    """Refuse what is not a whole, unprotected PDF.

    Readers accept a PDF that starts anywhere in the first kilobyte, browsers an HTML page that
    contains one: so ``%PDF-`` must be the very first bytes. The entry that says a PDF is encrypted
    stands in clear text in its trailer, also where the rest is compressed.
    """
    file.seek(0)
    content = file.read()
    if not content.startswith(b"%PDF-"):
        raise Refused("it is not a PDF inside. Open it where you made it and save it as PDF.")
    if b"%%EOF" not in content[-TAIL:]:
        raise Refused("it is cut short or damaged. Export the PDF again.")
    if ENCRYPTED.search(content):
        raise Refused(
            "it is protected by a password, and protected files cannot be checked. "
            "Print it to a new PDF without protection."
        )
