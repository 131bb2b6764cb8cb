"""Where things are kept: in ``var/`` of the checkout, or in a folder of this user's own."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qipathway.bootstrap.terminal import BootstrapError, say

ROOT = Path(__file__).resolve().parents[2]
LASTING = Path("/var/tmp")  # noqa: S108  what is made there has a random name or a checked owner
SHORT = Path("/tmp")  # noqa: S108  the same; paths of sockets must be short
LARGE_LOG = 5_000_000


@cache
def own_folder() -> Path:
    """Return this user's private folder for this checkout, for use where the checkout is closed.

    It is found again by a hash of the checkout's path: in the user's cache, or else in /var/tmp.
    """
    name = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    base = cache_folder()
    for folder in (
        base / "qipathway" / name,
        LASTING / f"qipathway-{os.geteuid()}-{name}",
    ):
        if folder.is_absolute() and _private(folder) and usable(folder):
            return folder
    raise BootstrapError(
        f"Neither the checkout ({ROOT}), nor {base}, nor {LASTING} can be written by this user.\n"
        "Give one of them to this user, or run the command as the owner of the checkout."
    )


def cache_folder() -> Path:
    """Return the folder in which this user's programs keep what can be made again."""
    given = os.environ.get("XDG_CACHE_HOME")
    return Path(given) if given else Path("~/.cache").expanduser()


@cache
def var() -> Path:
    """Return the folder of all that the demo keeps: data, logs, mail, secrets."""
    if given := os.environ.get("QIP_VAR"):
        folder = Path(given).absolute()
        if not usable(folder):
            raise BootstrapError(f"QIP_VAR names {folder}, which cannot be written by this user.")
        return folder
    if usable(ROOT / "var"):
        return ROOT / "var"
    folder = own_folder() / "var"
    folder.mkdir(exist_ok=True)
    return folder


def usable(folder: Path) -> bool:
    """Tell whether files and named pipes can be made here, by making one."""
    probe = folder / f".probe-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.mkfifo(probe)
        probe.unlink()
    except OSError:
        return False
    return True


def log_file(name: str, *, under: Path | None = None) -> Path:
    """Return the path of a log, with its folder made; a log of past months starts anew."""
    path = (under or var()) / "log" / f"{name}.log"
    path.parent.mkdir(exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LARGE_LOG:
            path.unlink()
    return path


def secret_key(folder: Path) -> str:
    """Return this installation's secret key, made on the first call; nobody else can read it."""
    path = folder / "secret_key"
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=folder)
        os.write(descriptor, secrets.token_urlsafe(48).encode())
        os.close(descriptor)
        Path(draft).replace(path)
    return path.read_text()


@contextlib.contextmanager
def locked(path: Path, *, meanwhile: str) -> Iterator[None]:
    """Hold a lock that dies with this process; say why, if it has to be waited for."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(meanwhile)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _private(folder: Path) -> bool:
    """Make the folder for this user alone; refuse one that somebody else has put there."""
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        return status.st_uid == os.geteuid() and not status.st_mode & 0o077
    return False
