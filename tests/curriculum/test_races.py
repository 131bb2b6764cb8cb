"""Many press at the same moment, on the real database: it happens once, and all are told."""

from datetime import UTC, date, datetime, time

import pytest

from curriculum.models import (
    Activity,
    Booking,
    Completion,
    Contribution,
    Homework,
    Review,
    Session,
    StandUp,
)
from curriculum.reads import Claim
from curriculum.reminders import CLASS_CANCELLED, CLASS_UPCOMING
from curriculum.services import (
    Entry,
    Given,
    accept_homework,
    attend_stand_up,
    book_session,
    cancel_session,
    confirm_contribution,
    log_activity,
    log_contribution,
    move_session,
    reassign_sessions,
    rebase_due_dates,
    record_completion,
    record_completions,
    return_homework,
    save_homework,
    schedule_stand_up,
    staff_session,
    submit_homework,
    take_attendance,
    withdraw_activity,
    withdraw_booking,
    withdraw_bookings,
    withdraw_completion,
    withdraw_contribution,
)
from curriculum.services.homework import Overtaken
from curriculum.states import ActivityKind, BookingState, ContributionKind
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from tests.factories.curriculum import (
    BookingFactory,
    CompletionFactory,
    HomeworkFactory,
    SessionFactory,
    StandUpFactory,
)
from tests.together import behind, done, forget_everything, together, told

