"""Who was there: the instructor's list, which opens homework."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import short_day
from qipathway.core.lib.states import DomainError, move
from qipathway.core.timeline.services import record

from ..models import Booking, Homework, Session
from ..states import BOOKING_MOVES, KEPT, BookingState
from .due import DueDates
from .locks import lock_session_and_holders


@transaction.atomic
def take_attendance(
    session: Session,
    *,
    by: User,
    at: datetime,
    attended: Collection[UUID],
    missed: Collection[UUID],
) -> list[Booking]:
    """Mark bookings (by uid) as attended or missed; attending opens the class's homework.

    May be corrected afterwards, until homework was worked on. Marks that are already so are left
    alone, so saving the list twice writes nothing twice. Returns the bookings that changed.
    """
    session = lock_session_and_holders(session)
    if session.starts_at > at:
        raise DomainError("This class has not started yet; attendance opens when it starts.")
    bookings = (
        session.bookings.live()
        .select_for_update(no_key=True, of=("self",))
        .select_related("resident__person", "resident__program", "session__course")
        .order_by("pk")
    )
    changed = []
    for booking in bookings:
        if booking.uid in attended and booking.state != BookingState.ATTENDED:
            _mark_attended(booking, by=by, at=at)
        elif booking.uid in missed and booking.state != BookingState.MISSED:
            _mark_missed(booking, by=by)
        else:
            continue
        changed.append(booking)
    return changed


def _mark_attended(booking: Booking, *, by: User, at: datetime) -> None:
    if booking.state == BookingState.MISSED:
        _refuse_second(booking)
    move(booking, "attend", BOOKING_MOVES)
    booking.attended_at = at
    booking.save(update_fields=["state", "attended_at"])
    _tell(booking, by, "attended")
    if booking.session.course.homework_brief:
        day = booking.session.day
        due = DueDates([booking.resident_id], since=day, until=day)
        Homework.objects.get_or_create(
            resident=booking.resident,
            course_id=booking.course_id,
            defaults={
                "program_id": booking.program_id,
                "booking": booking,
                "due_on": due.after(booking.resident_id, day),
            },
        )


def _mark_missed(booking: Booking, *, by: User) -> None:
    homework = Homework.objects.select_for_update().filter(booking=booking).first()
    if homework and homework.was_begun():
        raise DomainError(
            f"{booking.resident.person.name} has already worked on the homework of this class, "
            "so the attendance stands. Nothing was changed."
        )
    if homework:
        homework.delete()
    move(booking, "miss", BOOKING_MOVES)
    booking.attended_at = None
    booking.save(update_fields=["state", "attended_at"])
    _tell(booking, by, "missed")


def _refuse_second(booking: Booking) -> None:
    """Refuse to correct an absence of somebody who has booked or attended the class since."""
    others = booking.resident.bookings.filter(state__in=KEPT).exclude(pk=booking.pk)
    same = others.filter(course=booking.course_id).select_related("session").first()
    if same:
        day = same.session.day
        raise DomainError(
            f"{booking.resident.person.name} has a seat in this class on {short_day(day)}, "
            "which has to be given back first. Nothing was changed."
        )
    if others.filter(during__overlap=booking.during).exists():
        raise DomainError(
            f"{booking.resident.person.name} was at another class at that time. "
            "Nothing was changed."
        )


def _tell(booking: Booking, by: User, outcome: str) -> None:
    record(
        by,
        "curriculum.take_attendance",
        booking,
        about=booking.resident.person,
        scope=booking.program_id,
        course=booking.session.course.title,
        outcome=outcome,
    )
