"""Take a file in, set it aside, let it go again."""

import hashlib
import uuid

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import move
from qipathway.core.timeline.services import record

from . import storage
from .intake import content_of
from .models import StoredFile
from .names import clean_name
from .scanning import scan
from .states import SCAN_MOVES, ScanState


@transaction.atomic
def keep(upload: UploadedFile, *, by: User, scope: int) -> StoredFile:
    """Check a file, store it, and return its row, in the caller's transaction.

    Raises ``Refused`` (a ``DomainError``) in words that say what to send instead. What was stored
    is ready at once, or waits for the scanner, or is set aside at its word: ask ``is_ready``.
    If the transaction is rolled back, the bytes go with the row.
    """
    kind, content = content_of(upload)
    file = StoredFile(
        uid=uuid.uuid4(),
        name=clean_name(upload.name or ""),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=kind.media_type,
        uploaded_by=by,
        scope_id=scope,
    )
    storage.write(file.path, content)
    file.state = scan(str(storage.location_of(file.path)))
    file.save()
    return file


@transaction.atomic
def quarantine(file: StoredFile, *, by: User | None) -> StoredFile:
    """Set a file aside so that nobody can open it; harmless when two people do it at once."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.state == ScanState.QUARANTINED:
        return file
    move(file, "quarantine", SCAN_MOVES)
    file.save(update_fields=["state"])
    record(by, "files.quarantine", file, about=file.uploaded_by, scope=file.scope_id)
    return file


@transaction.atomic
def release(file: StoredFile, *, by: User) -> StoredFile:
    """Let a file that was set aside be opened again, on a person's word."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    move(file, "release", SCAN_MOVES)
    file.save(update_fields=["state"])
    record(by, "files.release", file, about=file.uploaded_by, scope=file.scope_id)
    return file


@transaction.atomic
def scan_again(file: StoredFile) -> StoredFile:
    """Ask the scanner about a file that waits for it; do nothing about one that does not."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.state != ScanState.PENDING:
        return file
    found = scan(str(storage.location_of(file.path)))
    if found == ScanState.QUARANTINED:
        return quarantine(file, by=None)
    if found == ScanState.CLEAN:
        move(file, "clear", SCAN_MOVES)
        file.save(update_fields=["state"])
    return file


def scan_waiting(*, at_most: int = 50) -> int:
    """Ask the scanner about the files that wait longest; return how many wait no more.

    Each in a transaction of its own, so that one slow answer holds up no other file.
    """
    waiting = StoredFile.objects.filter(state=ScanState.PENDING).order_by("uploaded_at")
    return sum(scan_again(file).state != ScanState.PENDING for file in waiting[:at_most])
