import multiprocessing
import os
import signal
from datetime import timedelta
from itertools import count
from multiprocessing import forkserver
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.notices import limits
from qipathway.core.notices.models import Mail
from qipathway.core.notices.services import owe
from tests.core.notices.probe.kinds import HARMLESS, register_kinds, unregister_kinds
from tests.core.notices.probe.process import dispatch
from tests.core.notices.relay import Relay

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def kinds():
    register_kinds()
    yield
    unregister_kinds()


@pytest.fixture
def relay(settings):
    """A mail server that the settings name, good-natured until told otherwise."""
    server = Relay()
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    settings.EMAIL_TIMEOUT = 5
    settings.CELERY_BROKER_URL = ""
    yield server
    server.stop()


@pytest.fixture
def impatient(monkeypatch):
    """No grace for claims and no wait between attempts."""
    for name in ("GRACE", "BACKOFF", "GREYLIST"):
        monkeypatch.setattr(limits, name, timedelta(0))


@pytest.fixture
def person(db):
    numbers = count(1)

    def make(given_name="Amaya", **fields):
        address = f"person{next(numbers)}@example.org"
        return User.objects.create_user(address, given_name=given_name, **fields)

    return make


@pytest.fixture
def owed(person):
    """Owe a notice that is due now; return its mail."""

    def make(kind=HARMLESS, *, to=None, about=None, due=timedelta(0), lasts=timedelta(hours=1)):
        about = about or person("Ines")
        at = now() + due
        to = to or person()
        return owe(kind, to, about, scope=1, due=at, expires=at + lasts).mail

    return make


@pytest.fixture
def fresh():
    return lambda mail: Mail.objects.get(pk=mail.pk)


class Dispatchers:
    """Real processes that dispatch against the test's database and relay, and can be killed.

    They are forked from a server that has loaded Django once: a start costs milliseconds.
    """

    def __init__(self, relay, forks):
        self.relay = relay
        self.forks = forks
        self.running = []

    def start(self, *arguments):
        process = self.forks.Process(target=dispatch, args=(self.relay.port, arguments))
        process.start()
        self.running.append(process)
        return process

    def kill(self, process):
        """End a process without letting it say goodbye."""
        process.kill()
        process.join(10)
        assert process.exitcode == -signal.SIGKILL
        self.running.remove(process)


@pytest.fixture(scope="session")
def dispatcher_environment(django_db_setup):
    """What a process needs to find the test's database, and to be as impatient as a test."""
    database = connection.settings_dict
    where = quote(database["HOST"], safe="") + (f":{p}" if (p := database["PORT"]) else "")
    who = quote(database["USER"]) + (f":{quote(p)}" if (p := database["PASSWORD"]) else "")
    return {
        "DATABASE_URL": f"postgres://{who}@{where}/{database['NAME']}",
        "DJANGO_SETTINGS_MODULE": "tests.core.notices.probe.settings",
        "PROBE_SETTINGS": os.environ["DJANGO_SETTINGS_MODULE"],
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "REDIS_URL": "",
        "NOTICES_GRACE_SECONDS": "0.3",
        "NOTICES_BACKOFF_SECONDS": "0",
        "NOTICES_GREYLIST_SECONDS": "0",
    }


@pytest.fixture(scope="session")
def forks(dispatcher_environment):
    """The fork server, started with an environment of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in dispatcher_environment.items():
            patch.setenv(name, value)
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.core.notices.probe.process"])
        forkserver.ensure_running()
    return context


@pytest.fixture
def dispatchers(relay, forks):
    started = Dispatchers(relay, forks)
    yield started
    for process in list(started.running):
        started.kill(process)
