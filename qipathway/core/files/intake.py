"""What a form and the service both ask of an upload before it is stored."""

from collections.abc import Callable
from math import ceil
from typing import BinaryIO, TypeVar, cast

from django.core.files.uploadedfile import UploadedFile

from .kinds import INSTEAD, KINDS, MEGABYTE, TAKEN, Kind
from .names import clean_name, extension_of
from .states import Refused

T = TypeVar("T")
ANOTHER = f"Send it as {TAKEN}."


def kind_of(upload: UploadedFile) -> Kind:
    """Return the kind of file that an upload's name and size make it, or refuse it in words."""
    name = clean_name(upload.name or "")
    extension = extension_of(name)
    kind = KINDS.get(extension)
    if kind is None:
        shown = f"files ending in .{extension[:20]}" if extension else "files without an ending"
        raise _refused(name, f"{shown} are not taken. {INSTEAD.get(extension, ANOTHER)}")
    if not upload.size:
        raise _refused(name, "the file is empty. Check that it opens, and send it again.")
    if upload.size > kind.limit:
        raise _refused(
            name,
            f"it has {ceil(upload.size * 10 / MEGABYTE) / 10} MB, and {kind.words} files may have "
            f"{kind.limit // MEGABYTE}. Make it smaller or send it in parts.",
        )
    return kind


def check(upload: UploadedFile) -> None:
    """Refuse, in words, a file that would not be stored; stores nothing."""
    _ask(upload, kind_of(upload).check)


def content_of(upload: UploadedFile) -> tuple[Kind, bytes]:
    """Return an upload's kind and the bytes to store: as sent, or for a picture drawn anew."""
    kind = kind_of(upload)
    return kind, _ask(upload, kind.stored)


def _ask(upload: UploadedFile, reader: Callable[[BinaryIO], T]) -> T:
    """Let ``reader`` look into the file, and put the file's name before what it refuses."""
    try:
        return reader(cast(BinaryIO, upload.file))
    except Refused as error:
        raise _refused(clean_name(upload.name or ""), str(error)) from None
    finally:
        upload.seek(0)


def _refused(name: str, why: str) -> Refused:
    return Refused(f"“{name}” was not taken: {why}")
