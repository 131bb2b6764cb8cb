"""What the database refuses by itself, by the name that a person can read."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from curriculum.models import Booking, Homework, Review
from curriculum.states import ActivityKind, BookingState, CompletionSource, HomeworkState
from tests.factories.curriculum import (
    ActivityFactory,
    BookingFactory,
    CompletionFactory,
    CourseFactory,
    HomeworkFactory,
    SessionFactory,
    StandUpFactory,
)

NOW = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
FREE = [BookingState.MISSED, BookingState.WITHDRAWN]


def refused(constraint, make, **fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**fields)


@pytest.fixture
def booking(here, session):
    return BookingFactory(session=session, resident=here.resident)


@pytest.fixture
def homework(booking):
    return HomeworkFactory(booking=booking)


def test_a_class_done_before_is_signed_by_somebody_and_one_that_is_listed_need_not_be(here, course):
    row = {"resident": here.resident, "course": course, "signed_by": None}
    refused("completion_is_signed_or_listed_elsewhere", CompletionFactory, **row)
    assert CompletionFactory(**row, source=CompletionSource.LEARNING_SYSTEM).pk


def test_a_class_carries_at_least_one_strand(here):
    refused("class_carries_at_least_one_strand", CourseFactory, program=here.program, strands=[])


def test_codes_of_classes_differ_within_a_program_only(world, here, course):
    refused("class_codes_differ", CourseFactory, program=here.program, code=course.code)
    assert CourseFactory(program=world.there.program, code=course.code).pk


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends": time(13)}, "session_ends_after_it_starts"),
        ({"ends": time(12)}, "session_ends_after_it_starts"),
        ({"capacity": 0, "held_seats": 0}, "session_has_a_seat"),
        ({"capacity": 2, "held_seats": 3}, "held_seats_fit_the_room"),
    ],
)
def test_an_impossible_session_is_refused(here, fields, constraint):
    refused(constraint, SessionFactory, program=here.program, **fields)


def test_a_class_is_taught_once_at_a_time_and_place(here, session, course):
    same = {"program": here.program, "course": course}
    refused("one_session_per_class_time_and_place", SessionFactory, **same)
    assert SessionFactory(**same, place="Buck 4 East").pk


def test_a_class_is_kept_once_however_it_was_booked(here, session, course, booking):
    again = SessionFactory(program=here.program, course=course, day=date(2026, 12, 8))
    twice = {"session": again, "resident": here.resident}
    refused("one_kept_booking_per_class", BookingFactory, **twice)
    attended = {**twice, "state": BookingState.ATTENDED}
    refused("one_kept_booking_per_class", BookingFactory, **attended)
    assert [BookingFactory(**twice, state=state).state for state in FREE] == FREE


def test_two_seats_of_one_resident_never_overlap(here, session, booking):
    across = SessionFactory(program=here.program, starts=time(16), ends=time(18))
    twice = {"session": across, "resident": here.resident}
    refused("bookings_of_a_resident_never_overlap", BookingFactory, **twice)
    assert [BookingFactory(**twice, state=state).state for state in FREE] == FREE
    assert BookingFactory(session=across, resident=here.other).pk


@pytest.mark.parametrize(
    ("state", "attended_at"),
    [
        (BookingState.ATTENDED, None),
        (BookingState.BOOKED, NOW),
        (BookingState.MISSED, NOW),
        (BookingState.WITHDRAWN, NOW),
    ],
)
def test_attended_and_the_time_of_it_go_together(booking, state, attended_at):
    change = {"state": state, "attended_at": attended_at}
    refused("attended_booking_has_a_time", Booking.objects.update, **change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "accepted", "submitted_at": NOW}, "accepted_homework_has_a_time"),
        ({"state": "submitted", "submitted_at": NOW, "accepted_at": NOW}, "accepted_homework"),
        ({"state": "returned", "submitted_at": NOW, "accepted_at": NOW}, "accepted_homework"),
        ({"accepted_at": NOW}, "accepted_homework_has_a_time"),
        ({"state": "submitted"}, "handed_in_homework_has_a_time"),
        ({"state": "returned"}, "handed_in_homework_has_a_time"),
        ({"state": "accepted", "accepted_at": NOW}, "handed_in_homework_has_a_time"),
    ],
)
def test_handed_in_and_accepted_go_with_their_times(homework, change, constraint):
    refused(constraint, Homework.objects.update, **change)


def test_a_resident_has_one_homework_per_class(here, session, booking, homework):
    Booking.objects.update(state=BookingState.WITHDRAWN)
    again = BookingFactory(session=session, resident=here.resident)
    refused("one_homework_per_resident_and_class", HomeworkFactory, booking=again)


@pytest.mark.parametrize("answer", [HomeworkState.RETURNED, HomeworkState.ACCEPTED])
def test_a_return_says_why_and_an_acceptance_need_not(here, homework, answer):
    review = {
        "program": here.program,
        "homework": homework,
        "reviewer": here.coach,
        "at": NOW,
        "answer": answer,
        "comment": "",
    }
    if answer == HomeworkState.RETURNED:
        refused("returned_homework_says_why", Review.objects.create, **review)
    else:
        assert Review.objects.create(**review).pk


def test_a_stand_up_is_announced_once_and_attended_once(here):
    stand_up = StandUpFactory(program=here.program)
    refused("one_stand_up_per_time_and_place", StandUpFactory, program=here.program)
    mine = {"resident": here.resident, "day": stand_up.day}
    ActivityFactory(**mine, stand_up=stand_up)
    refused("weekly_activity_is_logged_once_a_week", ActivityFactory, **mine)
    tour = {"resident": here.resident, "kind": ActivityKind.FLOW_TOUR}
    refused("only_a_stand_up_was_announced_as_one", ActivityFactory, **tour, stand_up=stand_up)
