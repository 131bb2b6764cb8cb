"""Several deeds at the same moment, each on a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pgtrigger
from django.apps import apps
from django.db import connection, transaction

from qipathway.core.lib.states import DomainError

ROOMS = {"qipathway", "residents", "curriculum", "mentorship", "capstone"}
BLOCKED = """
SELECT pg_sleep(0.01), pg_stat_clear_snapshot();
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def together(*deeds):
    """Do all at once; return what each got or was told, in the order given."""
    start = Barrier(len(deeds))
    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(lambda deed: _done(deed, start), deeds))


def behind(first, second):
    """Do ``first``, commit it only once ``second`` waits for it; return what ``second`` got."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            result = pool.submit(_done, second, Barrier(1))
            _wait_until_blocked()
        return result.result()


def _done(deed, start):
    try:
        connection.ensure_connection()
        start.wait(timeout=10)
        return deed()
    except DomainError as error:
        return error
    finally:
        connection.close()


def _wait_until_blocked():
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(BLOCKED)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits for a lock.")


def told(results):
    """Return the words of those that were refused."""
    return [str(result) for result in results if isinstance(result, DomainError)]


def done(results):
    """Return what was got by those that were not refused."""
    return [result for result in results if not isinstance(result, DomainError)]


def forget_everything():
    """Take away every row of ours, in one transaction, so that deferred keys ask only at its end.

    A flush of the whole database takes fifty times as long.
    """
    assert str(connection.settings_dict["NAME"]).startswith("test_")
    tables = [
        connection.ops.quote_name(model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.partition(".")[0] in ROOMS
    ]
    with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
