"""What every test stands on: plain static files, a fast hasher, and a clock that can be set."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings as django_settings

from qipathway.core.clock.services import travel_to
from tests.factories.world import World

MONDAY = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


def pytest_configure():
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
