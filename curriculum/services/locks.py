"""Locks, always taken in one order: residents by key, then the session, then its bookings."""

from collections.abc import Iterable

from django.db.models import QuerySet

from qipathway.core.lib.states import DomainError
from residents.models import Resident

from ..models import Session


def lock_session(session: Session) -> Session:
    """Lock a session and return it as it is now."""
    rows = Session.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("course").get(pk=session.pk)


def lock_sessions(keys: Iterable[int]) -> None:
    """Lock sessions in the order of their keys, whoever else asks for the same ones."""
    locked = Session.objects.filter(pk__in=list(keys)).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_session_and_holders(session: Session) -> Session:
    """Lock everybody who holds a seat, then the session; return it as it is now.

    Whoever holds these locks may compare the holders' other bookings and change their times.
    Refuses when somebody took a seat between the two locks.
    """
    holders = _holders(session)
    locked = holders.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    known = set(locked)
    session = lock_session(session)
    if not known.issuperset(holders.values_list("pk", flat=True)):
        raise DomainError("Nothing was changed: somebody booked at this moment. Press once more.")
    return session


def _holders(session: Session) -> QuerySet[Resident]:
    return Resident.objects.filter(pk__in=session.bookings.live().values("resident"))
