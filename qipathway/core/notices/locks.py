"""Who is alive: session locks of PostgreSQL.

They die with the process that holds them, need no clock and no renewal, and are still held by a
process that was only paused: a lease would let somebody else send the same mail meanwhile. They
need a direct connection, or a pooler in session mode.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection
from django.db.utils import Error

from .limits import SLOTS

RELAY = 9


@contextmanager
def mail_lock(mail_id: int) -> Iterator[bool]:
    """Hold the lock of one mail and yield whether it could be had."""
    digest = sha256(f"mail:{mail_id}".encode()).digest()
    key = int.from_bytes(digest[:8], "big", signed=True)
    if not _ask("SELECT pg_try_advisory_lock(%s)", key):
        yield False
        return
    try:
        yield True
    finally:
        _release("SELECT pg_advisory_unlock(%s)", key)


@contextmanager
def relay_slot() -> Iterator[bool]:
    """Hold one of the few connections that all processes together may have to the relay."""
    for slot in range(SLOTS):
        if _ask("SELECT pg_try_advisory_lock(%s, %s)", RELAY, slot):
            break
    else:
        yield False
        return
    try:
        yield True
    finally:
        _release("SELECT pg_advisory_unlock(%s, %s)", RELAY, slot)


def _ask(question: str, *key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, key)
        return bool(cursor.fetchone()[0])


def _release(statement: str, *key: int) -> None:
    """Give a lock back; a session that cannot is closed, which gives back all it holds."""
    try:
        _ask(statement, *key)
    except Error:
        connection.close()
