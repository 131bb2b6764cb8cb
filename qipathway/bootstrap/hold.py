"""A hold on programs: a pipe that their keeper reads, and that closes with whoever holds it."""

import errno
import os
import select
import time
from pathlib import Path


def make_pipe(path: Path) -> tuple[int, int]:
    """Make a named pipe that other commands can take hold of, and return its two ends."""
    path.unlink(missing_ok=True)
    os.mkfifo(path, mode=0o600)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    return reading, os.open(path, os.O_WRONLY | os.O_NONBLOCK)


def take_hold(path: Path) -> int | None:
    """Take hold where a keeper listens; a pipe without one is left over from a crash."""
    try:
        return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in {errno.ENXIO, errno.ENOENT}:
            return None
        raise


def listens(hold: int) -> bool:
    """Tell whether the keeper at the other end is still there."""
    watch = select.poll()
    watch.register(hold, select.POLLERR)
    return not watch.poll(0)


def let_go(hold: int, path: Path, *, patience: float = 5.0) -> None:
    """Let go, and wait a little for the end, which does not come while others hold on."""
    deadline = time.monotonic() + (patience if listens(hold) else 0)
    os.close(hold)
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
