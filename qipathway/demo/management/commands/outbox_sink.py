"""Run the demo's mail server."""

import asyncio
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from qipathway.demo.sink import serve


class Command(BaseCommand):
    help = "Take every mail of the demo and keep it in the outbox; nothing leaves this machine."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.EMAIL_HOST)
        parser.add_argument("--port", type=int, default=settings.EMAIL_PORT)

    def handle(self, *_args: Any, host: str, port: int, **_options: Any) -> None:
        self.stdout.write(f"Keeping mails for {host}:{port} in {settings.OUTBOX_DIR}")
        with suppress(KeyboardInterrupt):
            asyncio.run(serve(settings.OUTBOX_DIR, host, port))
