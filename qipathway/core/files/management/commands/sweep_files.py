"""The round of the stored files by hand, or from a timer where no Celery beat runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qipathway.core.files.sweep_files import sweep


class Command(BaseCommand):
    help = (
        "Remove files that no row names, ask the scanner about those that wait, and fail if a "
        "row's file is missing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Sweep, and end with an error if something is missing."""
        swept = sweep()
        self.stdout.write(f"{swept.removed} files without a row removed.")
        if swept.scanned:
            self.stdout.write(f"{swept.scanned} files wait for the scanner no more.")
        if swept.complaint:
            raise CommandError(swept.complaint)
