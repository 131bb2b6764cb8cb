"""Child processes that end with their parent, however the parent ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qipathway.bootstrap.terminal import BootstrapError, last_lines, step

PR_SET_PDEATHSIG = 1


def run_as(uid: int | None) -> dict[str, Any]:
    """Return the arguments of ``Popen`` that give a child to another user, or none."""
    return {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}


def die_with_parent(number: int = signal.SIGTERM) -> Callable[[], None] | None:
    """Return what a child runs first, so that Linux ends it when its parent is gone.

    Set after the change of user, which would clear it. Elsewhere the keeper's pipe does this alone.
    """
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def run_step(
    text: str,
    argv: Sequence[str | Path],
    *,
    log: Path,
    advice: str = "",
    before: Callable[[], None] | None = None,
    **options: Any,
) -> None:
    """Run a program to its end as one line of progress; its output goes to the log.

    ``before`` runs in the child. A failure is raised with the end of the log and the next step.
    """
    with step(text) as line, log.open("ab") as output:
        child = subprocess.Popen(
            [str(word) for word in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=before or die_with_parent(),  # noqa: PLW1509  no threads
            **options,
        )
        try:
            while _still_runs(child, within=0.25):
                line.tick()
        except BaseException:
            child.kill()
            child.wait()
            raise
        if child.returncode:
            raise BootstrapError(
                f"That did not work. {log} ends with:\n{last_lines(log)}\n"
                f"{advice or 'Please put right what it names, and run the command again.'}"
            )


def wait_for(text: str, ready: Callable[[], bool], *, seconds: float, log: Path) -> None:
    """Wait until something answers, as one line of progress, or tell where to look."""
    deadline = time.monotonic() + seconds
    with step(text) as line:
        while not ready():
            if time.monotonic() > deadline:
                raise BootstrapError(
                    f"There was no answer in {seconds:.0f} seconds. {log} ends with:\n"
                    f"{last_lines(log)}\nPlease put right what it names, and run the command again."
                )
            time.sleep(0.05)
            line.tick()


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a program's process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _still_runs(child: subprocess.Popen[bytes], *, within: float) -> bool:
    try:
        child.wait(within)
    except subprocess.TimeoutExpired:
        return True
    return False
