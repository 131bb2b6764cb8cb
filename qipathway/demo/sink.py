"""The demo's mail server: takes every mail and keeps it as a file, so that nothing leaves."""

import asyncio
import os
import secrets
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

SUFFIX = ".eml"


def keep(folder: Path, content: bytes) -> Path:
    """Write one mail into ``folder`` and return where; names sort by when they came.

    It is written aside, flushed to the disk and then renamed: a reader, or a power cut, finds
    the whole mail or none.
    """
    path = folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}{SUFFIX}"
    aside = path.with_suffix(".part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return aside.rename(path)


class Outbox:
    """What the server does with a mail; the sender hears "kept" once it is on the disk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder

    async def handle_DATA(  # noqa: N802 aiosmtpd asks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        await asyncio.to_thread(keep, self.folder, content)
        return "250 2.0.0 kept"


async def listen(folder: Path, host: str, port: int) -> asyncio.Server:
    """Start to take mails on ``host`` and ``port`` (0 for any free one)."""
    outbox = Outbox(folder)

    def converse() -> SMTP:
        return SMTP(outbox, hostname="outbox.localhost", enable_SMTPUTF8=True)

    return await asyncio.get_running_loop().create_server(converse, host, port)


async def serve(folder: Path, host: str, port: int) -> None:
    """Take mails until the process is told to stop."""
    async with await listen(folder, host, port) as server:
        await server.serve_forever()
