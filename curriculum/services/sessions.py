"""Moving and cancelling what was announced."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import at_local
from qipathway.core.lib.states import DomainError, move, move_all
from qipathway.core.notices.services import owe_each, withdraw_notices
from qipathway.core.timeline.services import record

from ..models import Booking, Session
from ..reads import unprotected_bookings
from ..reminders import CLASS_CANCELLED, CLASS_MOVED, CLASS_UPCOMING
from ..states import BOOKING_MOVES, KEPT, SESSION_MOVES, BookingState
from .booking import remind
from .locks import lock_session, lock_session_and_holders


@transaction.atomic
def move_session(
    session: Session,
    *,
    by: User | None,
    at: datetime,
    day: date,
    starts: time,
    ends: time,
    place: str,
) -> Session:
    """Move a session that has not started; everybody booked is told, and reminded afresh.

    Refuses with their names when somebody booked has another class then, or when the new time is
    not protected for them, unless an override booked them. Moving it to where it already is
    changes nothing.
    """
    session = lock_session_and_holders(session)
    _refuse_started(session, at=at)
    move(session, "move", SESSION_MOVES)
    is_same_time = (session.day, session.starts, session.ends) == (day, starts, ends)
    if is_same_time and session.place == place:
        return session
    session.day, session.starts, session.ends, session.place = day, starts, ends, place
    session.starts_at = at_local(day, starts, session.zone)
    session.ends_at = at_local(day, ends, session.zone)
    session.revision += 1
    _refuse_new_time(session, at=at)
    if not is_same_time:
        _refuse_unprotected(session)
    _save_moved(session)
    booked = session.bookings.filter(state=BookingState.BOOKED)
    booked.update(during=(session.starts_at, session.ends_at))
    holders = list(booked.select_related("session", "resident__person"))
    _tell_story("curriculum.move_session", session, holders, by=by)
    for booking in holders:
        remind(booking)
    _tell_holders(CLASS_MOVED, session, holders, at=at)
    return session


@transaction.atomic
def staff_session(
    session: Session, *, instructor: User, capacity: int, held_seats: int, by: User | None
) -> Session:
    """Change who teaches a session and how many may come; not below who has a seat already."""
    session = lock_session_and_holders(session)
    seated = session.bookings.live().select_related("resident__person")
    if len(seated) > capacity:
        names = ", ".join(booking.resident.person.name for booking in seated)
        raise DomainError(
            f"{session.course.title} on {session.day}: {len(seated)} people have a seat, so "
            f"{capacity} are too few. Move somebody first: {names}."
        )
    session.instructor, session.capacity, session.held_seats = instructor, capacity, held_seats
    session.save(update_fields=["instructor", "capacity", "held_seats"])
    record(
        by,
        "curriculum.staff_session",
        session,
        about=None,
        scope=session.program_id,
        course=session.course.title,
        day=session.day.isoformat(),
    )
    return session


@transaction.atomic
def cancel_session(session: Session, *, by: User, at: datetime) -> Session:
    """Cancel a session that has not started, free everybody who was booked, and tell them."""
    session = lock_session(session)
    _refuse_started(session, at=at)
    move(session, "cancel", SESSION_MOVES)
    session.revision += 1
    session.save(update_fields=["state", "revision"])
    holders = session.bookings.select_for_update(no_key=True, of=("self",)).order_by("pk")
    booked = list(holders.filter(state=BookingState.BOOKED).select_related("resident__person"))
    move_all(Booking.objects.filter(session=session), "withdraw", BOOKING_MOVES)
    _tell_story("curriculum.cancel_session", session, booked, by=by)
    for booking in booked:
        withdraw_notices(booking, kinds=[CLASS_UPCOMING])
    _tell_holders(CLASS_CANCELLED, session, booked, at=at)
    return session


def _tell_story(action: str, session: Session, bookings: list[Booking], *, by: User | None) -> None:
    """Record it on the timeline of everybody booked; of nobody, where nobody was."""
    people: list[User | None] = [booking.resident.person for booking in bookings]
    for person in people or [None]:
        record(
            by,
            action,
            session,
            about=person,
            scope=session.program_id,
            course=session.course.title,
            day=session.day.isoformat(),
        )


def _tell_holders(
    kind: str, session: Session, bookings: Iterable[Booking], *, at: datetime
) -> None:
    """Owe everybody who was booked the news at once; it is of use until the class would start."""
    owe_each(
        kind,
        [booking.resident.person for booking in bookings],
        session,
        scope=session.program_id,
        due=at,
        expires=session.starts_at,
    )


def _refuse_started(session: Session, *, at: datetime) -> None:
    if session.starts_at <= at:
        raise DomainError("This class has already started, so it can no longer be changed.")


def _refuse_new_time(session: Session, *, at: datetime) -> None:
    if session.ends_at <= session.starts_at:
        raise DomainError("Not moved: it would end before it starts.")
    if session.starts_at <= at:
        raise DomainError("Not moved: the new time is in the past.")
    holders = session.bookings.filter(state=BookingState.BOOKED).values("resident")
    clashes = Booking.objects.exclude(session=session).filter(
        resident__in=holders,
        state__in=KEPT,
        during__overlap=(session.starts_at, session.ends_at),
    )
    people = User.objects.filter(residencies__in=clashes.values("resident"))
    names = ", ".join(person.name for person in people)
    if names:
        raise DomainError(f"Not moved: another class is at that time for {names}.")


def _refuse_unprotected(session: Session) -> None:
    names = ", ".join(booking.resident.person.name for booking in unprotected_bookings(session))
    if names:
        raise DomainError(
            f"Not moved: it is not protected time for {names}. Choose another time, or give their "
            "seats back and have a director book them by override."
        )


def _save_moved(session: Session) -> None:
    try:
        with transaction.atomic():
            session.save(
                update_fields=["day", "starts", "ends", "starts_at", "ends_at", "place", "revision"]
            )
    except IntegrityError as error:
        raise DomainError("Not moved: this class is already taught at that time and place.") from (
            error
        )
