"""Which occasions owe a notice, until when it is of use, and what still holds when it goes out."""

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import LocalToday
from qipathway.core.lib.dates import HOURS_BEFORE
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice
from residents.reads import away
from residents.states import MembershipState, RotationKind

from .models import Booking, Homework, Session, StandUp
from .states import BookingState, HomeworkState, SessionState

CLASS_UPCOMING = "curriculum.class_upcoming"
CLASS_MOVED = "curriculum.class_moved"
CLASS_CANCELLED = "curriculum.class_cancelled"
STAND_UP_UPCOMING = "curriculum.stand_up_upcoming"
HOMEWORK_SUBMITTED = "curriculum.homework_submitted"
HOMEWORK_ACCEPTED = "curriculum.homework_accepted"
HOMEWORK_RETURNED = "curriculum.homework_returned"
RULE = f"{HOURS_BEFORE}h"


def leave_on(day: str) -> Q:
    """Say that the notice's recipient is on leave today or on the day that a row names."""
    whose = {
        "resident__person": OuterRef(OuterRef("recipient_id")),
        "program": OuterRef("program"),
    }
    return away(OuterRef(day), **whose) | away(LocalToday(OuterRef("program__zone")), **whose)


def live_bookings() -> QuerySet[Booking]:
    """Still booked for a session that takes place as announced, by somebody not on leave."""
    return Booking.objects.filter(
        ~leave_on("session__day"),
        pk=OuterRef("object_id"),
        session__revision=OuterRef("revision"),
        resident__person=OuterRef("recipient_id"),
        resident__memberships__state=MembershipState.ACTIVE,
        state=BookingState.BOOKED,
        session__state=SessionState.SCHEDULED,
    )


def live_moves() -> QuerySet[Session]:
    """Takes place as it was moved to, and the person still holds a seat."""
    seat = Booking.objects.filter(
        session=OuterRef("pk"),
        resident__person=OuterRef(OuterRef("recipient_id")),
        state=BookingState.BOOKED,
    )
    return Session.objects.scheduled().filter(
        Exists(seat), pk=OuterRef("object_id"), revision=OuterRef("revision")
    )


def live_cancellations() -> QuerySet[Session]:
    """Still cancelled."""
    return Session.objects.filter(
        pk=OuterRef("object_id"),
        revision=OuterRef("revision"),
        state=SessionState.CANCELLED,
    )


def live_stand_ups() -> QuerySet[StandUp]:
    """Announced, for somebody who is on SBP that day and not on leave."""
    return StandUp.objects.filter(
        ~leave_on("day"),
        pk=OuterRef("object_id"),
        program__residents__person=OuterRef("recipient_id"),
        program__residents__memberships__state=MembershipState.ACTIVE,
        program__residents__blocks__rotation__kind=RotationKind.SBP,
        program__residents__blocks__start__lte=F("day"),
        program__residents__blocks__end__gte=F("day"),
    )


def homework_in(state: HomeworkState) -> QuerySet[Homework]:
    """Still in the state that the notice tells of, and not settled by a signature."""
    return Homework.objects.unsettled().filter(pk=OuterRef("object_id"), state=state)


def submitted_homework() -> QuerySet[Homework]:
    """Still waits for an answer to the hand-in that the notice tells of, not to a later one."""
    return homework_in(HomeworkState.SUBMITTED).filter(version=OuterRef("revision"))


def write_class(notices: Sequence[Notice], recipient: User) -> Message:
    """Write the reminder of one class."""
    bookings = Booking.objects.select_related("session__course", "session__program")
    booking = bookings.get(pk=notices[0].object_id)
    link = booking.session.get_absolute_url()
    return letter(
        "class_upcoming", person=recipient, booking=booking, session=booking.session, link=link
    )


def write_session(name: str, notices: Sequence[Notice], recipient: User) -> Message:
    """Write what became of one session."""
    sessions = Session.objects.select_related("course", "program")
    session = sessions.get(pk=notices[0].object_id)
    return letter(name, person=recipient, session=session, link=session.get_absolute_url())


def write_moved(notices: Sequence[Notice], recipient: User) -> Message:
    return write_session("class_moved", notices, recipient)


def write_cancelled(notices: Sequence[Notice], recipient: User) -> Message:
    return write_session("class_cancelled", notices, recipient)


def write_stand_up(notices: Sequence[Notice], recipient: User) -> Message:
    """Write the reminder of one stand-up."""
    stand_up = StandUp.objects.select_related("program").get(pk=notices[0].object_id)
    return letter(
        "stand_up_upcoming", person=recipient, stand_up=stand_up, link=stand_up.get_absolute_url()
    )


def write_homework(name: str, notices: Sequence[Notice], recipient: User) -> Message:
    """Write what became of one piece of homework; its words stay on the page."""
    homework = Homework.objects.for_page().get(pk=notices[0].object_id)
    return letter(name, person=recipient, homework=homework, link=homework.get_absolute_url())


def write_submitted(notices: Sequence[Notice], recipient: User) -> Message:
    return write_homework("homework_submitted", notices, recipient)


def write_accepted(notices: Sequence[Notice], recipient: User) -> Message:
    return write_homework("homework_accepted", notices, recipient)


def write_returned(notices: Sequence[Notice], recipient: User) -> Message:
    return write_homework("homework_returned", notices, recipient)


KINDS = (
    Kind(CLASS_UPCOMING, live=live_bookings, render=write_class),
    Kind(CLASS_MOVED, live=live_moves, render=write_moved),
    Kind(CLASS_CANCELLED, live=live_cancellations, render=write_cancelled),
    Kind(STAND_UP_UPCOMING, live=live_stand_ups, render=write_stand_up),
    Kind(HOMEWORK_SUBMITTED, live=submitted_homework, render=write_submitted),
    Kind(
        HOMEWORK_ACCEPTED,
        live=lambda: homework_in(HomeworkState.ACCEPTED),
        render=write_accepted,
        ambiguous="hold",
    ),
    Kind(
        HOMEWORK_RETURNED,
        live=lambda: homework_in(HomeworkState.RETURNED),
        render=write_returned,
        ambiguous="hold",
    ),
)
"""What the roof registers."""