CROWD = 12
TUESDAY = {"day": date(2026, 12, 8), "starts": time(8), "ends": time(12), "place": "Buck 4 East"}
LATER = datetime(2026, 12, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The real database: every thread sees what is written; afterwards it is taken away."""
    with django_db_blocker.unblock():
        yield
        forget_everything()


def booking_of(session, resident, at):
    return lambda: book_session(session, resident=resident, by=resident.person, at=at)


def events(name):
    return Event.objects.filter(action=f"curriculum.{name}").count()


@pytest.fixture
def homework(here, session):
    seat = BookingFactory(session=session, resident=here.resident, state=BookingState.ATTENDED)
    return HomeworkFactory(booking=seat)


def test_of_twelve_after_the_last_seat_exactly_one_gets_it(here, session, at):
    Session.objects.update(capacity=1, held_seats=0)
    crowd = [here.member(f"person{number}") for number in range(CROWD)]
    results = together(*(booking_of(session, resident, at) for resident in crowd))
    assert told(results) == ["Not booked: the last seat is gone. Choose another date."] * 11
    assert done(results) == [Booking.objects.get()]
    assert events("book_session") == Notice.objects.count() == Mail.objects.count() == 1


def test_of_two_classes_at_the_same_time_one_resident_gets_one(here, at):
    morning = {"program": here.program, "starts": time(8), "ends": time(12)}
    sessions = [SessionFactory(**morning) for _ in range(6)]
    results = together(*(booking_of(each, here.resident, at) for each in sessions))
    [kept] = done(results)
    assert told(results) == [f"Not booked: {kept.course.title} is at the same time."] * 5
    assert Booking.objects.count() == events("book_session") == Notice.objects.count() == 1


def test_a_double_press_and_another_date_book_the_same_class_once(here, session, course, at):
    other = SessionFactory(program=here.program, course=course, day=date(2026, 12, 8))
    results = together(
        *(booking_of(each, here.resident, at) for each in (session, session, other, other))
    )
    [kept] = done(results)
    words = f"Not booked: you are booked for this class on Dec {kept.session.day.day}."
    assert told(results) == [words] * 3
    assert Booking.objects.count() == Notice.objects.count() == 1


def test_booking_and_cancelling_at_once_leave_nobody_on_a_cancelled_class(here, session, at):
    crowd = [here.member(f"person{number}") for number in range(5)]
    results = together(
        *(booking_of(session, resident, at) for resident in crowd),
        lambda: cancel_session(session, by=here.director, at=at),
    )
    refused = told(results)
    words = "Not booked: this class was cancelled. Choose another date."
    assert refused == [words] * len(refused)
    assert not Booking.objects.live().exists()
    assert not Notice.objects.standing().filter(kind=CLASS_UPCOMING).exists()
    assert not Mail.objects.filter(state="pending", kind=CLASS_UPCOMING).exists()
    assert Notice.objects.filter(kind=CLASS_CANCELLED).count() == 5 - len(refused)
    assert events("book_session") == 5 - len(refused)


def test_booking_and_moving_at_once_leave_every_seat_at_the_sessions_own_time(here, session, at):
    crowd = [here.member(f"person{number}") for number in range(5)]
    results = together(
        *(booking_of(session, resident, at) for resident in crowd),
        lambda: move_session(session, by=here.director, at=at, **TUESDAY),
    )
    now = Session.objects.get()
    spans = {(span.lower, span.upper) for span in Booking.objects.values_list("during", flat=True)}
    assert spans == {(now.starts_at, now.ends_at)}
    standing = Notice.objects.filter(revision=now.revision, kind=CLASS_UPCOMING)
    assert standing.count() == Booking.objects.count() == len(done(results[:5])) == 5


def test_seats_taken_away_while_they_are_booked_never_leave_more_people_than_seats(
    here, session, at
):
    Session.objects.update(capacity=5, held_seats=0)
    crowd = [here.member(f"person{number}") for number in range(5)]
    fewer = {"instructor": session.instructor, "capacity": 2, "held_seats": 0}
    results = together(
        *(booking_of(session, resident, at) for resident in crowd),
        lambda: staff_session(session, by=here.director, **fewer),
    )
    assert Booking.objects.count() <= Session.objects.get().capacity
    assert len(results) == len(told(results)) + len(done(results)) == 6


def test_who_moves_while_a_seat_is_being_taken_is_asked_to_press_again(here, session, at):
    """The holder was not locked when the session was, so their other classes may still change."""
    refusal = behind(
        booking_of(session, here.resident, at),
        lambda: move_session(session, by=here.director, at=at, **TUESDAY),
    )
    assert str(refusal) == ("Nothing was changed: somebody booked at this moment. Press once more.")
    assert Session.objects.get().revision == 1


def test_two_sessions_moved_to_the_same_time_never_hold_the_same_person_twice(here, at):
    days = (date(2026, 12, 1), date(2026, 12, 3))
    sessions = [SessionFactory(program=here.program, day=day) for day in days]
    for session in sessions:
        for resident in (here.resident, here.other):
            BookingFactory(session=session, resident=resident)
    results = together(
        *(
            lambda each=each, room=room: move_session(
                each, by=here.director, at=at, **{**TUESDAY, "place": room}
            )
            for each, room in zip(sessions, ("Buck 2", "Buck 4"), strict=True)
        )
    )
    [words] = told(results)
    assert words.startswith("Not moved: another class is at that time for ")
    assert sorted(Session.objects.values_list("revision", flat=True)) == [1, 2]


def test_giving_a_seat_back_twice_gives_it_back_once(here, session, at):
    booking = BookingFactory(session=session, resident=here.resident)
    results = together(*[lambda: withdraw_booking(booking, by=here.resident.person, at=at)] * 4)
    assert len(done(results)) == events("withdraw_booking") == 1


def test_two_who_save_the_same_list_mark_everybody_once(here, session):
    seats = [BookingFactory(session=session, resident=each) for each in (here.resident, here.other)]
    uids = [seat.uid for seat in seats]
    results = together(
        *(
            lambda by=by: take_attendance(session, by=by, at=LATER, attended=uids, missed=())
            for by in (here.instructor, here.director)
        )
    )
    assert sorted(len(changed) for changed in results) == [0, 2]
    assert Homework.objects.count() == events("take_attendance") == 2


def test_correcting_an_absence_while_the_class_is_booked_again_keeps_one_seat(
    here, session, course, at
):
    missed = BookingFactory(session=session, resident=here.resident, state=BookingState.MISSED)
    again = SessionFactory(program=here.program, course=course, day=date(2026, 12, 8))
    results = together(
        booking_of(again, here.resident, LATER),
        lambda: take_attendance(
            session, by=here.instructor, at=LATER, attended=[missed.uid], missed=()
        ),
    )
    assert len(told(results)) == 1
    assert Booking.objects.filter(course=course, state__in=("booked", "attended")).count() == 1


def test_an_attendance_stands_when_its_homework_is_being_written_at_that_moment(
    here, session, homework
):
    Homework.objects.update(body="")
    typed = {"area": "7 East", "body": "Fourteen steps.", "version": 1}
    missed = {"attended": (), "missed": [homework.booking.uid]}
    refusal = behind(
        lambda: save_homework(homework, by=here.resident.person, at=LATER, **typed),
        lambda: take_attendance(session, by=here.instructor, at=LATER, **missed),
    )
    assert "has already worked on the homework" in str(refusal)
    kept = Homework.objects.get()
    assert (kept.body, kept.booking.state) == ("Fourteen steps.", BookingState.ATTENDED)


def test_homework_that_is_taken_away_at_that_moment_is_told_to_its_writer(here, session, homework):
    Homework.objects.update(body="")
    typed = {"area": "7 East", "body": "Fourteen steps.", "version": 1}
    missed = {"attended": (), "missed": [homework.booking.uid]}
    refusal = behind(
        lambda: take_attendance(session, by=here.instructor, at=LATER, **missed),
        lambda: save_homework(homework, by=here.resident.person, at=LATER, **typed),
    )
    assert str(refusal) == ("Nothing was changed: the class's attendance was corrected meanwhile.")
    assert not Homework.objects.exists()


def test_of_two_devices_that_save_at_once_one_is_shown_the_newer_text(homework, here, at):
    texts = ("On the phone.", "At the desk.")
    results = together(
        *(
            lambda text=text: save_homework(
                homework, by=here.resident.person, at=at, area="", body=text, version=1
            )
            for text in texts
        )
    )
    [overtaken] = [result for result in results if isinstance(result, Overtaken)]
    [saved] = done(results)
    kept = Homework.objects.get()
    assert (kept.body, kept.version) == (saved.body, 2) == (overtaken.current.body, 2)


def test_a_double_press_saves_the_same_text_once(homework, here, at):
    typed = {"area": "7 East", "body": "Fourteen steps.", "version": 1}
    results = together(
        *[lambda: save_homework(homework, by=here.resident.person, at=at, **typed)] * 4
    )
    assert told(results) == []
    assert Homework.objects.get().version == 2


def test_handing_in_six_times_at_once_hands_in_once(homework, here, at):
    results = together(*[lambda: submit_homework(homework, by=here.resident.person, at=at)] * 6)
    assert len(done(results)) == 1
    assert {words.partition(":")[0] for words in told(results)} == {"Nothing was changed"}
    assert events("submit_homework") == Notice.objects.count() == Mail.objects.count() == 1


@pytest.mark.parametrize("first", ["accept", "return"])
def test_of_accept_and_return_at_once_the_first_wins_and_the_second_is_told(
    homework, here, at, first
):
    submit_homework(homework, by=here.resident.person, at=at)
    answers = {
        "accept": lambda: accept_homework(homework, by=here.coach, at=at),
        "return": lambda: return_homework(
            homework, by=here.instructor, at=at, comment="Add the waits."
        ),
    }
    refusal = behind(answers.pop(first), *answers.values())
    state = {"accept": "accepted", "return": "returned"}[first]
    assert str(refusal).startswith(f"Nothing was changed: this is {state} by now, ")
    assert Homework.objects.get().state == Review.objects.get().answer == state
    assert (events("accept_homework"), events("return_homework")) == (
        (1, 0) if first == "accept" else (0, 1)
    )
    assert Notice.objects.filter(recipient=here.resident.person).count() == 1


def test_of_six_reviewers_who_accept_at_once_one_has_answered(homework, here, at):
    submit_homework(homework, by=here.resident.person, at=at)
    results = together(*[lambda: accept_homework(homework, by=here.coach, at=at)] * 6)
    assert len(done(results)) == Review.objects.count() == events("accept_homework") == 1
    assert Notice.objects.filter(recipient=here.resident.person).count() == 1


def test_a_stand_up_tapped_six_times_at_once_is_logged_once(here):
    stand_up = StandUpFactory(program=here.program)
    resident, at = here.resident, LATER
    results = together(
        *[lambda: attend_stand_up(stand_up, resident=resident, by=resident.person, at=at)] * 6
    )
    assert {result.pk for result in results} == {Activity.objects.get().pk}
    assert events("attend_stand_up") == 1


def test_a_stand_up_announced_six_times_at_once_is_on_the_list_once(here, at):
    when = {"day": date(2026, 11, 24), "starts": time(8), "place": "7 East huddle wall"}
    results = together(
        *(
            lambda: schedule_stand_up(here.program, by=here.director, at=at, **when)
            for _ in range(6)
        )
    )
    assert told(results) == ["This stand-up is already on the list."] * 5
    assert done(results) == [StandUp.objects.get()]
    assert events("schedule_stand_up") == 1


def test_giving_a_seat_back_while_the_class_is_cancelled_is_told_once(here, session, at):
    seat = book_session(session, resident=here.resident, by=here.resident.person, at=at)
    together(
        lambda: withdraw_booking(seat, by=here.resident.person, at=at),
        lambda: cancel_session(session, by=here.director, at=at),
    )
    seat.refresh_from_db()
    assert seat.state == BookingState.WITHDRAWN
    gave_back, was_told = events("withdraw_booking"), Notice.objects.filter(kind=CLASS_CANCELLED)
    assert gave_back + was_told.count() == 1


def test_two_who_sign_the_same_class_and_one_who_books_it_leave_one_fact(here, session, course, at):
    claim = Claim(here.resident, course, date(2025, 7, 3), homework_accepted=True)

    def sign():
        return record_completion(
            here.resident, by=here.director, at=at, claims=[claim], evidence="Certificate"
        )

    results = together(sign, sign, booking_of(session, here.resident, at))
    kept = Booking.objects.filter(state=BookingState.BOOKED).count()
    assert len(done(results)) == kept + Completion.objects.count() == 1


def test_a_list_entered_twice_at_once_is_entered_once(here, course, at):
    claims = [Claim(each, course, date(2025, 7, 3)) for each in (here.resident, here.other)]
    results = together(
        *(
            lambda order=order: record_completions(claims[::order], by=here.director, at=at)
            for order in (1, -1, 1)
        )
    )
    assert sum(verdict.is_new for verdicts in done(results) for verdict in verdicts) == 2
    assert Completion.objects.count() == events("record_completions") == 2


def test_a_completion_taken_back_four_times_at_once_is_taken_back_once(here, at):
    signed = CompletionFactory(resident=here.resident)
    results = together(
        *[lambda: withdraw_completion(signed, by=here.director, at=at)] * 4,
    )
    assert told(results) == ["This was already taken back."] * 3
    assert events("withdraw_completion") == 1


def test_a_stand_up_tapped_twice_is_logged_once_and_taken_back_once(here, at):
    entry = Entry(ActivityKind.STAND_UP, date(2026, 11, 23))
    person = here.resident.person
    results = together(
        *[lambda: log_activity(here.resident, by=person, at=at, entry=entry)] * 4,
    )
    assert told(results) == ["Already logged for the week of Nov 23."] * 3
    (logged,) = done(results)
    results = together(*[lambda: withdraw_activity(logged, by=person)] * 4)
    assert told(results) == ["This was already taken back."] * 3
    assert (events("log_activity"), events("withdraw_activity")) == (1, 1)


def test_due_dates_derived_twice_at_once_are_told_once(here, homework):
    Homework.objects.update(due_on=date(2026, 12, 4))
    results = together(
        *(lambda: rebase_due_dates([here.resident], by=here.coordinator) for _ in range(3))
    )
    assert sorted(map(len, results)) == [0, 0, 1]
    assert events("rebase_due_dates") == 1


def test_classes_given_to_two_instructors_at_once_are_all_one_s(here):
    sessions = SessionFactory.create_batch(3, program=here.program, instructor=here.instructor)
    people = [here.coach, here.kpo_lead]
    together(
        *(
            lambda person=person, sessions=sessions[::step]: reassign_sessions(
                sessions, instructor=person, by=here.director
            )
            for person, step in zip(people, (1, -1), strict=True)
        )
    )
    assert Session.objects.values("instructor").distinct().count() == 1
    assert Session.objects.first().instructor in people


def test_a_class_cancelled_while_it_is_handed_over_is_not_taught(here, at):
    session = SessionFactory(program=here.program, instructor=here.instructor)
    results = together(
        lambda: cancel_session(session, by=here.director, at=at),
        lambda: reassign_sessions([session], instructor=here.coach, by=here.director),
    )
    session.refresh_from_db()
    assert session.state == "cancelled"
    assert len(told(results)) == (session.instructor == here.instructor)


def test_seats_given_back_together_while_their_classes_are_cancelled_end_once(world):
    here, at = world.here, LATER
    sessions = [
        SessionFactory(program=here.program, day=date(2026, 12, day), instructor=here.instructor)
        for day in (8, 10)
    ]
    seats = [
        BookingFactory(session=session, resident=resident)
        for session in sessions
        for resident in (here.resident, here.other)
    ]
    results = together(
        lambda: withdraw_bookings(seats[::-1], by=here.director, at=at),
        lambda: withdraw_bookings(seats, by=here.coordinator, at=at),
        *(
            lambda session=session: cancel_session(session, by=here.director, at=at)
            for session in sessions
        ),
    )
    assert len(done(results)) >= len(sessions)
    assert not Booking.objects.filter(state=BookingState.BOOKED).exists()
    assert events("withdraw_booking") in (0, len(seats))


@pytest.mark.requirement(53)
def test_a_contribution_pressed_by_many_is_logged_once_confirmed_once_and_taken_back_once(here, at):
    resident, given = here.resident, Given(ContributionKind.TAUGHT, date(2026, 11, 20))
    results = together(
        *[lambda: log_contribution(resident, by=resident.person, at=at, given=given)] * 4
    )
    [logged] = done(results)
    assert told(results) == ["Already logged for Nov 20."] * 3
    results = together(*[lambda: confirm_contribution(logged, by=here.coach, at=at)] * 4)
    assert told(results) == ["This was already confirmed."] * 3
    results = together(*[lambda: withdraw_contribution(logged, by=here.director)] * 4)
    assert told(results) == ["This was already taken back."] * 3
    assert not Contribution.objects.exists()
    counts = [events(f"{verb}_contribution") for verb in ("log", "confirm", "withdraw")]
    assert counts == [1, 1, 1]
