"""That a demo runs in this checkout: a lock that dies with it, and a note of where it is."""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

from qipathway.bootstrap.ports import HOST
from qipathway.bootstrap.services import run_folder
from qipathway.bootstrap.terminal import BootstrapError

LOCK, NOTE = "demo.lock", "demo.json"


@contextlib.contextmanager
def claimed(var: Path) -> Iterator[Path]:
    """Be the one demo of this checkout, and yield the note to fill; or say where the other is."""
    run = run_folder(var)
    with _try_lock(run / LOCK) as mine:
        if not mine:
            raise BootstrapError(_elsewhere(_read(run / NOTE)))
        (run / NOTE).unlink(missing_ok=True)
        yield run / NOTE
        (run / NOTE).unlink(missing_ok=True)


def told(var: Path) -> dict[str, str]:
    """Return the settings that a running demo has noted, or none where no demo runs."""
    run = run_folder(var)
    with _try_lock(run / LOCK) as nobody_has_it:
        return {} if nobody_has_it else _read(run / NOTE)


@contextlib.contextmanager
def _try_lock(path: Path) -> Iterator[bool]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _read(note: Path) -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        settings: dict[str, str] = json.loads(note.read_text())
        return settings
    return {}


def _elsewhere(settings: dict[str, str]) -> str:
    if not settings:
        return "Another command is starting the demo of this checkout at this moment."
    return (
        f"The demo of this checkout runs already, at http://{HOST}:{settings['QIP_PORT']}\n"
        "Open that address; or end it with Ctrl-C in its terminal, and start it again here."
    )
