"""The kinds of file that are taken, and what each must be made of.

A name and a media type are what the sender claims. Each kind therefore reads the content itself.
Sniffing libraries are no second opinion here: none that is pure Python is among the locked
dependencies, and those that exist take a macro document for a plain one. The independent second
reader is, for pictures, Pillow told to accept one format only; for office documents, the package's
own list of content types next to the parts that are there; for text, the strict UTF-8 decoder.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from . import office, pdf, picture, text

MEGABYTE = 1024 * 1024
Check = Callable[[BinaryIO], None]
Redraw = Callable[[BinaryIO], bytes]


@dataclass(frozen=True, slots=True)
class Kind:
    """One extension: how it is named, how large it may be, and who reads its content.

    ``check`` raises ``Refused`` and leaves the file where it likes; ``redraw`` returns other bytes
    to store in place of the ones that were sent.
    """

    words: str
    media_type: str
    check: Check
    redraw: Redraw | None = None
    limit: int = 20 * MEGABYTE

    @property
    def is_picture(self) -> bool:
        return self.redraw is not None

    def stored(self, file: BinaryIO) -> bytes:
        """Return the bytes to store, or raise ``Refused``; drawing anew checks them too."""
        if self.redraw is not None:
            return self.redraw(file)
        self.check(file)
        file.seek(0)
        return file.read()


def _office(package: office.Package) -> Kind:
    return Kind(package.words, package.media_type, partial(office.check, package=package))


def _picture(drawing: picture.Format) -> Kind:
    check = partial(picture.check, drawing=drawing)
    redraw = partial(picture.redraw, drawing=drawing)
    return Kind(drawing.words, drawing.media_type, check, redraw)


JPEG = _picture(picture.JPEG)
KINDS: dict[str, Kind] = {
    "pdf": Kind("PDF", "application/pdf", pdf.check),
    "docx": _office(office.WORD),
    "pptx": _office(office.POWERPOINT),
    "xlsx": _office(office.EXCEL),
    "csv": Kind("CSV", "text/csv", text.check, limit=5 * MEGABYTE),
    "txt": Kind("text", "text/plain", text.check, limit=5 * MEGABYTE),
    "png": _picture(picture.PNG),
    "jpg": JPEG,
    "jpeg": JPEG,
}
TAKEN = "PDF, Word, PowerPoint, Excel, CSV, text, PNG or JPEG"
INSTEAD = {
    "heic": picture.AS_JPEG,
    "jfif": "It is a JPEG: give it a name that ends in .jpg.",
    "doc": "Open it and save it as .docx.",
    "xls": "Open it and save it as .xlsx.",
    "ppt": "Open it and save it as .pptx.",
    "docm": "Save it without macros, as .docx.",
    "xlsm": "Save it without macros, as .xlsx.",
    "pptm": "Save it without macros, as .pptx.",
    "svg": "Export it as PNG or PDF.",
    "html": "Print it to a PDF.",
    "zip": "Take the files out and send them one by one.",
    "gif": "Save it as PNG.",
    "webp": "Save it as PNG or JPEG.",
    "tiff": "Save it as PNG, JPEG or PDF.",
    "mov": "Send a picture of the moment that matters.",
    "pages": "Export it as PDF or Word.",
    "numbers": "Export it as Excel.",
    "key": "Export it as PDF or PowerPoint.",
}
INSTEAD |= {
    "heif": INSTEAD["heic"],
    "htm": INSTEAD["html"],
    "tif": INSTEAD["tiff"],
    "mp4": INSTEAD["mov"],
}
