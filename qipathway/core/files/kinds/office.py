"""Word, PowerPoint and Excel: zip packages whose parts are read before any is unpacked.

A document with macros, renamed, passes every sniffer; so the parts themselves are asked. Nothing
is written to disk, no XML is parsed, and sizes are believed only as far as they are then enforced.
"""

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from pathlib import PurePosixPath
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from qipathway.core.files.names import clean_name
from qipathway.core.files.states import Refused

MOST_PARTS = 1000
MOST_BYTES = 100 * 1024 * 1024
MOST_RATIO = 100
LONGEST_LISTING = 512 * 1024
LONGEST_RELATIONS = 4 * 1024 * 1024
CHUNK = 256 * 1024
LARGEST_EMBEDDED = 20 * 1024 * 1024
CONTENT_TYPES = "[Content_Types].xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
END_RECORD = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\x05\x06"
PART_SIGNATURE = b"PK\x03\x04"
LOCATOR_SIGNATURE = b"PK\x06\x07"
LOCATOR_SIZE = 20
LONGEST_COMMENT = 0xFFFF
ENCRYPTED_FLAG = 0x1
EMBEDDED = frozenset({"docx", "pptx", "xlsx"})
TEXTS = frozenset({"xml", "rels", "vml", "sigs", "dat", "odttf", "fntdata"})
DRAWINGS = frozenset({"svg", "wdp", "emf", "wmf", "emz", "wmz"})
IMAGES = frozenset({"png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "webp", "heic"})
RECORDINGS = frozenset({"mp3", "mp4", "m4a", "m4v", "wav", "mov"})
PARTS = EMBEDDED | TEXTS | DRAWINGS | IMAGES | RECORDINGS
REFUSED_PARTS = {
    "vbaproject": "it contains macros. Save a copy without macros and send that.",
    "vbadata": "it contains macros. Save a copy without macros and send that.",
    "activex": "it contains active controls. Remove them, or print it to a PDF.",
    "externallink": "it is linked to other workbooks. In Excel choose Data, Edit Links, Break "
    "Link, and save it.",
    "oleobject": "it contains an embedded object. Paste that as a picture, or print it to a PDF.",
}
REMOTE = re.compile(rb"target\s{0,8}=\s{0,8}[\"']\s{0,8}(?:https?:|ftp:|&|\\\\|//|file:/{2}[^/])")
DAMAGED = "it is damaged, or not what its name says. Open it where you made it and save it again."
UNREADABLE = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
    zlib.error,
)
PROTECTED = (
    "it is protected by a password, or in an old format; neither can be checked. "
    "Save it without a password in today's format."
)
BOMB = "it unpacks to more than a document needs. Send the pictures in it at a smaller size."


@dataclass(frozen=True, slots=True)
class Package:
    """One office format: its main part, and the type that the package must list for it."""

    words: str
    main: re.Pattern[str]
    schema: str

    @property
    def media_type(self) -> str:
        return f"application/vnd.openxmlformats-officedocument.{self.schema}"


def _main(path: str) -> re.Pattern[str]:
    """Match a main part's path; Office on the web sometimes numbers it."""
    return re.compile(rf"{path}\d{{0,3}}\.xml")


WORD = Package("Word", _main("word/document"), "wordprocessingml.document")
POWERPOINT = Package("PowerPoint", _main("ppt/presentation"), "presentationml.presentation")
EXCEL = Package("Excel", _main("xl/workbook"), "spreadsheetml.sheet")
PACKAGES = {"docx": WORD, "pptx": POWERPOINT, "xlsx": EXCEL}


def check(file: BinaryIO, *, package: Package) -> None:
    """Refuse a package that is damaged, protected, active, too large inside, or another format."""
    try:
        _unpack(file, package)
    except UNREADABLE:
        raise Refused(DAMAGED) from None


def _unpack(file: BinaryIO, package: Package, *, embedded: bool = False) -> int:
    """Check a package and return how many bytes it unpacks to, with what is embedded in it.

    A chart in a presentation brings its workbook along; such a package is checked the same way
    and may hold no further one.
    """
    size = _listing_is_bounded(file)
    with ZipFile(file) as opened:
        parts = opened.infolist()
        unpacked = _parts_are_bounded(parts, size)
        _parts_are_harmless(parts, embedded=embedded)
        _is_listed(opened, package)
        for part in parts:
            unpacked += _read_part(opened, part)
            if unpacked > MOST_BYTES:
                raise Refused(BOMB)
    return unpacked


def _listing_is_bounded(file: BinaryIO) -> int:
    """Return the file's size, having read how long its list of parts is before loading the list.

    ``zipfile`` builds an object for every entry that the list declares: 65,536 of them take
    tens of megabytes. The 64-bit form of the list is needed by no document of this size.
    """
    file.seek(0)
    start = file.read(len(OLE))
    if start == OLE:
        raise Refused(PROTECTED)
    size = file.seek(0, SEEK_END)
    file.seek(max(0, size - END_RECORD.size - LONGEST_COMMENT - LOCATOR_SIZE))
    tail = file.read()
    at = tail.rfind(END_SIGNATURE)
    if not start.startswith(PART_SIGNATURE) or at < 0 or len(tail) - at < END_RECORD.size:
        raise Refused(DAMAGED)
    _, _, _, _, parts, listing, _, _ = END_RECORD.unpack_from(tail, at)
    located = tail[max(0, at - LOCATOR_SIZE) : at].startswith(LOCATOR_SIGNATURE)
    if parts > MOST_PARTS or listing > LONGEST_LISTING or located:
        raise Refused(BOMB)
    return size


def _parts_are_bounded(parts: list[ZipInfo], size: int) -> int:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_BYTES, max(size, 1) * MOST_RATIO):
        raise Refused(BOMB)
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise Refused(DAMAGED)
    return unpacked


