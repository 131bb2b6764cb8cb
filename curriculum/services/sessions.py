"""Moving and cancelling what was announced."""

from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import at_local
from qipathway.core.lib.states import DomainError, move
from qipathway.core.notices.services import withdraw_notices
from qipathway.core.timeline.services import record

from ..models import Booking, Session
from ..reminders import CLASS_UPCOMING
from ..states import SESSION_MOVES, BookingState
from .booking import remind


@transaction.atomic
def move_session(
    session: Session, *, by: User, at: datetime, day: date, starts: time, ends: time, place: str
) -> Session:
    """Move a session that has not started; everybody booked is reminded afresh, once.

    Refuses when somebody booked has another class then, with their names.
    """
    session = _locked(session, at=at)
    move(session, "move", SESSION_MOVES)
    session.day, session.starts, session.ends, session.place = day, starts, ends, place
    session.starts_at = at_local(day, starts, session.zone)
    session.ends_at = at_local(day, ends, session.zone)
    if session.starts_at <= at:
        raise DomainError("Not moved: the new time is in the past.")
    session.revision += 1
    session.save()
    booked = session.bookings.filter(state=BookingState.BOOKED)
    try:
        with transaction.atomic():
            booked.update(during=(session.starts_at, session.ends_at))
    except IntegrityError as error:
        raise DomainError("Not moved: somebody booked has another class at that time.") from error
    record(
        by,
        "curriculum.move_session",
        session,
        about=None,
        scope=session.program_id,
        course=session.course.title,
        day=day.isoformat(),
    )
    for booking in booked.select_related("session", "resident__person"):
        remind(booking)
    return session


@transaction.atomic
def cancel_session(session: Session, *, by: User, at: datetime) -> Session:
    """Cancel a session that has not started and free everybody who was booked."""
    session = _locked(session, at=at)
    move(session, "cancel", SESSION_MOVES)
    session.revision += 1
    session.save(update_fields=["state", "revision"])
    booked = list(session.bookings.filter(state=BookingState.BOOKED))
    Booking.objects.filter(pk__in=[b.pk for b in booked]).update(state=BookingState.WITHDRAWN)
    record(
        by,
        "curriculum.cancel_session",
        session,
        about=None,
        scope=session.program_id,
        course=session.course.title,
        day=session.day.isoformat(),
    )
    for booking in booked:
        withdraw_notices(booking, kinds=[CLASS_UPCOMING])
    return session


def _locked(session: Session, *, at: datetime) -> Session:
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    )
    if session.starts_at <= at:
        raise DomainError("This class has already started, so it can no longer be changed.")
    return session
