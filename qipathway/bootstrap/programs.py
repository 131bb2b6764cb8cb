"""Programs that run until they are told to end, and are started again when they stop before."""

import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from qipathway.bootstrap.processes import die_with_parent, end_group, run_as

HEALTHY = 60.0
"""Seconds after which a program that stops is taken for one that had worked."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A long-running program: how to start it, as whom, how to end it, and after which delay."""

    name: str
    argv: list[str]
    log: str
    env: dict[str, str]
    cwd: str = "/"
    uid: int | None = None
    stop: int = signal.SIGTERM
    delay: float = 0.0

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that a Ctrl-C at the terminal does not reach it."""
        with Path(self.log).open("ab") as log:
            return subprocess.Popen(
                self.argv,
                env=self.env,
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(self.stop),  # noqa: PLW1509  no threads
                **run_as(self.uid),
            )


@dataclass
class Kept:
    """One program under care: running, or waiting to be started again."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    due: float = 0.0

    def __post_init__(self) -> None:
        self.due = time.monotonic() + self.program.delay

    def tend(self) -> None:
        """Start what is due; notice what has stopped, and wait longer each time that it does."""
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is not None:
                end_group(self.process)
                self._stopped(f"exit code {self.process.returncode}", now)
        elif now >= self.due:
            self.started = now
            try:
                self.process = self.program.start()
            except OSError as error:
                self._stopped(str(error), now)

    def _stopped(self, why: str, now: float) -> None:
        self.process = None
        self.failures = 1 if now - self.started > HEALTHY else self.failures + 1
        delay = min(2 ** (self.failures - 1), 30)
        self.due = now + delay
        tell(
            f"{self.program.name} has stopped ({why}) and starts again in {delay} s;"
            f" its log is {self.program.log}"
        )


def tell(text: str) -> None:
    """Write one line to the keeper's log; the demo repeats it to the terminal."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
