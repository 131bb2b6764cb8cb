"""The keeper: nothing that it runs outlives those who hold it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qipathway.bootstrap.hold import listens, make_pipe, take_hold
from qipathway.bootstrap.keeper import start_keeper
from qipathway.bootstrap.places import ROOT
from qipathway.bootstrap.programs import Program

HOLDER = """
import os, sys, time
from pathlib import Path
from qipathway.bootstrap.hold import make_pipe
from qipathway.bootstrap.keeper import start_keeper
from qipathway.bootstrap.programs import Program
folder = Path(sys.argv[1])
sleeper = Program(name="Sleeper", argv=[sys.executable, "-c", sys.argv[2], str(folder / "pid")],
                  log=str(folder / "sleeper.log"), env=dict(os.environ))
reading, hold = make_pipe(folder / "hold")
keeper = start_keeper([sleeper], hold=reading, log=folder / "keeper.log", remove=[folder / "hold"])
os.close(reading)
print(keeper.pid, flush=True)
time.sleep(120)
"""
SLEEPER = """
import os, sys, time
draft = sys.argv[1] + ".draft"
open(draft, "w").write(str(os.getpid()))
os.rename(draft, sys.argv[1])
time.sleep(120)
"""


def heed_the_terminal():
    """Let its end be heard, which whoever started the tests may have let pass unheard."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def holder(tmp_path, comes_true):
    """A process in a session of its own that keeps a sleeper; yields it, and both numbers."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path), SLEEPER],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_the_terminal,  # noqa: PLW1509 (no thread runs yet)
    ) as process:
        keeper = int(process.stdout.readline())
        assert comes_true((tmp_path / "pid").exists)
        yield process, keeper, int((tmp_path / "pid").read_text())
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_program_ends_when_its_holder_is_killed(number, holder, gone, tmp_path):
    process, keeper, sleeper = holder

    process.send_signal(number)

    assert gone(sleeper)
    assert gone(keeper)
    assert not (tmp_path / "hold").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_program_ends_when_the_terminal_tells_the_whole_group_to(number, holder, gone):
    process, keeper, sleeper = holder

    os.killpg(process.pid, number)

    assert gone(sleeper)
    assert gone(keeper)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_program_ends_when_its_keeper_is_killed(holder, gone):
    _, keeper, sleeper = holder

    os.kill(keeper, signal.SIGKILL)

    assert gone(sleeper)


def test_a_program_lives_until_the_last_of_two_holders_lets_go(holder, gone, tmp_path):
    process, keeper, sleeper = holder
    second = take_hold(tmp_path / "hold")
    process.kill()
    time.sleep(0.8)

    assert listens(second)
    os.kill(sleeper, 0)
    os.close(second)
    assert gone(sleeper)
    assert gone(keeper)


def test_a_pipe_that_no_keeper_reads_cannot_be_held(tmp_path):
    reading, hold = make_pipe(tmp_path / "hold")
    os.close(reading)

    assert not listens(hold)
    os.close(hold)
    assert take_hold(tmp_path / "hold") is None
    assert take_hold(tmp_path / "never-made") is None


def test_a_program_that_stops_is_started_again_and_the_log_says_so(tmp_path, comes_true):
    log = tmp_path / "keeper.log"
    fragile = Program(
        name="Fragile",
        argv=["/bin/sh", "-c", "exit 3"],
        log=str(tmp_path / "fragile.log"),
        env=dict(os.environ),
    )
    reading, hold = os.pipe()
    with start_keeper([fragile], hold=reading, log=log) as keeper:
        os.close(reading)
        assert comes_true(lambda: log.read_text().count("Fragile has stopped") == 2)
        os.close(hold)
        assert keeper.wait(8) == 0

    first, second = (line.partition(" ")[2] for line in log.read_text().splitlines())
    assert first == (
        f"Fragile has stopped (exit code 3) and starts again in 1 s; its log is {fragile.log}"
    )
    assert "starts again in 2 s" in second


def test_a_program_that_cannot_be_started_is_named_and_leaves_no_traceback(tmp_path, comes_true):
    log = tmp_path / "keeper.log"
    absent = Program(name="Absent", argv=["/no/such/file"], log=str(Path(os.devnull)), env={})
    reading, hold = os.pipe()
    with start_keeper([absent], hold=reading, log=log):
        os.close(reading)
        assert comes_true(lambda: "No such file" in log.read_text())
        os.close(hold)

    assert log.read_text().count("Absent has stopped") == len(log.read_text().splitlines())
