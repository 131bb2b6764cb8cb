"""Outside the demo nobody may stand in another time than the database."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from .models import Offset


@register(Tags.database)
def clock_is_real(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a moved clock outside the demo; asked whenever a database is checked or migrated.

    A database without tables yet has no clock to be wrong.
    """
    if settings.DEMO:
        return []
    return [error for alias in databases or () for error in _moved(alias)]


def _moved(alias: str) -> list[CheckMessage]:
    if Offset._meta.db_table not in connections[alias].introspection.table_names():
        return []
    offset = Offset.objects.using(alias).first()
    if offset is None or not offset.amount:
        return []
    return [
        Error(
            f"The clock of database “{alias}” is moved by {offset.amount}.",
            hint="This database was a demo's. Use another one, or empty the table clock_offset.",
            id="clock.E001",
        )
    ]
