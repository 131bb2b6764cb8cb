"""Taking and giving back a seat."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day, short_day, window_before
from qipathway.core.lib.states import DomainError, move
from qipathway.core.notices.services import owe, withdraw_notices
from qipathway.core.timeline.services import record
from residents.models import Resident
from residents.schedule import TO_THEMSELF, Voice, about

from ..models import Booking, Session
from ..reads import NOT_ON_PATHWAY, why_not_protected
from ..reminders import CLASS_UPCOMING, RULE
from ..requirements import waived_classes
from ..states import BOOKING_MOVES, KEPT, BookingState, SessionState
from .locks import lock_session, lock_sessions


@transaction.atomic
def book_session(
    session: Session, *, resident: Resident, by: User, at: datetime, override_note: str = ""
) -> Booking:
    """Give a resident a seat in a session on a protected half day, and owe the reminder.

    Locks the resident, then the session, in this order, so that of two people after the last
    seat one is told that it is gone, and one resident cannot be booked twice. Refuses in words:
    resident not on the pathway, session over or cancelled, no seat left, class already booked or
    attended, prerequisite missing, another class at that time, half day not protected. A
    director's ``override_note`` lifts the last refusal only.
    """
    residents = Resident.objects.select_for_update(no_key=True, of=("self",))
    resident = residents.select_related("person").get(pk=resident.pk)
    session = lock_session(session)
    voice = TO_THEMSELF if by == resident.person else about(resident.person.given_name)
    _refuse_outsider(resident)
    _refuse_closed(session, at=at)
    _refuse_double(session, resident, voice)
    _refuse_unprepared(session, resident)
    if not override_note:
        _refuse_unprotected(session, resident, voice)
    booking = Booking.objects.create(
        program_id=session.program_id,
        session=session,
        resident=resident,
        course_id=session.course_id,
        during=(session.starts_at, session.ends_at),
        override_note=override_note,
    )
    record(
        by,
        "curriculum.book_session",
        booking,
        about=resident.person,
        scope=session.program_id,
        course=session.course.title,
        day=session.day.isoformat(),
        override=bool(override_note),
    )
    remind(booking)
    return booking


@transaction.atomic
def withdraw_booking(booking: Booking, *, by: User, at: datetime) -> Booking:
    """Give a seat back before the session starts, and take back its reminder."""
    booking = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("session__course", "resident__person")
        .get(pk=booking.pk)
    )
    if booking.session.starts_at <= at:
        raise DomainError("This class has already started; ask its instructor to mark you absent.")
    move(booking, "withdraw", BOOKING_MOVES)
    booking.save(update_fields=["state"])
    record(
        by,
        "curriculum.withdraw_booking",
        booking,
        about=booking.resident.person,
        scope=booking.program_id,
        course=booking.session.course.title,
        day=booking.session.day.isoformat(),
    )
    withdraw_notices(booking, kinds=[CLASS_UPCOMING])
    return booking


@transaction.atomic
def withdraw_bookings(bookings: Iterable[Booking], *, by: User, at: datetime) -> None:
    """Give several seats back, all of them or none.

    Their sessions are locked in the order of their keys first, so that whoever cancels one of them
    waits, or is waited for.
    """
    seats = list(bookings)
    lock_sessions(seat.session_id for seat in seats)
    for seat in seats:
        withdraw_booking(seat, by=by, at=at)


def remind(booking: Booking) -> None:
    """Owe the reminder of a booked class; owing it again for the same revision does nothing."""
    window = window_before(booking.session.starts_at)
    owe(
        CLASS_UPCOMING,
        booking.resident.person,
        booking,
        scope=booking.program_id,
        due=window.due,
        expires=window.expires,
        rule=RULE,
    )


def _refuse_outsider(resident: Resident) -> None:
    if not resident.memberships.running().exists():
        raise DomainError(f"Not booked: {NOT_ON_PATHWAY}.")


def _refuse_closed(session: Session, *, at: datetime) -> None:
    if session.state != SessionState.SCHEDULED:
        raise DomainError("Not booked: this class was cancelled. Choose another date.")
    if session.starts_at <= at:
        raise DomainError("Not booked: this class has already started. Choose a later date.")
    if session.bookings.live().count() >= session.capacity:
        raise DomainError("Not booked: the last seat is gone. Choose another date.")


def _refuse_double(session: Session, resident: Resident, voice: Voice) -> None:
    kept = resident.bookings.filter(state__in=KEPT)
    same = kept.filter(course=session.course_id).select_related("session").first()
    if same:
        attended = same.state == BookingState.ATTENDED
        what = f"{voice.have} attended" if attended else f"{voice.are} booked for"
        raise DomainError(f"Not booked: {what} this class on {short_day(same.session.day)}.")
    elsewhere = resident.completions.standing().filter(course=session.course_id).first()
    if elsewhere:
        done = full_day(elsewhere.done_on)
        raise DomainError(f"Not booked: {voice.have} done this class elsewhere, on {done}.")
    clash = kept.filter(during__overlap=(session.starts_at, session.ends_at))
    other = clash.select_related("session__course").first()
    if other:
        raise DomainError(f"Not booked: {other.session.course.title} is at the same time.")


def _refuse_unprepared(session: Session, resident: Resident) -> None:
    ready = resident.bookings.filter(
        state__in=KEPT,
        session__starts_at__lt=session.starts_at,
    )
    elsewhere = resident.completions.standing().filter(done_on__lte=session.day)
    wanted = session.course.prerequisites.exclude(pk__in=elsewhere.values("course"))
    wanted = wanted.exclude(uid__in=waived_classes(resident.settled))
    missing = wanted.exclude(pk__in=ready.values("course")).first()
    if missing:
        raise DomainError(
            f"Not booked: {missing.title} comes first. Book it on a day before this one."
        )


def _refuse_unprotected(session: Session, resident: Resident, voice: Voice) -> None:
    reason = why_not_protected(session, resident, voice)
    if reason:
        raise DomainError(f"Not booked: {reason}. Choose a date on a protected half day.")
