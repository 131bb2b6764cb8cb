"""``manage.py demo``: everything that the pathway needs, on this machine, until Ctrl-C."""

import argparse
import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from qipathway.bootstrap import environment, places
from qipathway.bootstrap.claim import claimed
from qipathway.bootstrap.demo_data import forget, prepare
from qipathway.bootstrap.demo_programs import demo_programs, web_answers
from qipathway.bootstrap.hold import let_go, listens
from qipathway.bootstrap.keeper import start_keeper
from qipathway.bootstrap.ports import HOST, any_port, web_port
from qipathway.bootstrap.processes import wait_for
from qipathway.bootstrap.services import PIPE, Services, join, run_folder
from qipathway.bootstrap.terminal import BootstrapError, bold, last_lines, say

SHUTDOWN = 12.0
LAST_PORT = 65_535


def run(argv: list[str]) -> None:
    """Set up, start and watch the demo; returns when it is told to stop."""
    options = _options(argv[2:])
    if options.fresh and os.environ.get("DATABASE_URL"):
        raise BootstrapError(
            "--fresh empties only the database that the demo keeps itself, and DATABASE_URL names"
            " another one.\nEmpty that one yourself, or unset DATABASE_URL."
        )
    environment.enter(argv, make=True)
    var = places.var()
    _stop_on_signals()
    with claimed(var) as note:
        settings = {
            "QIP_PORT": str(web_port(options.port)),
            "EMAIL_URL": f"smtp://{HOST}:{any_port()}",
        }
        services = join(var, afresh=options.fresh)
        try:
            if options.fresh:
                forget(var)
            env = services.environment(**settings)
            cards = prepare(var, env)
            note.write_text(json.dumps(settings))
            _serve(var, env, services, cards)
        finally:
            let_go(services.hold, run_folder(var) / PIPE)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="manage.py demo",
        description="Set up all that is needed, and run the pathway with a small demo program.",
    )
    parser.add_argument("--port", type=_port, help="where to serve; else 8000 or the next free one")
    parser.add_argument("--fresh", action="store_true", help="drop the demo's data and start over")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is no port; choose a number up to {LAST_PORT}")
    return int(text)


def _stop_on_signals() -> None:
    """Take a closed terminal and a polite kill for Ctrl-C; what nohup ignores stays ignored."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def _serve(var: Path, env: dict[str, str], services: Services, cards: str) -> None:
    """Run the demo's own programs under a keeper that only this process holds."""
    reading, hold = os.pipe()
    log = places.log_file("keeper")
    heard = log.stat().st_size if log.exists() else 0
    keeper = start_keeper(demo_programs(var, env), hold=reading, log=log)
    os.close(reading)
    try:
        wait_for(
            "Starting the web server, mailbox, worker and clock",
            lambda: web_answers(int(env["QIP_PORT"])) or _web_fails(log, heard),
            seconds=60,
            log=places.log_file("web"),
        )
        _greet(env["QIP_PORT"], cards, var)
        _watch(keeper, services, log, heard)
    except KeyboardInterrupt:
        say("\nStopping ...")
    finally:
        os.close(hold)
        with suppress(subprocess.TimeoutExpired):
            keeper.wait(SHUTDOWN)
    say("The demo has stopped. Its data stays for the next time.")


def _web_fails(log: Path, heard: int) -> bool:
    """Raise when the web server has stopped more than once, instead of waiting on."""
    with log.open() as lines:
        lines.seek(heard)
        if lines.read().count("The web server has stopped") > 1:
            web = places.log_file("web")
            raise BootstrapError(
                f"The web server does not start. {web} ends with:\n{last_lines(web)}"
            )
    return False


def _greet(port: str, cards: str, var: Path) -> None:
    say()
    say(f"The demo is ready: {bold(f'http://{HOST}:{port}')}")
    if cards.strip():
        say(cards.rstrip())
    say(f"Data and logs are in {var}. Ctrl-C stops the demo; the data stays.")


def _watch(keeper: subprocess.Popen[bytes], services: Services, log: Path, heard: int) -> None:
    """Wait for Ctrl-C; repeat what the keepers say, and stop if one of them is gone."""
    with log.open() as lines:
        lines.seek(heard)
        while keeper.poll() is None and listens(services.hold):
            for line in lines:
                say(line.rstrip())
            time.sleep(0.5)
    raise BootstrapError(
        f"A part of the demo was ended from outside. Start it again; {log} says more."
    )
