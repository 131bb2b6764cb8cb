"""What lies on disk against what the rows promise."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from . import storage
from .models import StoredFile

UNCLAIMED_FOR = timedelta(days=1)


def missing_files() -> Iterator[StoredFile]:
    """Yield the rows whose stored copy is not there or has another size."""
    for file in StoredFile.objects.order_by("pk").iterator():
        where = storage.location_of(file.path)
        if not where.is_file() or where.stat().st_size != file.size:
            yield file


def orphan_files(now: datetime) -> Iterator[str]:
    """Yield the paths of files that no row names, written more than a day before ``now``.

    A younger one may belong to a transaction that is still under way.
    """
    root = storage.location_of("")
    for where in sorted(root.glob("??/" + "?" * len(uuid.UUID(int=0).hex))):
        written = datetime.fromtimestamp(where.stat().st_mtime, UTC)
        if written < now - UNCLAIMED_FOR and not StoredFile.objects.filter(uid=where.name).exists():
            yield str(where.relative_to(root))
