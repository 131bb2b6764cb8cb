"""The keeper: a process that runs programs for as long as somebody holds a pipe open.

The kernel closes the pipe of a process that is gone, even after ``kill -9``; so when nobody holds
it any more, the keeper ends its programs and itself. A named pipe can be held by several commands,
and the services that they share end with the last of them.
"""

import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from qipathway.bootstrap.places import ROOT
from qipathway.bootstrap.processes import end_group
from qipathway.bootstrap.programs import Kept, Program

PATIENCE = 8.0
"""Seconds that a program is given to end by itself."""


def start_keeper(
    programs: Sequence[Program],
    *,
    hold: int,
    log: Path,
    lock: Path | None = None,
    remove: Sequence[Path] = (),
) -> subprocess.Popen[bytes]:
    """Start the programs under a keeper that reads the pipe ``hold``.

    ``lock`` is taken before it ends shared services, so that nobody joins them meanwhile; what
    ``remove`` names (files, empty or full folders) is removed at the end.
    """
    order = {
        "programs": [asdict(program) for program in programs],
        "hold": hold,
        "lock": lock and str(lock),
        "remove": [str(path) for path in remove],
    }
    with log.open("ab") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[hold],
            start_new_session=True,
        )
    assert keeper.stdin is not None
    keeper.stdin.write(json.dumps(order).encode())
    keeper.stdin.close()
    return keeper


class Keeper:
    """The loop: tend the programs until the pipe or a signal says that it is over."""

    def __init__(self, programs: Sequence[Program], hold: int) -> None:
        self.kept = [Kept(program) for program in programs]
        self.hold = hold
        self.told_to_stop = False
        os.set_blocking(hold, False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Note that a signal asked for the end."""
        self.told_to_stop = True

    def run(self, *, lock: str | None, remove: Sequence[str]) -> None:
        """Tend until nobody holds the pipe, then end the programs with the door locked."""
        while True:
            self.tend()
            while not self.over():
                self.tend()
            with _door(lock):
                if self.over(wait=0):
                    self.end_programs()
                    _remove(remove)
                    return

    def tend(self) -> None:
        """Start what is due, notice what has stopped."""
        for kept in self.kept:
            kept.tend()

    def over(self, *, wait: float = 0.25) -> bool:
        """Tell whether nobody holds the pipe, or a signal came; wait a moment to see."""
        if self.told_to_stop:
            return True
        if not select.select([self.hold], [], [], wait)[0]:
            return False
        try:
            return os.read(self.hold, 1) == b""
        except BlockingIOError:
            return False

    def end_programs(self) -> None:
        """Ask all to end, wait a little, and end what is left."""
        running = [kept for kept in self.kept if kept.process and kept.process.poll() is None]
        for kept in running:
            assert kept.process is not None
            kept.process.send_signal(kept.program.stop)
        deadline = time.monotonic() + PATIENCE
        for kept in running:
            assert kept.process is not None
            with contextlib.suppress(subprocess.TimeoutExpired):
                kept.process.wait(max(0.0, deadline - time.monotonic()))
            end_group(kept.process)


@contextlib.contextmanager
def _door(lock: str | None) -> Iterator[None]:
    if lock is None:
        yield
        return
    with Path(lock).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove(paths: Sequence[str]) -> None:
    for path in map(Path, paths):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def main() -> None:
    """Read the order from standard input and keep it."""
    order = json.load(sys.stdin)
    programs = [Program(**program) for program in order["programs"]]
    Keeper(programs, order["hold"]).run(lock=order["lock"], remove=order["remove"])


if __name__ == "__main__":
    main()
