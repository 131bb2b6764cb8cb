"""The demo as a stranger starts it: one command, in a folder and with an environment of its own."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
READY = "The demo is ready"
PATIENCE = 300
STOPPING = 40
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "VIRTUAL_ENV")
QUICK = {"NOTICES_GRACE_SECONDS": "3"}
"""A claim whose process is gone is asked about after seconds, not after two minutes."""

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
LISTENING = "0A"
"""As ``/proc/net/tcp`` writes it."""

Identity = tuple[int, str]
"""A process: its number, and when it started, because numbers are used again."""


class Demo:
    """A running ``manage.py demo``, its address and its processes."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="qip-e2e-"))
        self.folder.chmod(0o711)
        self.var = self.folder / "var"
        self.said = self.folder / "said"
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.seen: set[Identity] = set()
        self.process = self._start()

    def wait_until_ready(self) -> None:
        """Return once the demo says that it is ready; tell what it said if it never does."""
        deadline = time.monotonic() + PATIENCE
        while READY not in self.said.read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The demo did not start:\n{self.said.read_text()}")
            time.sleep(0.1)

    def family(self) -> dict[int, str]:
        """Return the command lines of the demo and all that descends from it, by number."""
        found = {number: command_line(number) for number in descendants(self.process.pid)}
        self.seen |= {identity for number in found if (identity := identify(number))}
        return found

    def pids(self, *words: str) -> list[int]:
        """Return the numbers of the demo's processes whose command line has all of the words."""
        return [
            number
            for number, command in self.family().items()
            if all(word in command.split() for word in words)
        ]

    def speak(self, speakers: Iterable[int], listener: int) -> bool:
        """Tell whether one of the processes has a connection to the port another listens on."""
        ports = {port for port, _, state in connections(listener) if state == LISTENING}
        peers = {peer for number in speakers for _, peer, _ in connections(number)}
        return bool(ports & peers)

    def manage(self, *words: str) -> str:
        """Run another verb of ``manage.py`` on the demo's services; return what it said."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def make(self, function: str, *arguments: str) -> None:
        """Call a function of ``scene.py`` on the demo's data."""
        code = f"from tests.e2e import scene; scene.{function}{arguments!r}"
        self.manage("shell", "--no-imports", "-c", code)

    def stop(self) -> str:
        """Press Ctrl-C; return what was said."""
        self.family()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.said.read_text()

    def left(self) -> list[str]:
        """Return the command lines of what still runs of this demo, after a moment to end."""
        deadline = time.monotonic() + 10
        while (alive := self._alive()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return alive

    def forget(self) -> None:
        """Remove everything that it kept."""
        note = self.var / "postgres-folder"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
        shutil.rmtree(self.folder)

    def _environment(self) -> dict[str, str]:
        given = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return {**given, **QUICK, "QIP_VAR": str(self.var)}

    def _start(self) -> subprocess.Popen[bytes]:
        with self.said.open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--port", str(self.port)],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_the_tests,  # noqa: PLW1509 (no thread runs yet)
            )

    def _alive(self) -> list[str]:
        """Return what was seen before and still lives, and whatever names this demo's folder."""
        kin = {number for number, started in self.seen if identify(number) == (number, started)}
        return [
            f"{number} {command_line(number)}"
            for number in numbers()
            if number in kin or mentions(number, str(self.folder))
        ]


def end_with_the_tests() -> None:
    """Hear Ctrl-C, which background jobs of a shell do not, and be sent it if the tests are killed.

    Nobody ends the demo of a worker that is killed when a parallel run is broken off.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return int(listening.getsockname()[1])


def numbers() -> Iterator[int]:
    """Walk over the processes of this machine."""
    return (int(path.name) for path in Path("/proc").glob("[0-9]*"))


def descendants(root: int) -> set[int]:
    """Return a process and all that descends from it."""
    parents = {number: fields[1] for number in numbers() if (fields := stat(number))}
    found, newer = {root}, {root}
    while newer:
        newer = {number for number, parent in parents.items() if int(parent) in newer} - found
        found |= newer
    return found


def connections(number: int) -> list[tuple[str, str, str]]:
    """Return own port, the other's port and the state of a process's sockets, as the kernel does.

    All in hexadecimal; a process whose sockets cannot be read has none.
    """
    own = set()
    with suppress(OSError):
        for path in Path(f"/proc/{number}/fd").iterdir():
            with suppress(OSError):
                own.add(str(path.readlink()).removeprefix("socket:[").removesuffix("]"))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [
        (row[1].rpartition(":")[2], row[2].rpartition(":")[2], row[3])
        for row in rows
        if row[9] in own
    ]


def stat(number: int) -> list[str]:
    """Return the fields of a living process from its state on; nothing for one that is gone."""
    with suppress(OSError):
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        return [] if fields[0] in "ZX" else fields
    return []


def identify(number: int) -> Identity | None:
    """Return who a living process is."""
    fields = stat(number)
    return (number, fields[19]) if fields else None


def command_line(number: int) -> str:
    """Return how a process was started; nothing for one that is gone."""
    with suppress(OSError):
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def mentions(number: int, text: str) -> bool:
    """Tell whether a living process has a text in its command line or its environment."""
    with suppress(OSError):
        told = Path(f"/proc/{number}/environ").read_bytes()
        return bool(stat(number)) and (text in command_line(number) or text.encode() in told)
    return False
