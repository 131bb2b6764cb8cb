"""Ask for the time, or (in demo and tests) move it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import DateField, DateTimeField, Func

from .models import Offset


class Now(Func):
    """The application's time inside a query: the database's clock plus the demo's offset.

    Asked once a statement: a call for every row would cost 15 microseconds each.
    """

    template = "(SELECT qi_now())"
    output_field = DateTimeField()


class NowDefault(Now):
    """The same as the default of a column, where PostgreSQL takes no subquery."""

    template = "qi_now()"


def now() -> datetime:
    """Return the application's time as an aware instant in UTC; costs one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT qi_now()")
        return cursor.fetchone()[0]


def today(zone: str) -> date:
    """Return the calendar date it is now in ``zone`` (an IANA name); costs one query."""
    return now().astimezone(ZoneInfo(zone)).date()


def travel_to(instant: datetime) -> None:
    """Make ``now()`` read ``instant`` from here on, ticking as usual.

    Raises ``ImproperlyConfigured`` outside demo and tests, where time is not ours to move.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("The clock can only be moved in the demo.")
    Offset.objects.all().delete()
    Offset.objects.create(amount=instant - now())


class LocalToday(Func):
    """The calendar date it is now in the zone that a column names, inside a query."""

    template = "((SELECT qi_now()) AT TIME ZONE %(expressions)s)::date"
    output_field = DateField()
