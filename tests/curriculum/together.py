"""Several deeds at the same moment, each on a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pgtrigger
from django.apps import apps
from django.db import connection, transaction

from qipathway.core.lib.states import DomainError

ROOMS = {"qipathway", "residents", "curriculum", "mentorship", "capstone"}


def together(*deeds):
    """Do all at once; return what each got or was told, in the order given."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            return deed()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def told(results):
    """Return the words of those that were refused."""
    return [str(result) for result in results if isinstance(result, DomainError)]


def done(results):
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
