"""The regular round: what no row names goes, what waits is asked about, what is missing is told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings

from .reads import missing_files, orphan_files
from .services import scan_waiting
from .storage import remove


@dataclass(frozen=True)
class Swept:
    """What a round has done, and the rows whose file it did not find."""

    removed: int
    scanned: int
    missing: list[UUID]

    @property
    def complaint(self) -> str:
        """Name the files that are not as their rows promise; empty if all are."""
        named = ", ".join(str(uid) for uid in self.missing)
        return f"{len(self.missing)} files are missing or cut short: {named}" if named else ""


def sweep() -> Swept:
    """Remove files without a row, ask the scanner about those that wait, and look for the rest.

    Real time counts here, because the disk knows no other. Without a scanner nothing is asked, so
    that a file which waits for one is not let through because the setting was lost.
    """
    orphans = list(orphan_files(datetime.now(UTC)))
    for path in orphans:
        remove(path)
    scanned = scan_waiting() if settings.FILES_SCANNER else 0
    return Swept(len(orphans), scanned, [file.uid for file in missing_files()])
