"""Pictures: decoded and drawn anew, so that nothing but what can be seen is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from qipathway.core.files.states import Refused

MOST_PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
HUGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
TOO_MANY_PIXELS = (
    f"it has more than {MOST_PIXELS // 1_000_000} million pixels. "
    "Send it at a smaller size, or a screenshot of it."
)
DAMAGED = "it is damaged, or not the kind of picture its name says. Save it again or take it anew."
AS_JPEG = (
    "Send it as JPEG: on an iPhone choose Settings, Camera, Formats, Most Compatible; "
    "or send a screenshot of it."
)


@dataclass(frozen=True, slots=True)
class Format:
    """One picture format, by the name under which Pillow reads and writes it."""

    words: str
    media_type: str
    signature: bytes
    keeps_transparency: bool


JPEG = Format("JPEG", "image/jpeg", b"\xff\xd8\xff", keeps_transparency=False)
PNG = Format("PNG", "image/png", b"\x89PNG\r\n\x1a\n", keeps_transparency=True)
GREY = frozenset({"1", "L", "LA", "La", "I", "I;16", "F"})
QUALITY = 88


def check(file: BinaryIO, *, drawing: Format) -> None:
    """Refuse a picture of another format, with too many pixels, or that cannot be decoded."""
    _read(file, drawing, lambda image: image.load())


def redraw(file: BinaryIO, *, drawing: Format) -> bytes:
    """Return the picture turned upright and written anew, without a word of metadata.

    Place, time and camera go, and whatever was hidden behind or between the pixels with them. Of
    an animation the first frame stays; colours become plain RGB or grey.
    """
    return _read(file, drawing, lambda image: _drawn(image, drawing))


def _drawn(image: Image.Image, drawing: Format) -> bytes:
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert(_mode(upright, drawing))
    plain.info.clear()
    written = BytesIO()
    plain.save(written, drawing.words, quality=QUALITY)
    return written.getvalue()


def _mode(image: Image.Image, drawing: Format) -> str:
    """Return the plainest mode that loses no colour and, if the format can, no transparency."""
    mode = "L" if image.mode in GREY else "RGB"
    return mode + "A" if drawing.keeps_transparency and image.has_transparency_data else mode


def _read(file: BinaryIO, drawing: Format, use: Callable[[Image.Image], Any]) -> Any:
    """Let ``use`` have the opened picture; the pixels are counted before any is decoded."""
    _is_named_right(file, drawing)
    file.seek(0)
    try:
        with Image.open(file, formats=[drawing.words]) as image:
            _count_pixels(image)
            return use(image)
    except HUGE:
        raise Refused(TOO_MANY_PIXELS) from None
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - on a hostile file Pillow raises anything; all mean this
        raise Refused(DAMAGED) from None


def _count_pixels(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)


def _is_named_right(file: BinaryIO, drawing: Format) -> None:
    """Compare the first bytes with the format that the name claims; phones often mislabel."""
    file.seek(0)
    start = file.read(12)
    if start.startswith(drawing.signature):
        return
    if start[4:8] == b"ftyp":
        raise Refused(f"it is a HEIC picture inside. {AS_JPEG}")
    for other in (JPEG, PNG):
        if start.startswith(other.signature):
            raise Refused(f"it is a {other.words} picture inside. Name it so, and send it again.")
    raise Refused(DAMAGED)
