"""What ``manage.py`` is asked to do, and what has to run for it."""

import importlib.util
import os
import sys
from typing import NoReturn

from qipathway.bootstrap import demo, environment, places
from qipathway.bootstrap.claim import told
from qipathway.bootstrap.services import join, throw_away
from qipathway.bootstrap.terminal import Voice, say

PLAIN_VERBS = {"", "help", "version"}
"""Verbs that need Django and no database; so do all options, such as --version."""


def run(argv: list[str]) -> bool:
    """Do ``demo`` or ``test``; for any other verb prepare this process, and leave it to Django.

    Returns whether all is done. Where DATABASE_URL is set and Django installed, as on a server,
    nothing is prepared.
    """
    verb = argv[1] if len(argv) > 1 else ""
    if verb == "demo":
        demo.run(argv)
        return True
    if verb == "test":
        test(argv)
    elif not (os.environ.get("DATABASE_URL") and importlib.util.find_spec("django")):
        any_verb(argv, verb)
    return False


def test(argv: list[str]) -> NoReturn:
    """Run pytest on services of its own, in place of this process; does not return."""
    environment.enter(argv, make=True)
    os.chdir(places.ROOT)
    services = throw_away()
    os.set_inheritable(services.hold, True)
    say("Running the tests")
    arguments = [sys.executable, "-m", "pytest", *argv[2:]]
    os.execve(sys.executable, arguments, services.environment())


def any_verb(argv: list[str], verb: str) -> None:
    """Let Django's verb run on the demo's services, running or started for it.

    This process holds them: they end when it ends and nobody else needs them.
    """
    Voice.aside = True
    environment.enter(argv, make=False)
    if verb in PLAIN_VERBS or verb.startswith("-"):
        os.environ.setdefault("DATABASE_URL", "postgres://127.0.0.1:1/none")
        os.environ.setdefault("QIP_DEMO", "1")
        return
    services = join(places.var())
    os.environ |= services.environment(**told(places.var()))
