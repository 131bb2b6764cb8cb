from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories.curriculum import CourseFactory, SessionFactory


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILES_SCANNER = ""


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def at():
    """Monday morning of the tests' week, in the program's zone 07:40."""
    return datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


@pytest.fixture
def after():
    """The evening of the session's day, in the program's zone 18:00."""
    return datetime(2026, 12, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def course(here):
    return CourseFactory(program=here.program, title="Value-stream mapping", short_title="VSM")


@pytest.fixture
def session(here, course):
    """Thursday, December 3, in the afternoon, on everybody's elective."""
    return SessionFactory(program=here.program, course=course, instructor=here.instructor)


@pytest.fixture
def sign_in(client):
    """Sign a person (or a resident's person) in and return the client."""

    def as_person(user):
        person = getattr(user, "person", user)
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def address(here):
    return lambda name, *uids: reverse(f"curriculum:{name}", args=[here.slug, *uids])
