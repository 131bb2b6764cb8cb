"""A pooler that hands sessions around would make the senders' locks worthless."""

from itertools import cycle

import pytest
from django.core.checks import Tags, registry
from django.db import connection, connections

from qipathway.core.notices.checks import keep_their_sessions, sessions_are_our_own

pytestmark = pytest.mark.django_db


class Pooled:
    """A connection of a pooler of transactions: each question goes to the next idle session."""

    def __init__(self, sessions):
        self.sessions = sessions

    def cursor(self):
        return next(self.sessions).cursor()

    def close(self):
        """A pooler keeps its sessions open."""


@pytest.fixture
def sessions():
    opened = [connection.copy() for _ in range(2)]
    yield opened
    for each in opened:
        each.close()


def test_the_check_runs_whenever_a_database_is_checked():
    assert sessions_are_our_own in registry.registry.get_checks(include_deployment_checks=False)
    assert Tags.database in sessions_are_our_own.tags


def test_direct_connections_keep_their_sessions_and_pass():
    assert sessions_are_our_own(None, databases=["default"]) == []


def test_nothing_is_asked_without_a_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sessions_are_our_own(None) == []


@pytest.mark.parametrize("size", [1, 2])
def test_connections_that_a_pooler_feeds_from_one_pool_are_found_out(sessions, size):
    pool = cycle(sessions[:size])
    assert not keep_their_sessions((Pooled(pool), Pooled(pool)))


def test_a_database_behind_such_a_pooler_is_an_error_that_says_what_to_do(sessions, monkeypatch):
    pool = cycle(sessions)
    monkeypatch.setattr(type(connections["default"]), "copy", lambda self: Pooled(pool))
    (error,) = sessions_are_our_own(None, databases=["default"])
    assert (error.id, error.is_serious()) == ("notices.E001", True)
    assert "session mode" in error.hint
