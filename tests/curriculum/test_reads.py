"""What pages read of classes and homework, and at what price."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction

from curriculum import services
from curriculum.models import Course, Homework, Review
from curriculum.reads import (
    Cell,
    ClassProgress,
    answered_homework,
    attendance_list,
    class_progress,
    concerns_of,
    for_board,
    homework_page,
    offers_for,
    open_homework,
    required_courses,
    reviewer_name,
    reviewers_of,
    unprotected_bookings,
    upcoming_bookings,
)
from curriculum.services import book_session
from curriculum.states import BookingState, HomeworkState, SessionState
from qipathway.core.lib.states import DomainError
from residents.models import RoleGrant
from residents.states import Role, RotationKind
from tests.factories.curriculum import (
    BookingFactory,
    CourseFactory,
    HomeworkFactory,
    SessionFactory,
)
from tests.factories.residents import BlockFactory, ClinicPatternFactory

TODAY = date(2026, 11, 23)
UNTIL = date(2027, 3, 23)
BOOKED, ATTENDED, MISSED, WITHDRAWN = BookingState


def seat(here, resident, state=ATTENDED, day=date(2026, 11, 12), **session):
    made = SessionFactory(program=here.program, day=day, **session)
    return BookingFactory(session=made, resident=resident, state=state)


def work(here, resident, day=date(2026, 11, 12), **fields):
    return HomeworkFactory(booking=seat(here, resident, day=day), **fields)


def progress(here, resident):
    """Read it both ways, which must agree, and return it."""
    courses = required_courses(here.program)
    one = class_progress(resident, TODAY)
    nothing = ClassProgress(required=len(courses))
    assert for_board(here.program, courses, TODAY).get(resident.pk, nothing) == one
    return one


def test_required_courses_are_those_of_the_program_in_the_order_of_the_catalogue(world, here):
    second = CourseFactory(program=here.program, position=2)
    first = CourseFactory(program=here.program, position=1)
    CourseFactory(program=here.program, is_required=False)
    CourseFactory(program=world.there.program)
    assert required_courses(here.program) == [first, second]


def test_who_has_booked_nothing_has_nothing_but_the_number_required(here, course):
    assert progress(here, here.resident) == ClassProgress(required=1)


@pytest.mark.parametrize(
    ("state", "day", "cell"),
    [
        (BOOKED, date(2026, 12, 3), Cell("booked", booked_for=date(2026, 12, 3))),
        (MISSED, date(2026, 11, 12), Cell("missed")),
        (ATTENDED, date(2026, 11, 12), Cell("done", done_on=date(2026, 11, 12))),
    ],
)
def test_a_seat_shows_what_became_of_it(here, state, day, cell):
    booking = seat(here, here.resident, state, day)
    read = progress(here, here.resident)
    assert read.cells == {booking.course_id: cell}
    assert read.missed == ((booking.course_id,) if state == MISSED else ())
    assert (read.attended, read.complete) == ((1, 1) if state == ATTENDED else (0, 0))


def test_a_seat_that_was_given_back_shows_nothing(here):
    seat(here, here.resident, WITHDRAWN)
    assert progress(here, here.resident) == ClassProgress(required=1)


@pytest.mark.parametrize(
    ("fields", "kind", "late", "linked"),
    [
        ({}, "open", False, False),
        ({"due_on": TODAY}, "open", False, False),
        ({"due_on": TODAY - timedelta(days=1)}, "open", True, False),
        ({"submitted": True}, "open", False, True),
        ({"submitted": True, "due_on": date(2026, 11, 1)}, "open", False, True),
        ({"accepted": True}, "done", False, True),
        ({"accepted": True, "due_on": date(2026, 11, 1)}, "done", False, True),
    ],
)
def test_a_class_is_complete_when_its_homework_is_accepted_and_not_before(
    here, fields, kind, late, linked
):
    homework = work(here, here.resident, **fields)
    read = progress(here, here.resident)
    uid = str(homework.uid) if linked else ""
    done_on = date(2026, 11, 20) if kind == "done" else None
    cell = Cell(kind, homework_uid=uid, is_overdue=late, done_on=done_on)
    assert read.cells == {homework.course_id: cell}
    assert (read.attended, read.complete) == (1, int(kind == "done"))
    assert read.homework_overdue == int(late)
    assert read.is_complete is (kind == "done")


def test_returned_homework_is_open_and_can_be_late(here):
    work(here, here.resident, submitted=True, due_on=date(2026, 11, 1))
    here.resident.homework.update(state=HomeworkState.RETURNED)
    read = progress(here, here.resident)
    assert (read.homework_open, read.homework_waiting, read.homework_overdue) == (1, 0, 1)


def test_homework_is_counted_by_who_has_the_ball(here):
    work(here, here.resident, day=date(2026, 11, 10))
    work(here, here.resident, day=date(2026, 11, 11), submitted=True)
    work(here, here.resident, day=date(2026, 11, 12), accepted=True)
    work(here, here.other)
    read = progress(here, here.resident)
    assert (read.homework_open, read.homework_waiting, read.complete, read.required) == (1, 1, 1, 4)


def test_an_optional_class_counts_for_nothing(here):
    booking = seat(here, here.resident, course__is_required=False)
    HomeworkFactory(booking=booking, due_on=date(2026, 11, 1))
    assert progress(here, here.resident) == ClassProgress()
    assert not progress(here, here.resident).is_complete


def test_a_seat_that_is_kept_counts_more_than_a_later_one_that_was_missed(here):
    attended = seat(here, here.resident, ATTENDED, date(2026, 11, 10))
    again = SessionFactory(program=here.program, course=attended.course, day=date(2026, 11, 12))
    BookingFactory(session=again, resident=here.resident, state=MISSED)
    read = progress(here, here.resident)
    assert read.cells == {attended.course_id: Cell("done", done_on=date(2026, 11, 10))}
    assert (read.attended, read.missed) == (1, ())


def test_a_new_booking_counts_more_than_one_that_was_missed(here):
    missed = seat(here, here.resident, MISSED)
    again = SessionFactory(program=here.program, course=missed.course, day=date(2026, 12, 3))
    BookingFactory(session=again, resident=here.resident)
    assert progress(here, here.resident).cells == {
        missed.course_id: Cell("booked", booked_for=date(2026, 12, 3))
    }


def test_the_board_never_shows_a_draft_nor_anything_of_another_program(world, here):
    draft = work(here, here.resident)
    work(world.there, world.there.resident, submitted=True)
    read = for_board(here.program, required_courses(here.program), TODAY)
    assert set(read) == {here.resident.pk}
    assert str(draft.uid) not in str(read)


@pytest.mark.parametrize("more", [0, 2])
def test_for_board_costs_three_queries_for_any_number(here, more, django_assert_num_queries):
    people = [here.resident, *(here.member(f"more{number}") for number in range(more))]
    for number, resident in enumerate(people):
        work(here, resident, day=date(2026, 11, 10 + number))
        seat(here, resident, BOOKED, date(2026, 12, 3))
    courses = required_courses(here.program)
    with django_assert_num_queries(3):
        assert len(for_board(here.program, courses, TODAY)) == len(people)


@pytest.mark.parametrize("more", [0, 2])
def test_class_progress_costs_four_queries_for_any_number(here, more, django_assert_num_queries):
    for number in range(1 + more):
        work(here, here.resident, day=date(2026, 11, 10 + number))
    with django_assert_num_queries(4):
        assert class_progress(here.resident, TODAY).attended == 1 + more


@pytest.mark.requirement(8)
def test_offers_agree_with_book_session_for_every_session(here, course, at):
    """What is offered as open is taken; what is refused is refused, whatever the reason."""
    first = CourseFactory(program=here.program, title="First", short_title="First")
    course.prerequisites.add(first)
    ClinicPatternFactory(program=here.program, resident=here.resident, weekday=1, half="AM")
    BlockFactory(
        program=here.program,
        resident=here.resident,
        rotation=here.rotation(RotationKind.ICU, "ICU"),
        start=date(2026, 12, 14),
        end=date(2027, 1, 10),
    )
    booked = SessionFactory(program=here.program, course=first, day=date(2026, 12, 1))
    BookingFactory(session=booked, resident=here.resident)
    done = seat(here, here.resident)
    full = SessionFactory(program=here.program, day=date(2026, 12, 2), capacity=2)
    BookingFactory.create_batch(2, session=full)
    made = [
        SessionFactory(program=here.program, course=course, day=day)
        for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 16))
    ]
    made += [
        full,
        SessionFactory(program=here.program, course=first, day=date(2026, 12, 8)),
        SessionFactory(program=here.program, course=done.course, day=date(2026, 12, 9)),
        SessionFactory(program=here.program, day=date(2026, 12, 8), starts=time(8), ends=time(12)),
        SessionFactory(program=here.program, day=date(2026, 12, 5)),
        SessionFactory(program=here.program, day=date(2026, 12, 9), starts=time(17), ends=time(19)),
        SessionFactory(program=here.program, day=date(2026, 12, 10), state=SessionState.CANCELLED),
        SessionFactory(program=here.program, day=date(2026, 11, 19)),
    ]
    offers = offers_for(here.resident, after=at, until=UNTIL)
    shown = {offer.session: offer.is_open for offer in offers}
    taken = {session: can_book(session, here.resident, at) for session in made}
    assert {session: shown.get(session, False) for session in made} == taken
    assert [session for session, is_taken in taken.items() if is_taken] == [made[2]]


def can_book(session, resident, at):
    try:
        with transaction.atomic():
            book_session(session, resident=resident, by=resident.person, at=at)
            transaction.set_rollback(True)
    except DomainError:
        return False
    return True


@pytest.mark.requirement(8)
def test_an_offer_says_in_words_why_it_is_not_for_one(here, session, course, at):
    [offer] = offers_for(here.resident, after=at, until=UNTIL)
    assert (offer.session, offer.seats_left, offer.refusal) == (session, 12, "")
    assert offer.is_open
    assert offer.booking is None
    ClinicPatternFactory(program=here.program, resident=here.resident, weekday=3, half="PM")
    [offer] = offers_for(here.resident, after=at, until=UNTIL)
    assert offer.refusal == "Thursday afternoon is your continuity clinic"
    course.prerequisites.add(CourseFactory(program=here.program, short_title="Genba"))
    [offer] = offers_for(here.resident, after=at, until=UNTIL)
    assert offer.refusal == "Genba comes first"
    assert not offer.is_open


def test_nothing_is_offered_to_who_is_not_on_the_pathway(here, session, at):
    here.resident.memberships.update(state="completed")
    [offer] = offers_for(here.resident, after=at, until=UNTIL)
    assert offer.refusal == "only residents on the pathway take its classes"
    assert not offer.is_open
    assert not can_book(session, here.resident, at)


@pytest.mark.parametrize("more", [0, 2])
def test_who_a_session_takes_from_unprotected_time_costs_six_queries_for_any_number(
    here, session, more, django_assert_num_queries
):
    BookingFactory(session=session, resident=here.resident)
    for number in range(more):
        BookingFactory(session=session, resident=here.member(f"more{number}"))
    session.day = date(2026, 12, 5)
    with django_assert_num_queries(6):
        names = [each.resident.person.name for each in unprotected_bookings(session)]
    assert len(names) == 1 + more


def test_an_offer_knows_the_seat_one_has_and_refuses_the_other_dates(here, session, course, at):
    booking = BookingFactory(session=session, resident=here.resident)
    SessionFactory(program=here.program, course=course, day=date(2026, 12, 8))
    mine, other = offers_for(here.resident, after=at, until=UNTIL)
    assert (mine.booking, mine.refusal, mine.is_open) == (booking, "", False)
    assert (other.booking, other.refusal) == (
        None,
        "you are booked for another date of this class",
    )


def test_an_offer_at_the_time_of_another_class_names_it(here, session, at):
    BookingFactory(session=session, resident=here.resident)
    SessionFactory(program=here.program, starts=time(16))
    offers = offers_for(here.resident, after=at, until=UNTIL)
    assert [offer.refusal for offer in offers] == ["", "VSM is at the same time"]


def test_offers_count_the_seats_that_are_left_and_never_below_none(here, session, at):
    BookingFactory(session=session, resident=here.other)
    BookingFactory(session=session, state=WITHDRAWN)
    [offer] = offers_for(here.resident, after=at, until=UNTIL)
    assert offer.seats_left == 11
    type(session).objects.update(capacity=1, held_seats=0)
    BookingFactory(session=session, state=MISSED)
    [offer] = offers_for(here.resident, after=at, until=UNTIL)
    assert (offer.seats_left, offer.is_open) == (0, False)


def test_offers_are_those_to_come_of_this_program_in_order_of_time(world, here, session, at):
    sooner = SessionFactory(program=here.program, day=date(2026, 12, 1))
    SessionFactory(program=here.program, day=UNTIL + timedelta(days=1))
    SessionFactory(program=world.there.program)
    SessionFactory(program=here.program, day=date(2026, 11, 20))
    offers = offers_for(here.resident, after=at, until=UNTIL)
    assert [offer.session for offer in offers] == [sooner, session]


@pytest.mark.parametrize("more", [0, 2])
def test_offers_for_costs_ten_queries_for_any_number(
    here, session, at, more, django_assert_num_queries
):
    BookingFactory(session=session, resident=here.resident)
    for number in range(more):
        other = SessionFactory(program=here.program, day=date(2026, 12, 7 + number))
        other.course.prerequisites.add(session.course)
    with django_assert_num_queries(10):
        offers = offers_for(here.resident, after=at, until=UNTIL)
        assert [offer.session.course.title for offer in offers]
        assert [offer.session.instructor.name for offer in offers]
    assert len(offers) == 1 + more


@pytest.mark.parametrize("more", [0, 2])
def test_the_attendance_list_names_everybody_with_a_seat_in_one_query(
    here, session, more, django_assert_num_queries
):
    booking = BookingFactory(session=session, resident=here.resident, state=ATTENDED)
    homework = HomeworkFactory(booking=booking)
    BookingFactory(session=session, resident=here.other, state=WITHDRAWN)
    for number in range(more):
        BookingFactory(session=session, resident=here.member(f"more{number}"))
    with django_assert_num_queries(1):
        listed = attendance_list(session)
        names = [each.resident.person.family_name for each in listed]
        assert [getattr(each, "homework", None) for each in listed].count(homework) == 1
    assert len(listed) == 1 + more
    assert names == sorted(names)


@pytest.mark.parametrize("more", [0, 2])
def test_open_homework_comes_soonest_due_first_in_one_query(here, more, django_assert_num_queries):
    last = work(here, here.resident, due_on=date(2027, 1, 10))
    for number in range(more):
        work(here, here.resident, day=date(2026, 11, 9 + number), due_on=date(2026, 12, 9 - number))
    work(here, here.resident, day=date(2026, 11, 2), accepted=True)
    work(here, here.other)
    with django_assert_num_queries(1):
        rows = open_homework(here.resident)
        assert [row.course.title for row in rows]
        assert [row.booking.session.instructor.name for row in rows]
    assert len(rows) == 1 + more
    assert rows[-1] == last
    assert [row.due_on for row in rows] == sorted(row.due_on for row in rows)


def test_answered_homework_comes_newest_first(here):
    older = work(here, here.resident, day=date(2026, 11, 2), accepted=True)
    newer = work(here, here.resident, accepted=True, accepted_at=older.accepted_at + timedelta(1))
    work(here, here.resident, day=date(2026, 11, 3))
    assert answered_homework(here.resident) == [newer, older]


@pytest.mark.parametrize("answers", [1, 3])
def test_a_homework_page_costs_three_queries_with_any_number_of_answers(
    here, answers, django_assert_num_queries
):
    homework = work(here, here.resident, submitted=True)
    for number in range(answers):
        Review.objects.create(
            program=here.program,
            homework=homework,
            reviewer=here.coach,
            at=homework.submitted_at + timedelta(hours=number),
            answer=HomeworkState.RETURNED,
            comment=f"Answer {number}",
        )
    with django_assert_num_queries(3):
        page = homework_page(homework)
        comments = [f"{review.comment}, {review.reviewer}" for review in page.reviews.all()]
        assert list(page.files.all()) == []
    assert comments[0] == f"Answer {answers - 1}, {here.coach.name}"
    assert len(comments) == answers


def test_upcoming_bookings_are_ones_own_the_soonest_first(here, session, at):
    mine = BookingFactory(session=session, resident=here.resident)
    sooner = seat(here, here.resident, BOOKED, date(2026, 11, 24))
    seat(here, here.resident, WITHDRAWN, date(2026, 11, 25))
    seat(here, here.resident, BOOKED, date(2026, 11, 20))
    seat(here, here.other, BOOKED, date(2026, 11, 26))
    assert upcoming_bookings(here.resident, after=at) == [sooner, mine]
    assert upcoming_bookings(here.resident, after=at, limit=1) == [sooner]


def test_the_reviewer_is_the_coach_or_else_the_instructor(here, session):
    homework = HomeworkFactory(
        booking=BookingFactory(session=session, resident=here.resident, state=ATTENDED)
    )
    assert reviewers_of(homework) == [here.coach]
    assert reviewer_name(here.resident) == here.coach.given_name
    RoleGrant.objects.filter(person=here.coach).update(until=date(2026, 11, 22))
    assert reviewers_of(homework) == [here.instructor]
    assert reviewer_name(here.resident) == "your instructor"


def test_a_course_names_its_strands(here):
    course = CourseFactory(program=here.program, strands=["qi", "change"])
    assert Course.objects.get(pk=course.pk).get_strands() == [
        "QI methodology",
        "Change management",
    ]


def test_homework_without_coach_and_instructor_is_left_to_the_pool(here, session):
    homework = HomeworkFactory(
        booking=BookingFactory(session=session, resident=here.resident, state=ATTENDED)
    )
    pool = [here.person(name, Role.COACH) for name in ("pool", "secondpool")]
    RoleGrant.objects.filter(person=here.coach).update(until=date(2026, 11, 22))
    assert reviewers_of(homework) == [here.instructor]
    RoleGrant.objects.filter(person=here.instructor).update(until=date(2026, 11, 22))
    again = Homework.objects.for_page().get()
    assert reviewers_of(again) == pool
    pool[0].grants.update(until=date(2026, 11, 22))
    assert reviewers_of(again) == pool[1:]


def booked(here, session, *days):
    """Book the resident for a class on each of the days, each one asking for the class before."""
    bookings = []
    for day in days:
        each = SessionFactory(program=here.program, day=day)
        if bookings:
            each.course.prerequisites.add(bookings[-1].course)
        bookings.append(BookingFactory(session=each, resident=here.resident))
    return bookings


def test_a_class_whose_prerequisite_was_moved_behind_it_is_a_concern(here, session, at):
    first, second = booked(here, session, date(2026, 11, 24), date(2026, 12, 1))
    assert concerns_of(here.resident, after=at) == []
    later = date(2026, 12, 8)
    services.move_session(
        first.session, by=here.director, at=at, day=later, starts=time(13), ends=time(17), place="X"
    )
    [found] = concerns_of(here.resident, after=at)
    assert (found, found.first) == (second, first.course)
    assert concerns_of(here.other, after=at) == []


def test_a_class_whose_prerequisite_was_given_back_is_a_concern_until_it_is_over(
    here, session, at, django_assert_num_queries
):
    first, second = booked(here, session, date(2026, 11, 24), date(2026, 12, 1))
    services.withdraw_booking(first, by=here.resident.person, at=at)
    with django_assert_num_queries(4):
        assert concerns_of(here.resident, after=at) == [second]
    assert concerns_of(here.resident, after=second.session.ends_at) == []