def _parts_are_harmless(parts: Iterable[ZipInfo], *, embedded: bool) -> None:
    for part in parts:
        name = part.filename.lower()
        if part.flag_bits & ENCRYPTED_FLAG:
            raise Refused(PROTECTED)
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or not _stays_inside(part.filename):
            raise Refused(DAMAGED)
        for trace, words in REFUSED_PARTS.items():
            if trace in name:
                raise Refused(words)
        if not part.is_dir() and not _is_expected(name, embedded=embedded):
            shown = clean_name(name)
            raise Refused(f"it contains “{shown}”, which documents do not. Print it to a PDF.")


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name)


def _is_expected(name: str, *, embedded: bool) -> bool:
    extension = name.rpartition(".")[2]
    if extension == "bin":
        return "/printersettings/" in name
    if extension in EMBEDDED:
        return not embedded and "/embeddings/" in name
    return extension in PARTS


def _is_listed(opened: ZipFile, package: Package) -> None:
    """Compare the package's own list of types with the format that the file's name claims."""
    names = opened.namelist()
    if CONTENT_TYPES not in names:
        raise Refused(DAMAGED)
    with opened.open(CONTENT_TYPES) as stream:
        whole = _whole(stream, opened.getinfo(CONTENT_TYPES), LONGEST_RELATIONS)
    listed = whole.decode("utf-8").lower()
    if "macroenabled" in listed or "vbaproject" in listed:
        raise Refused(REFUSED_PARTS["vbaproject"])
    has_main = any(package.main.fullmatch(name) for name in names)
    if not has_main or f"{package.media_type}.main+xml".lower() not in listed:
        raise Refused(f"it is not a {package.words} file inside. Save it again in {package.words}.")


def _read_part(opened: ZipFile, part: ZipInfo) -> int:
    """Unpack one part to its end, which proves its length and checksum, keeping little of it."""
    extension = part.filename.lower().rpartition(".")[2]
    with opened.open(part) as stream:
        if extension in EMBEDDED:
            inner = BytesIO(_whole(stream, part, LARGEST_EMBEDDED))
            return _unpack(inner, PACKAGES[extension], embedded=True)
        if extension == "rels":
            _relations_are_harmless(_whole(stream, part, LONGEST_RELATIONS))
        while stream.read(CHUNK):
            pass
    return 0


def _whole(stream: IO[bytes], part: ZipInfo, limit: int) -> bytes:
    """Return all of a part that has to be in memory at once."""
    if part.file_size > limit:
        raise Refused(BOMB)
    return stream.read()


def _relations_are_harmless(relations: bytes) -> None:
    """Refuse a template that is fetched from elsewhere when the document is opened.

    Links are relations too, and welcome; but they do not share a part with the template.
    """
    if b"\x00" in relations:
        raise Refused(DAMAGED)
    lower = relations.lower()
    if b"attachedtemplate" in lower and REMOTE.search(lower):
        raise Refused("it loads its template from elsewhere. Print it to a PDF.")
