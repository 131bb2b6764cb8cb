"""What the person at the keyboard is told: short plain sentences, with progress."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


class BootstrapError(Exception):
    """Something a person can put right, told in words with the next step."""


class Voice:
    """Where sentences go: to standard output, unless that belongs to a verb's own answer."""

    aside = False

    @classmethod
    def stream(cls) -> TextIO:
        """Return the stream to speak on now."""
        return sys.stderr if cls.aside else sys.stdout


def say(text: str = "", *, end: str = "\n") -> None:
    """Print a sentence now; a terminal that has been closed is no reason to fail."""
    with contextlib.suppress(OSError, ValueError):
        print(text, end=end, flush=True, file=Voice.stream())


def bold(text: str) -> str:
    """Return the text emphasised, where the terminal shows it and nobody minds."""
    if not Voice.stream().isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text
    return f"\033[1m{text}\033[0m"


class Step:
    """One line of progress: what is being done, for how long, and how it ended."""

    def __init__(self, text: str) -> None:
        self.text, self.started, self.ticked = text, time.monotonic(), 0
        say(f"{text} ...", end="")

    def tick(self) -> None:
        """Show that time passes, each second, where the line can be written over."""
        seconds = int(time.monotonic() - self.started)
        if seconds > self.ticked and Voice.stream().isatty():
            self.ticked = seconds
            say(f"\r{self.text} ... {seconds} s", end="")

    def end(self, word: str) -> None:
        """Close the line."""
        seconds = time.monotonic() - self.started
        start = f"\r{self.text} ..." if self.ticked else ""
        say(f"{start} {word} ({seconds:.1f} s)")


@contextlib.contextmanager
def step(text: str) -> Iterator[Step]:
    """Announce a piece of work, and say how it ended."""
    line = Step(text)
    try:
        yield line
    except KeyboardInterrupt:
        line.end("stopped")
        raise
    except BaseException:
        line.end("failed")
        raise
    line.end("done")


def last_lines(log: Path, *, count: int = 8) -> str:
    """Return the end of a log file, indented for quoting, or nothing."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line[:300]}" for line in lines[-count:])
