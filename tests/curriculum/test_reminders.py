"""When a reminder is due, what it says, and what still holds when it goes out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from curriculum.models import Booking, Homework
from curriculum.reminders import (
    HOMEWORK_ACCEPTED,
    HOMEWORK_RETURNED,
    HOMEWORK_SUBMITTED,
    KINDS,
)
from curriculum.services import (
    accept_homework,
    book_session,
    return_homework,
    schedule_stand_up,
    submit_homework,
    withdraw_booking,
)
from curriculum.services.booking import remind
from curriculum.states import BookingState, SessionState
from qipathway.core.lib.dates import Window, window_before
from qipathway.core.notices.kinds import get_kind
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.notices.querysets import still_true
from residents.states import MembershipState, RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.residents import (
    BlockFactory,
    LeaveFactory,
    MembershipFactory,
    ResidentFactory,
)


def holding():
    """The kinds of the mails that would go out if they were due now, in order."""
    mails = Mail.objects.filter(still_true()).order_by("pk")
    return [mail.kind.removeprefix("curriculum.") for mail in mails]


@pytest.fixture
def booking(here, session, at):
    return book_session(session, resident=here.resident, by=here.resident.person, at=at)


@pytest.fixture
def stand_up(here, session, at):
    here.resident.blocks.update(rotation=here.rotation(RotationKind.SBP, "SBP"))
    when = {"day": session.day, "starts": session.starts, "place": "7 East huddle wall"}
    return schedule_stand_up(here.program, by=here.coach, at=at, **when)


@pytest.fixture
def leave_on(here):
    rotation = here.rotation(RotationKind.LEAVE, "Vacation")

    def leave(resident, day):
        mine = {"program": here.program, "resident": resident, "rotation": rotation}
        BlockFactory(**mine, start=day, end=day, overrides=True)

    return leave


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 12, 3, 21, tzinfo=UTC),
        datetime(2026, 11, 1, 16, tzinfo=UTC),
        datetime(2027, 3, 14, 15, tzinfo=UTC),
    ],
)
def test_a_reminder_is_due_24_elapsed_hours_before_even_across_a_clock_change(start):
    assert window_before(start) == Window(start - timedelta(hours=24), start)


def test_owing_again_for_the_same_revision_does_nothing(booking):
    remind(booking)
    remind(Booking.objects.get())
    assert Notice.objects.count() == 1


def test_owing_again_for_a_new_revision_owes_one_more(booking):
    booking.session.revision += 1
    booking.session.save()
    remind(booking)
    remind(booking)
    assert sorted(Notice.objects.values_list("revision", flat=True)) == [1, 2]


def test_a_booked_seat_keeps_its_reminder_true(booking):
    assert holding() == ["class_upcoming"]


@pytest.mark.parametrize(
    "change",
    [
        {"state": BookingState.WITHDRAWN},
        {"state": BookingState.MISSED},
        {"session__state": SessionState.CANCELLED},
        {"session__revision": 2},
    ],
)
def test_a_reminder_lapses_with_its_seat_its_session_or_its_time(booking, change):
    for path, value in change.items():
        target = booking.session if path.startswith("session__") else booking
        type(target).objects.filter(pk=target.pk).update(**{path.removeprefix("session__"): value})
    assert holding() == []


def test_a_withdrawn_seat_takes_its_reminder_back(here, booking, at):
    withdraw_booking(booking, by=here.resident.person, at=at)
    assert holding() == []


@pytest.mark.parametrize("state", [MembershipState.WITHDRAWN, MembershipState.COMPLETED])
def test_who_has_left_is_reminded_of_nothing(here, booking, stand_up, state):
    assert holding() == ["class_upcoming", "stand_up_upcoming"]
    here.resident.memberships.update(state=state)
    assert holding() == []


def test_leave_that_was_entered_after_booking_silences_that_day_only(
    here, booking, stand_up, leave_on
):
    leave_on(here.resident, date(2026, 12, 4))
    assert holding() == ["class_upcoming", "stand_up_upcoming"]
    leave_on(here.resident, booking.session.day)
    assert holding() == []


@pytest.mark.requirement(17)
@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (date(2026, 11, 20), date(2026, 11, 25), []),
        (date(2026, 11, 20), None, []),
        (date(2026, 12, 3), date(2026, 12, 3), []),
        (date(2026, 12, 4), None, ["class_upcoming", "stand_up_upcoming"]),
    ],
)
def test_recorded_leave_silences_while_it_lasts_and_on_the_day_itself(
    here, booking, stand_up, first, last, held
):
    leave = LeaveFactory(resident=here.resident, first=first, last=last)
    assert holding() == held
    leave.withdrawn_at = booking.session.starts_at
    leave.save()
    assert holding() == ["class_upcoming", "stand_up_upcoming"]


def test_leave_of_somebody_else_silences_nothing(here, booking, stand_up, leave_on):
    leave_on(here.other, booking.session.day)
    assert holding() == ["class_upcoming", "stand_up_upcoming"]


def test_who_was_swapped_out_of_sbp_is_no_longer_reminded_of_its_stand_up(here, stand_up):
    here.resident.blocks.update(rotation=here.elective)
    assert holding() == []
    here.other.blocks.update(rotation=here.rotation(RotationKind.SBP, "Another SBP"))
    assert holding() == []


def test_an_extra_membership_that_ended_does_not_double_a_reminder(here, booking, stand_up):
    MembershipFactory(resident=here.resident, state=MembershipState.COMPLETED)
    assert holding() == ["class_upcoming", "stand_up_upcoming"]


@pytest.fixture
def homework(here, session):
    seat = BookingFactory(session=session, resident=here.resident, state=BookingState.ATTENDED)
    return HomeworkFactory(booking=seat)


def test_what_is_told_about_homework_holds_until_its_next_step(here, homework, at):
    writer = here.resident.person
    submit_homework(homework, by=writer, at=at)
    assert holding() == ["homework_submitted"]
    return_homework(homework, by=here.coach, at=at, comment="Add the waits.")
    assert holding() == ["homework_returned"]
    submit_homework(homework, by=writer, at=at)
    assert holding() == ["homework_submitted"]
    accept_homework(homework, by=here.coach, at=at)
    assert holding() == ["homework_accepted"]
    assert Notice.objects.count() == 4


def test_every_kind_is_registered_and_unclear_answers_are_left_to_a_person():
    assert [get_kind(kind.name) for kind in KINDS] == list(KINDS)
    held = {kind.name for kind in KINDS if kind.ambiguous == "hold"}
    assert held == {HOMEWORK_ACCEPTED, HOMEWORK_RETURNED}
    assert HOMEWORK_SUBMITTED not in held


def test_a_resident_of_two_programs_is_reminded_by_the_one_that_booked(world, here, session, at):
    person = world.there.resident.person
    twice = ResidentFactory(program=here.program, person=person)
    BookingFactory(session=session, resident=twice)
    remind(Booking.objects.get())
    assert holding() == []
    seat = BookingFactory(
        session=SessionFactory(program=world.there.program), resident=world.there.resident
    )
    remind(seat)
    assert holding() == ["class_upcoming"]
    assert Homework.objects.count() == 0
