"""Bytes on disk that come and go with their row.

The file is written under its final, random name before the row is, and taken away again if the
transaction is rolled back. The other order (write beside it, rename after commit) would leave,
when the process dies between the two, a row whose file has the wrong name; this way what
remains after a kill is at worst a file that no row names, which the hourly sweep removes.
"""

import os
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from qipathway.core.lib.states import DomainError


class StorageFull(DomainError):
    """The disk does not take the file; nothing was written."""


class _Unclaimed:
    """A file that no committed row names yet, and that disappears with this object.

    Django keeps the only reference to it, in its list of what to do after commit. A rollback, of
    the transaction or of the savepoint around it, empties that list, and so removes the file.
    """

    def __init__(self, path: str) -> None:
        self._removal = weakref.finalize(self, remove, path)

    def claim(self) -> None:
        """Keep the file: its row is committed."""
        self._removal.detach()


def write(path: str, content: bytes) -> None:
    """Write a file, to stay only if the transaction under way commits.

    Its bytes are on the disk, not merely on their way, when this returns. Raises ``StorageFull``.
    """
    transaction.on_commit(_claimed(path))
    try:
        default_storage.save(path, ContentFile(content))
        with default_storage.open(path) as written:
            os.fsync(written.fileno())
    except OSError as error:
        remove(path)
        raise StorageFull(
            "The file could not be stored just now, and nothing was changed. Try again later; "
            f"if it happens twice, tell {settings.KEEPER}."
        ) from error


def _claimed(path: str) -> Callable[[], None]:
    return _Unclaimed(path).claim


def remove(path: str) -> None:
    """Remove a file if it is there; a sweep will come for what cannot be removed now."""
    with suppress(OSError):
        default_storage.delete(path)


def read(path: str) -> File:
    """Open a stored file for reading; raises ``FileNotFoundError``."""
    return default_storage.open(path)


def location_of(path: str) -> Path:
    """Return where a stored file lies on this machine, for a scanner."""
    return Path(default_storage.path(path))
