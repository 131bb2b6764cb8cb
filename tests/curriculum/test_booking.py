"""A seat is given on a protected half day, or refused in words with nothing written."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from psycopg2.extras import DateTimeTZRange

from curriculum.models import Booking
from curriculum.reminders import CLASS_UPCOMING
from curriculum.services import book_session, withdraw_booking
from curriculum.states import BookingState, SessionState
from qipathway.core.lib.states import IllegalMove
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from residents.states import MembershipState, RotationKind
from tests.curriculum.evidence import refused
from tests.factories.curriculum import BookingFactory, CourseFactory, SessionFactory
from tests.factories.residents import (
    BlockFactory,
    ClinicPatternFactory,
    HalfDayHoldFactory,
)

THURSDAY = date(2026, 12, 3)


def book(session, resident, at, **more):
    return book_session(session, resident=resident, by=resident.person, at=at, **more)


def by_director(session, here, at, **more):
    return book_session(session, resident=here.resident, by=here.director, at=at, **more)


def stay(here, kind, name, start, end, **fields):
    rotation = here.rotation(kind, name)
    mine = {"program": here.program, "resident": here.resident, "rotation": rotation}
    return BlockFactory(**mine, start=start, end=end, **fields)


@pytest.mark.requirement(8)
def test_a_seat_on_a_protected_half_day_is_given(here, session, course, at):
    booking = book(session, here.resident, at)
    assert Booking.objects.get() == booking
    assert (booking.program, booking.session, booking.course) == (here.program, session, course)
    assert (booking.resident, booking.state) == (here.resident, BookingState.BOOKED)
    assert (booking.override_note, booking.attended_at) == ("", None)
    booking.refresh_from_db()
    assert booking.during == DateTimeTZRange(session.starts_at, session.ends_at)


def test_booking_is_told_once_on_the_residents_timeline(here, session, at):
    booking = by_director(session, here, at)
    event = Event.objects.get()
    assert (event.action, event.actor, event.about, event.subject, event.scope_id) == (
        "curriculum.book_session",
        here.director,
        here.resident.person,
        booking,
        here.program.pk,
    )
    assert event.data == {
        "course": "Value-stream mapping",
        "day": "2026-12-03",
        "override": False,
    }


def test_booking_owes_the_resident_one_reminder_a_day_before(here, session, at):
    booking = by_director(session, here, at)
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.object_id, notice.revision, notice.rule) == (
        CLASS_UPCOMING,
        here.resident.person,
        booking.pk,
        1,
        "24h",
    )
    assert (notice.due_at, notice.expires_at) == (
        datetime(2026, 12, 2, 21, 0, tzinfo=UTC),
        session.starts_at,
    )
    assert notice.mail.not_before == notice.due_at


@pytest.mark.requirement(8)
@pytest.mark.requirement(17)
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (RotationKind.INPATIENT, "Wards A"),
        (RotationKind.ICU, "ICU"),
        (RotationKind.NIGHTS, "Night Float"),
        (RotationKind.AMBULATORY, "Ambulatory GIM"),
        (RotationKind.EMERGENCY, "Emergency Medicine"),
    ],
)
def test_a_rotation_that_protects_no_time_is_refused_by_name(here, session, at, kind, name):
    here.resident.blocks.all().delete()
    stay(here, kind, name, date(2026, 11, 16), date(2026, 12, 13))
    with refused(
        f"Not booked: you are on {name} until Dec 13. Choose a date on a protected half day."
    ):
        book(session, here.resident, at)


@pytest.mark.requirement(8)
def test_sbp_protects_time_as_an_elective_does(here, session, at):
    here.resident.blocks.all().delete()
    sbp = (RotationKind.SBP, "Systems-Based Practice")
    stay(here, *sbp, date(2026, 11, 16), date(2026, 12, 13))
    assert book(session, here.resident, at).pk


@pytest.mark.requirement(8)
def test_leave_within_an_elective_is_refused(here, session, at):
    stay(here, RotationKind.LEAVE, "Vacation", THURSDAY, THURSDAY, overrides=True)
    with refused(
        "Not booked: you are on vacation that day. Choose a date on a protected half day."
    ):
        book(session, here.resident, at)


@pytest.mark.requirement(8)
def test_continuity_clinic_is_refused(here, session, at):
    ClinicPatternFactory(program=here.program, resident=here.resident, weekday=3, half="PM")
    with refused(
        "Not booked: Thursday afternoon is your continuity clinic. "
        "Choose a date on a protected half day."
    ):
        book(session, here.resident, at)


@pytest.mark.requirement(8)
def test_a_half_day_kept_for_something_else_is_refused(here, session, at):
    HalfDayHoldFactory(program=here.program, resident=here.resident)
    with refused(
        "Not booked: that half day is kept for a board examination. "
        "Choose a date on a protected half day."
    ):
        book(session, here.resident, at)


@pytest.mark.requirement(8)
@pytest.mark.parametrize(("rest", "is_free"), [(0, True), (1, False), (3, False)])
def test_rest_after_nights_is_refused_for_as_long_as_the_version_says(
    here, course, at, rest, is_free
):
    here.cohort.version.rest_days_after_nights = rest
    here.cohort.version.save()
    here.resident.blocks.update(start=date(2026, 12, 3))
    stay(here, RotationKind.NIGHTS, "Night Float", date(2026, 11, 23), date(2026, 12, 2))
    session = SessionFactory(program=here.program, course=course)
    if is_free:
        assert book(session, here.resident, at).pk
    else:
        with refused(
            "Not booked: you rest that day after nights. Choose a date on a protected half day."
        ):
            book(session, here.resident, at)


@pytest.mark.requirement(8)
def test_a_day_without_a_block_is_refused(here, session, at):
    here.resident.blocks.all().delete()
    with refused(
        "Not booked: no block is scheduled on that day. Choose a date on a protected half day."
    ):
        book(session, here.resident, at)


@pytest.mark.requirement(8)
def test_a_weekend_is_refused(here, course, at):
    saturday = SessionFactory(program=here.program, course=course, day=date(2026, 12, 5))
    with refused("Not booked: it is a weekend. Choose a date on a protected half day."):
        book(saturday, here.resident, at)


@pytest.mark.requirement(8)
@pytest.mark.parametrize(
    ("starts", "ends"), [(time(12), time(13)), (time(17, 30), time(19)), (time(6), time(8))]
)
def test_a_class_outside_every_half_day_is_refused_even_on_an_elective(
    here, course, at, starts, ends
):
    odd = SessionFactory(program=here.program, course=course, starts=starts, ends=ends)
    with refused(
        "Not booked: it lies outside the half days of a working day. "
        "Choose a date on a protected half day."
    ):
        book(odd, here.resident, at)


@pytest.mark.requirement(14)
@pytest.mark.parametrize("half", ["AM", "PM"])
def test_a_full_day_needs_both_of_its_half_days(here, course, at, half):
    ClinicPatternFactory(program=here.program, resident=here.resident, weekday=3, half=half)
    whole = {"starts": time(8), "ends": time(16, 30)}
    session = SessionFactory(program=here.program, course=course, **whole)
    word = {"AM": "morning", "PM": "afternoon"}[half]
    with refused(
        f"Not booked: Thursday {word} is your continuity clinic. "
        "Choose a date on a protected half day."
    ):
        book(session, here.resident, at)
    assert book(session, here.other, at).pk


def test_the_half_days_are_those_of_the_residents_version(here, course, at):
    version = here.cohort.version
    version.morning_ends, version.afternoon_starts = time(12, 30), time(12, 30)
    version.save()
    noon = SessionFactory(program=here.program, course=course, starts=time(12), ends=time(13))
    assert book(noon, here.resident, at).pk


def test_who_books_for_somebody_is_told_about_them_by_name(here, session, at):
    here.resident.blocks.all().delete()
    stay(here, RotationKind.ICU, "ICU", date(2026, 11, 16), date(2026, 12, 13))
    with refused(
        "Not booked: Resident is on ICU until Dec 13. Choose a date on a protected half day."
    ):
        by_director(session, here, at)


@pytest.mark.requirement(8)
def test_a_note_overrides_time_that_is_not_protected_and_is_kept(here, session, at):
    here.resident.blocks.all().delete()
    note = "Agreed with the ward on Nov 20."
    booking = by_director(session, here, at, override_note=note)
    booking.refresh_from_db()
    assert booking.override_note == note
    assert Event.objects.get().data["override"] is True
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("note", ["", "Agreed with the ward."])
@pytest.mark.parametrize("state", [MembershipState.COMPLETED, MembershipState.WITHDRAWN])
def test_who_is_not_on_the_pathway_gets_no_seat(here, session, at, state, note):
    here.resident.memberships.update(state=state)
    with refused("Not booked: only residents on the pathway take its classes."):
        by_director(session, here, at, override_note=note)


def test_a_note_overrides_nothing_else(here, session, course, at, after):
    note = {"override_note": "Please."}
    session.capacity, session.held_seats = 1, 0
    session.save()
    BookingFactory(session=session, resident=here.other)
    with refused("Not booked: the last seat is gone. Choose another date."):
        by_director(session, here, at, **note)
    with refused("Not booked: this class has already started. Choose a later date."):
        by_director(session, here, after, **note)
    clash = SessionFactory(program=here.program)
    BookingFactory(session=clash, resident=here.resident)
    another = SessionFactory(program=here.program, course=course, place="Elsewhere")
    with refused(f"Not booked: {clash.course.title} is at the same time."):
        by_director(another, here, at, **note)
    course.prerequisites.add(CourseFactory(program=here.program, title="Going to see"))
    later = SessionFactory(program=here.program, course=course, day=date(2026, 12, 9))
    with refused("Not booked: Going to see comes first. Book it on a day before this one."):
        by_director(later, here, at, **note)


@pytest.mark.parametrize("early", [timedelta(0), timedelta(seconds=1)])
def test_booking_closes_at_the_instant_at_which_the_class_starts(here, session, early):
    instant = session.starts_at - early
    if early:
        assert book(session, here.resident, instant).pk
    else:
        with refused("Not booked: this class has already started. Choose a later date."):
            book(session, here.resident, instant)


def test_a_cancelled_class_is_refused_though_the_page_still_showed_it(here, session, at):
    type(session).objects.update(state=SessionState.CANCELLED)
    with refused("Not booked: this class was cancelled. Choose another date."):
        book(session, here.resident, at)


@pytest.mark.parametrize("state", [BookingState.BOOKED, BookingState.ATTENDED, BookingState.MISSED])
def test_a_seat_that_is_taken_is_not_given_twice(here, session, at, state):
    session.capacity, session.held_seats = 1, 0
    session.save()
    BookingFactory(session=session, resident=here.other, state=state)
    with refused("Not booked: the last seat is gone. Choose another date."):
        book(session, here.resident, at)


def test_a_seat_that_was_given_back_can_be_taken(here, session, at):
    session.capacity, session.held_seats = 1, 0
    session.save()
    BookingFactory(session=session, resident=here.other, state=BookingState.WITHDRAWN)
    assert book(session, here.resident, at).pk


@pytest.mark.parametrize("same_session", [True, False])
def test_the_same_class_is_not_booked_twice(here, session, course, at, same_session):
    book(session, here.resident, at)
    other = SessionFactory(program=here.program, course=course, day=date(2026, 12, 8))
    with refused("Not booked: you are booked for this class on Dec 3."):
        book(session if same_session else other, here.resident, at)


def test_a_class_that_was_attended_is_not_booked_again(here, session, course, at):
    done = SessionFactory(program=here.program, course=course, day=date(2026, 11, 12))
    BookingFactory(session=done, resident=here.resident, state=BookingState.ATTENDED)
    with refused("Not booked: you have attended this class on Nov 12."):
        book(session, here.resident, at)


@pytest.mark.parametrize("state", [BookingState.MISSED, BookingState.WITHDRAWN])
def test_a_class_that_was_missed_or_given_back_can_be_booked_again(
    here, session, course, at, state
):
    gone = SessionFactory(program=here.program, course=course, day=date(2026, 11, 12))
    BookingFactory(session=gone, resident=here.resident, state=state)
    assert book(session, here.resident, at).pk


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(8), time(16, 30)), (time(16), time(17)), (time(13), time(17))]
)
def test_two_classes_that_overlap_are_refused_with_the_name_of_the_other(
    here, session, at, starts, ends
):
    book(session, here.resident, at)
    across = SessionFactory(program=here.program, starts=starts, ends=ends)
    with refused("Not booked: Value-stream mapping is at the same time."):
        book(across, here.resident, at)


def test_a_morning_and_an_afternoon_that_touch_do_not_overlap(here, session, at):
    book(session, here.resident, at)
    morning = SessionFactory(program=here.program, starts=time(8), ends=time(13))
    assert book(morning, here.resident, at).pk


@pytest.mark.requirement(14)
def test_a_prerequisite_that_nobody_booked_is_named(here, session, course, at):
    course.prerequisites.add(CourseFactory(program=here.program, title="Going to see"))
    with refused("Not booked: Going to see comes first. Book it on a day before this one."):
        book(session, here.resident, at)


@pytest.mark.requirement(14)
@pytest.mark.parametrize(
    ("day", "state", "counts"),
    [
        (date(2026, 12, 2), BookingState.BOOKED, True),
        (date(2026, 11, 12), BookingState.ATTENDED, True),
        (date(2026, 12, 4), BookingState.BOOKED, False),
        (date(2026, 12, 2), BookingState.WITHDRAWN, False),
        (date(2026, 11, 12), BookingState.MISSED, False),
    ],
)
def test_a_prerequisite_counts_when_it_was_attended_or_is_booked_before(
    here, session, course, at, day, state, counts
):
    first = SessionFactory(program=here.program, day=day, course__title="Going to see")
    course.prerequisites.add(first.course)
    BookingFactory(session=first, resident=here.resident, state=state)
    if counts:
        assert book(session, here.resident, at).pk
    else:
        with refused("Not booked: Going to see comes first. Book it on a day before this one."):
            book(session, here.resident, at)


def test_a_prerequisite_that_somebody_else_attended_does_not_count(here, session, course, at):
    first = SessionFactory(program=here.program, day=date(2026, 12, 2))
    course.prerequisites.add(first.course)
    BookingFactory(session=first, resident=here.other)
    title = first.course.title
    with refused(f"Not booked: {title} comes first. Book it on a day before this one."):
        book(session, here.resident, at)


def test_giving_a_seat_back_frees_it_and_takes_the_reminder_back(here, session, at):
    booking = book(session, here.resident, at)
    withdrawn = withdraw_booking(booking, by=here.coordinator, at=at)
    assert withdrawn.state == BookingState.WITHDRAWN
    assert Booking.objects.live().count() == 0
    notice = Notice.objects.get()
    assert notice.withdrawn_at is not None
    assert (notice.mail.state, notice.mail.closed_reason) == ("cancelled", "withdrawn")
    event = Event.objects.order_by("pk").last()
    assert (event.action, event.actor, event.about) == (
        "curriculum.withdraw_booking",
        here.coordinator,
        here.resident.person,
    )
    assert event.data == {"course": "Value-stream mapping", "day": "2026-12-03"}


def test_who_books_again_after_giving_back_is_reminded_once_more(here, session, at):
    withdraw_booking(book(session, here.resident, at), by=here.resident.person, at=at)
    again = book(session, here.resident, at)
    assert Mail.objects.filter(state="pending").count() == 1
    assert Notice.objects.standing().get().object_id == again.pk


def test_a_seat_is_not_given_back_once_the_class_has_started(here, session, at):
    booking = book(session, here.resident, at)
    with refused("This class has already started; ask its instructor to mark you absent."):
        withdraw_booking(booking, by=here.resident.person, at=session.starts_at)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (BookingState.WITHDRAWN, "withdrawn"),
        (BookingState.ATTENDED, "attended"),
        (BookingState.MISSED, "missed"),
    ],
)
def test_a_seat_is_given_back_once_and_only_while_it_is_booked(here, session, at, state, word):
    booking = BookingFactory(session=session, resident=here.resident, state=state)
    with refused(
        f"Nothing was changed: this is {word} by now, so it cannot be withdrawn. "
        "Reload the page to see where it stands.",
        IllegalMove,
    ):
        withdraw_booking(booking, by=here.resident.person, at=at)
