"""Compare stored files with their rows; for the night."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qipathway.core.files.reads import missing_files, orphan_files
from qipathway.core.files.storage import remove


class Command(BaseCommand):
    help = "Remove files that no row names, and fail if a row's file is missing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Sweep; real time counts here, because the disk knows no other."""
        orphans = list(orphan_files(datetime.now(UTC)))
        for path in orphans:
            remove(path)
        self.stdout.write(f"{len(orphans)} files without a row removed.")
        missing = [str(file.uid) for file in missing_files()]
        if missing:
            named = ", ".join(missing)
            raise CommandError(f"{len(missing)} files are missing or cut short: {named}")
