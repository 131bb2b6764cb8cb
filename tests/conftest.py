"""What every test stands on: plain static files, a fast hasher, and a clock that can be set."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings as django_settings
from factory.random import reseed_random
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

from qipathway.core.clock.services import travel_to
from tests.browser import Browser
from tests.factories.world import World

MONDAY = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
JOURNEYS = "tests/e2e/"


def pytest_configure():
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class OneStack(LoadFileScheduling):
    """A worker takes a file at a time, and one takes all journeys: they share a running demo.

    They take longer than any file, so they are given out first.
    """

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        if JOURNEYS in self.workqueue:
            self.workqueue.move_to_end(JOURNEYS, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config, log):
    return OneStack(config, log)


@pytest.fixture(autouse=True)
def names_of_its_own(request):
    """Let the factories draw the same names for a test whenever and wherever it runs."""
    reseed_random(request.node.nodeid)


@pytest.fixture
def client():
    return Browser()


@pytest.fixture
def monday(db):
    """Monday, November 23, 2026, 07:40 in the program's zone; the clock then ticks."""
    travel_to(MONDAY)
    return MONDAY


@pytest.fixture
def today():
    return date(2026, 11, 23)


@pytest.fixture
def world(monday):
    """Two programs with one person in every role, so that there is always something to leak."""
    return World()
