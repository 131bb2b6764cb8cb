"""Send what is due without Celery: the same tick, run by hand or in a loop."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection

from qipathway.core.notices.dispatch import tick

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Send the mails that are due; with --loop for ever, where there is no broker."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--once", action="store_true", help="one tick (the default)")
        mode.add_argument("--loop", action="store_true", help="tick until told to stop")
        parser.add_argument("--every", type=float, default=settings.TICK_SECONDS)

    def handle(self, *_args: Any, loop: bool, every: float, **_options: Any) -> None:
        if not loop:
            self.stdout.write(f"{tick()} mails taken up.")
            return
        stop = threading.Event()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            self.tick_once()
            stop.wait(every)

    @staticmethod
    def tick_once() -> None:
        """Tick, and outlive a database that is away for a while."""
        close_old_connections()
        try:
            tick()
        except DatabaseError:
            logger.exception("This tick failed; the next one will look again.")
            connection.close()
