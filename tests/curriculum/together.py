"""Several deeds at the same moment, each on a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from qipathway.core.lib.states import DomainError


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
