"""After a restore: put every mail that is due before a person instead of sending it."""

from typing import Any

from django.core.management.base import BaseCommand

from qipathway.core.notices.services import hold_due_mail


class Command(BaseCommand):
    help = (
        "Hold every mail that is due: after a restore, some of them went out before. "
        "Each program decides on its Mail page. Stop the workers first."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{hold_due_mail()} mails wait for a person's decision.")
