"""Load the demo program."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qipathway.core.lib.states import DomainError
from qipathway.demo.load import is_loaded, load_program


class Command(BaseCommand):
    help = "Load the demo program with its people, schedule and story; once, all of it or nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("The demo program is already there; nothing was changed.")
            return
        started = monotonic()
        try:
            program = load_program()
        except DomainError as error:
            raise CommandError(str(error)) from error
        took = monotonic() - started
        self.stdout.write(f"Loaded {program} in {took:.0f} s.")
