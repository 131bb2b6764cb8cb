"""The senders' locks live in sessions of the database, so each process needs one of its own."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TURNS = (0, 1, 1, 0, 1, 0, 0, 1)
"""Which of two connections asks next; no pooler that takes turns keeps to this order."""


@register(Tags.database)
def sessions_are_our_own(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a pooler that pools transactions; asked whenever a database is checked or migrated."""
    return [error for alias in databases or () for error in _pooled(alias)]


def _pooled(alias: str) -> list[CheckMessage]:
    pair = (connections[alias].copy(), connections[alias].copy())
    try:
        if keep_their_sessions(pair):
            return []
    finally:
        for connection in pair:
            connection.close()
    return [
        Error(
            f"Connections to database “{alias}” share its sessions, as a pooler of transactions "
            "lets them: the lock of one sender would not keep another from sending the same mail.",
            hint="Connect to PostgreSQL directly, or through a pooler in session mode.",
            id="notices.E001",
        )
    ]


def keep_their_sessions(pair: Sequence[BaseDatabaseWrapper]) -> bool:
    """Tell whether each of two connections is one session of the database throughout, its own."""
    met: tuple[set[int], set[int]] = (set(), set())
    for turn in TURNS:
        with pair[turn].cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            met[turn].add(cursor.fetchone()[0])
    return len(met[0]) == len(met[1]) == 1 and met[0] != met[1]
