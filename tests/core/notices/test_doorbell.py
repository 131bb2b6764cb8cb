"""The bell may be absent, dead or deaf: owing costs no error and hardly any time."""

import socket
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction

from qipathway.core.clock.services import now
from qipathway.core.notices import doorbell as bell
from qipathway.core.notices.doorbell import TASK, Doorbell
from qipathway.core.notices.models import Mail
from qipathway.core.notices.services import owe, owe_now
from tests.core.notices.probe.kinds import HARMLESS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unbroken():
    bell.doorbell.broken_until = 0.0
    yield
    bell.doorbell.broken_until = 0.0


@pytest.fixture
def deaf(settings):
    """A broker that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        yield


@pytest.fixture
def dead(settings):
    """A broker whose port is closed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"


def how_long(deed):
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


@pytest.mark.parametrize("broker", ["dead", "deaf"])
def test_owing_with_a_broker_that_does_not_answer_is_quick_and_writes_the_notice(
    broker, request, person, django_capture_on_commit_callbacks
):
    request.getfixturevalue(broker)
    to, about = person(), person("Ines")

    def owe_and_commit():
        with django_capture_on_commit_callbacks(execute=True) as rings:
            owe_now(HARMLESS, to, about, scope=1, at=now())
        assert len(rings) == 1

    assert how_long(owe_and_commit) < 5
    assert Mail.objects.count() == 1


def test_a_bell_that_did_not_work_is_left_alone_for_a_while(deaf):
    doorbell = Doorbell()
    doorbell.ring()
    assert doorbell.broken_until > time.monotonic() + 25
    assert how_long(doorbell.ring) < 0.05


def test_without_a_broker_nothing_is_rung(settings):
    settings.CELERY_BROKER_URL = ""
    doorbell = Doorbell()
    doorbell.ring()
    assert doorbell.broken_until == 0


def test_the_bell_asks_for_one_tick(settings):
    settings.CELERY_BROKER_URL = "memory://"
    Doorbell().ring()
    with current_app.connection_for_read("memory://") as connection:
        message = connection.SimpleQueue(current_app.amqp.default_queue).get(timeout=1)
        message.ack()
    assert message.headers["task"] == TASK
    assert message.headers["expires"] is not None


def test_the_bell_rings_after_the_commit_and_not_for_what_is_due_later(
    settings, person, django_capture_on_commit_callbacks
):
    settings.CELERY_BROKER_URL = ""
    to, about, at = person(), person("Ines"), now()
    later = {"due": at + timedelta(hours=1), "expires": at + timedelta(hours=2)}
    with django_capture_on_commit_callbacks() as rings, transaction.atomic():
        owe(HARMLESS, to, about, scope=1, **later)
    assert rings == []
    with django_capture_on_commit_callbacks() as rings:
        owe_now(HARMLESS, to, about, scope=2, at=at)
    assert len(rings) == 1
