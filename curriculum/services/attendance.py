"""Who was there: the instructor's list, which opens homework."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import short_day
from qipathway.core.lib.states import DomainError, move
from qipathway.core.timeline.services import record
from residents.models import PathwayVersion
from residents.reads import schedule_of, version_for

from ..models import Booking, Homework, Session
from ..states import BOOKING_MOVES, KEPT, BookingState, HomeworkState
from .locks import lock_session_and_holders

SCHEDULE_AHEAD = timedelta(days=400)


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
        Homework.objects.get_or_create(
            resident=booking.resident,
            course_id=booking.course_id,
            defaults={
                "program_id": booking.program_id,
                "booking": booking,
                "due_on": _due_on(booking),
            },
        )


def _mark_missed(booking: Booking, *, by: User) -> None:
    homework = Homework.objects.select_for_update().filter(booking=booking).first()
    if homework and _is_begun(homework):
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


def _is_begun(homework: Homework) -> bool:
    is_empty = homework.state == HomeworkState.DRAFT and not (homework.area or homework.body)
    return not is_empty or homework.files.exists()


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


def _due_on(booking: Booking) -> date:
    """Return when homework is due: after the version's days, or later if no time is protected.

    Source: principle 5, "after 28 days or at the end of the next block that protects time,
    whichever is later".
    """
    day = booking.session.day
    version = version_for(booking.resident) or PathwayVersion()
    plain = day + timedelta(days=version.homework_due_days)
    schedule = schedule_of(booking.resident, day, day + SCHEDULE_AHEAD)
    return max(plain, schedule.next_protected_block_end(day) or plain)
