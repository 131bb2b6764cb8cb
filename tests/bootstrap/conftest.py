"""Tools for tests that start real processes and look whether any is left."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from qipathway.bootstrap.places import ROOT

JOIN = """
import sys, time
from pathlib import Path
from qipathway.bootstrap.services import join
from qipathway.bootstrap.terminal import Voice
Voice.aside = True
print(join(Path(sys.argv[1]), careless=True).env["DATABASE_URL"], flush=True)
time.sleep(120)
"""
INITIALISE = """
import sys
from pathlib import Path
from qipathway.bootstrap.clusters import settle
settle(Path(sys.argv[1]), careless=True).initialise()
"""


def lives(number: int) -> bool:
    """Tell whether a process runs; a zombie that nobody collects does not."""
    if Path("/proc/self/stat").exists():
        with suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
        return False
    said = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return bool(said.stdout.strip()) and not said.stdout.startswith("Z")


@pytest.fixture
def comes_true() -> Callable[..., bool]:
    def wait(condition: Callable[[], bool], *, within: float = 8.0) -> bool:
        deadline = time.monotonic() + within
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.05)
        return condition()

    return wait


@pytest.fixture
def gone(comes_true) -> Callable[[int], bool]:
    return lambda number: comes_true(lambda: not lives(number))


@pytest.fixture
def empty_state() -> Iterator[Path]:
    """A state folder that every user can reach, as in an ordinary checkout."""
    with tempfile.TemporaryDirectory(prefix="qip-state-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    """A data folder as the first start makes it, to be copied where that start is no matter."""
    with tempfile.TemporaryDirectory(prefix="qip-template-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        subprocess.run([sys.executable, "-c", INITIALISE, name], cwd=ROOT, check=True)
        yield Path(name) / "postgres/data"


@pytest.fixture
def state(empty_state, template) -> Path:
    """A state folder with a data folder in it."""
    (empty_state / "postgres").mkdir()
    subprocess.run(["cp", "-a", template, empty_state / "postgres/data"], check=True)
    return empty_state


@pytest.fixture
def client() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Start commands that join the services of a state folder, and print their database's URL."""
    inherited = {name: os.environ[name] for name in os.environ if name != "DATABASE_URL"}
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", JOIN, str(folder)],
            cwd=ROOT,
            env={**inherited, "REDIS_URL": "redis://127.0.0.1:1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()
