"""The Python environment: found, made or brought up to date, and entered."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from qipathway.bootstrap import NEWEST, OLDEST, requirements
from qipathway.bootstrap.packages import install, make_empty
from qipathway.bootstrap.places import ROOT, locked, log_file, own_folder, var
from qipathway.bootstrap.terminal import BootstrapError, say

STAMP = "qipathway.stamp"
RUNNING = "{}.{}".format(*sys.version_info)
VERSIONS = [f"3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]


def enter(argv: list[str], *, make: bool) -> None:
    """Return in an interpreter that has what the lock asks for, by starting again in it if need be.

    The running interpreter is used as it is when it satisfies the lock. Without ``make``, an
    environment is brought up to date but not made.
    """
    if _stamp(Path(sys.prefix)) == requirements.stamp(RUNNING) or not requirements.unmet():
        return
    folders = [ROOT / ".venv"]
    if not os.access(ROOT, os.W_OK):
        folders.append(own_folder() / "venv")
    for folder in folders:
        if _complete(folder):
            _start_again(folder, argv)
    if not make and not any(_stamp(folder) for folder in folders):
        raise BootstrapError(
            "Nothing is set up in this checkout yet. Please run one of these first:\n"
            "    python3 manage.py demo    sets up all that is needed and starts the demo\n"
            "    python3 manage.py test    sets up all that is needed and runs the tests"
        )
    with locked(var() / "run/setup.lock", meanwhile="Waiting for another command to set up ..."):
        if not _complete(folders[-1]):
            _make(folders[-1])
    _start_again(folders[-1], argv)


def _make(folder: Path) -> None:
    """Make the environment, or bring it up to date, and stamp it."""
    log = log_file("setup")
    if _version(folder) not in VERSIONS:
        if folder.exists():
            say(f"The environment in {folder} does not run, or is too old; it is made anew.")
        make_empty(folder, log)
    (folder / STAMP).unlink(missing_ok=True)
    if _satisfied(folder):
        say(f"The environment in {folder} has all that is needed.")
    else:
        install(folder, log)
    (folder / STAMP).write_text(requirements.stamp(_version(folder)))


def _satisfied(folder: Path) -> bool:
    check = (
        "import sys; from qipathway.bootstrap import requirements as r; sys.exit(bool(r.unmet()))"
    )
    return not subprocess.run(
        [folder / "bin/python", "-c", check], cwd=ROOT, check=False
    ).returncode


def _complete(folder: Path) -> bool:
    """Tell whether the environment was stamped for this lock and the Python that it still has."""
    stamp = _stamp(folder)
    return bool(stamp) and stamp == requirements.stamp(_version(folder))


def _version(folder: Path) -> str:
    """Return the version of the environment's Python by running it; nothing if it does not run."""
    with suppress(OSError):
        ask = "import sys; print(*sys.version_info[:2], sep='.')"
        python = folder / "bin/python"
        return subprocess.run(
            [python, "-c", ask], capture_output=True, text=True, check=False
        ).stdout.strip()
    return ""


def _stamp(folder: Path) -> str:
    with suppress(OSError):
        return (folder / STAMP).read_text()
    return ""


def _start_again(folder: Path, argv: list[str]) -> None:
    """Replace this process by the same command in the environment; does not return."""
    python, path = folder / "bin/python", os.environ.get("PATH", os.defpath)
    os.environ |= {"VIRTUAL_ENV": str(folder), "PATH": f"{folder / 'bin'}{os.pathsep}{path}"}
    sys.stdout.flush()
    os.execv(python, [str(python), str(ROOT / "manage.py"), *argv[1:]])
