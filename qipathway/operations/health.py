"""Whether everything that nobody looks at is still going."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from qipathway.core.notices.reads import MailHealth, mail_health

APART = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Health:
    """How the site is doing; ``difference`` is this host's clock minus the database's.

    ``mail`` is not read while a migration is missing, for its tables may not be there yet.
    """

    mail: MailHealth | None = None
    unapplied: tuple[str, ...] = ()
    difference: timedelta | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong, in words; empty when all is well."""
        if self.difference is None:
            return ("The database does not answer.",)
        found = list(self.mail.reasons) if self.mail else []
        if self.unapplied:
            found.append(f"Not every migration is applied: {', '.join(self.unapplied)}.")
        if abs(self.difference) > APART:
            seconds = abs(self.difference).total_seconds()
            found.append(f"The clocks of this host and of the database are {seconds:.0f} s apart.")
        return tuple(found)

    def as_plain_values(self) -> dict[str, Any]:
        """Return what a monitoring program reads; ages and differences in seconds."""
        return {
            "well": not self.reasons,
            "reasons": list(self.reasons),
            "heartbeat_age": _seconds(self.mail.heartbeat_age if self.mail else None),
            "oldest_overdue_mail": _seconds(self.mail.oldest_overdue if self.mail else None),
            "unapplied_migrations": list(self.unapplied),
            "clock_difference": _seconds(self.difference),
        }


def health() -> Health:
    """Read how the site is doing; a database that does not answer is an answer, too."""
    try:
        difference, unapplied = clock_difference(), unapplied_migrations()
        return Health(None if unapplied else mail_health(), unapplied, difference)
    except DatabaseError:
        return Health()


def unapplied_migrations() -> tuple[str, ...]:
    """Return the names of the migrations that this code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan)


def clock_difference() -> timedelta:
    """Return how far this host's clock is ahead of the database's, less the way of the question."""
    with connection.cursor() as cursor:
        asked = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        told = float(cursor.fetchone()[0])
        answered = time.time()
    return timedelta(seconds=(asked + answered) / 2 - told)


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else round(length.total_seconds(), 3)
