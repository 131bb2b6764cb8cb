"""A clock that was moved is an error outside the demo."""

from datetime import timedelta

import pytest
from django.core.checks import Tags, registry

from qipathway.core.clock.checks import clock_is_real
from qipathway.core.clock.models import Offset

HERE = ["default"]


@pytest.fixture
def outside(db, settings):
    settings.DEMO = False


def test_the_check_runs_whenever_a_database_is_checked():
    assert clock_is_real in registry.registry.get_checks()
    assert Tags.database in clock_is_real.tags


def test_a_moved_clock_is_an_error_outside_the_demo(outside):
    Offset.objects.create(amount=timedelta(days=35))
    (error,) = clock_is_real(None, databases=HERE)
    assert (error.id, error.is_serious()) == ("clock.E001", True)


def test_a_clock_that_was_never_moved_or_moved_back_passes(outside):
    assert clock_is_real(None, databases=HERE) == []
    Offset.objects.create(amount=timedelta(0))
    assert clock_is_real(None, databases=HERE) == []


def test_nothing_is_asked_without_a_database(outside, django_assert_num_queries):
    Offset.objects.create(amount=timedelta(days=35))
    with django_assert_num_queries(0):
        assert clock_is_real(None) == []


def test_the_demo_may_move_its_clock(db):
    Offset.objects.create(amount=timedelta(days=35))
    assert clock_is_real(None, databases=HERE) == []
