"""The instructor's list: it opens homework, may be corrected, and says the same thing once."""

from datetime import date, timedelta

import pytest

from curriculum.models import Booking, Homework, HomeworkFile
from curriculum.services import move_session, save_homework, take_attendance
from curriculum.states import BookingState, HomeworkState
from qipathway.core.files.models import StoredFile
from qipathway.core.timeline.models import Event
from residents.states import MembershipState, RotationKind
from tests.curriculum.evidence import nothing_written, refused
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.residents import BlockFactory

DAY = date(2026, 12, 3)
BEGUN = "has already worked on the homework of this class, so the attendance stands."


@pytest.fixture
def booking(here, session):
    return BookingFactory(session=session, resident=here.resident)


@pytest.fixture
def other(here, session):
    return BookingFactory(session=session, resident=here.other)


def take(session, here, after, attended=(), missed=()):
    return take_attendance(
        session,
        by=here.instructor,
        at=after,
        attended=[booking.uid for booking in attended],
        missed=[booking.uid for booking in missed],
    )


def block(here, kind, name, start, end, **fields):
    rotation = here.rotation(kind, name)
    mine = {"program": here.program, "resident": here.resident, "rotation": rotation}
    return BlockFactory(**mine, start=start, end=end, **fields)


@pytest.mark.requirement(13)
def test_the_instructors_list_marks_who_was_there_and_who_was_not(
    here, session, booking, other, after
):
    assert take(session, here, after, [booking], [other]) == [booking, other]
    states = Booking.objects.order_by("pk").values_list("state", "attended_at")
    assert list(states) == [(BookingState.ATTENDED, after), (BookingState.MISSED, None)]
    events = Event.objects.order_by("pk").values_list("action", "actor", "about", "data")
    told = {"course": "Value-stream mapping"}
    who = ("curriculum.take_attendance", here.instructor.pk)
    assert list(events) == [
        (*who, here.resident.person_id, told | {"outcome": "attended"}),
        (*who, here.other.person_id, told | {"outcome": "missed"}),
    ]


@pytest.mark.requirement(18)
def test_attending_opens_the_homework_and_missing_does_not(here, session, booking, other, after):
    take(session, here, after, [booking], [other])
    homework = Homework.objects.get()
    assert (homework.resident, homework.course, homework.booking, homework.program) == (
        here.resident,
        session.course,
        booking,
        here.program,
    )
    assert (homework.state, homework.body, homework.version) == (HomeworkState.DRAFT, "", 1)


@pytest.mark.requirement(18)
def test_homework_is_due_after_28_days_when_no_later_block_protects_time(
    here, session, booking, after
):
    take(session, here, after, [booking])
    assert Homework.objects.get().due_on == DAY + timedelta(days=28)


@pytest.mark.requirement(18)
def test_homework_is_due_at_the_end_of_the_next_block_that_protects_time_if_that_is_later(
    here, session, booking, after
):
    block(here, RotationKind.INPATIENT, "Wards A", date(2026, 12, 14), date(2027, 1, 10))
    block(here, RotationKind.SBP, "SBP", date(2027, 1, 11), date(2027, 2, 7))
    block(here, RotationKind.ELECTIVE, "Elective: Research", date(2027, 2, 8), date(2027, 3, 7))
    take(session, here, after, [booking])
    assert Homework.objects.get().due_on == date(2027, 2, 7)


@pytest.mark.requirement(18)
def test_28_days_win_over_a_next_block_that_ends_sooner(here, session, booking, after):
    block(here, RotationKind.SBP, "SBP", date(2026, 12, 14), date(2026, 12, 20))
    take(session, here, after, [booking])
    assert Homework.objects.get().due_on == date(2026, 12, 31)


def test_a_next_block_spent_on_leave_gives_no_time_for_homework(here, session, booking, after):
    sbp = (date(2026, 12, 14), date(2027, 1, 10))
    block(here, RotationKind.SBP, "SBP", *sbp)
    block(here, RotationKind.LEAVE, "Parental leave", *sbp, overrides=True)
    block(here, RotationKind.ELECTIVE, "Elective: Research", date(2027, 2, 8), date(2027, 3, 7))
    take(session, here, after, [booking])
    assert Homework.objects.get().due_on == date(2027, 3, 7)


def test_the_days_are_those_of_the_residents_version(here, session, booking, after):
    here.cohort.version.homework_due_days = 14
    here.cohort.version.save()
    take(session, here, after, [booking])
    assert Homework.objects.get().due_on == date(2026, 12, 17)


def test_who_has_left_the_pathway_is_held_to_the_default(here, session, booking, after):
    here.cohort.version.homework_due_days = 14
    here.cohort.version.save()
    here.resident.memberships.update(state=MembershipState.WITHDRAWN)
    take(session, here, after, [booking])
    assert Homework.objects.get().due_on == date(2026, 12, 31)


def test_a_class_without_a_brief_opens_no_homework(here, session, booking, after):
    session.course.homework_brief = ""
    session.course.save()
    assert take(session, here, after, [booking]) == [booking]
    assert not Homework.objects.exists()


def test_saving_the_list_twice_writes_nothing_twice(here, session, booking, other, after):
    take(session, here, after, [booking], [other])
    with nothing_written():
        assert take(session, here, after + timedelta(hours=1), [booking], [other]) == []


def test_who_is_not_on_the_list_stays_as_they_are(here, session, booking, other, after):
    elsewhere = BookingFactory(session=SessionFactory(program=here.program))
    assert take(session, here, after, [booking, elsewhere]) == [booking]
    other.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (other.state, elsewhere.state) == (BookingState.BOOKED, BookingState.BOOKED)


def test_a_seat_that_was_given_back_is_not_marked(here, session, booking, after):
    Booking.objects.update(state=BookingState.WITHDRAWN)
    with nothing_written():
        assert take(session, here, after, [booking]) == []


def test_who_is_named_twice_was_there(here, session, booking, after):
    take(session, here, after, [booking], [booking])
    assert Booking.objects.get().state == BookingState.ATTENDED


@pytest.mark.parametrize("early", [timedelta(0), timedelta(seconds=1)])
def test_attendance_opens_at_the_instant_at_which_the_class_starts(here, session, booking, early):
    instant = session.starts_at - early
    if early:
        with refused("This class has not started yet; attendance opens when it starts."):
            take(session, here, instant, [booking])
    else:
        assert take(session, here, instant, [booking]) == [booking]


def test_a_list_from_before_the_class_was_moved_is_refused(here, session, booking, at, after):
    later = {"day": date(2026, 12, 8), "starts": session.starts, "ends": session.ends}
    move_session(session, by=here.director, at=at, place="Buck 2", **later)
    with refused("This class has not started yet; attendance opens when it starts."):
        take(session, here, after, [booking])


def test_an_absence_may_be_corrected_and_opens_the_homework(here, session, booking, after):
    take(session, here, after, missed=[booking])
    assert take(session, here, after, attended=[booking]) == [booking]
    assert Booking.objects.get().attended_at == after
    assert Homework.objects.get().booking == booking
    outcomes = [event.data["outcome"] for event in Event.objects.order_by("pk")]
    assert outcomes == ["missed", "attended"]


def test_an_attendance_may_be_corrected_while_the_homework_is_empty(here, session, booking, after):
    take(session, here, after, [booking])
    assert take(session, here, after, missed=[booking]) == [booking]
    corrected = Booking.objects.get()
    assert (corrected.state, corrected.attended_at) == (BookingState.MISSED, None)
    assert not Homework.objects.exists()


@pytest.mark.parametrize(
    "work",
    [
        {"body": "Eleven of fourteen steps were waiting."},
        {"body": "", "area": "7 East"},
        {"submitted": True},
        {"accepted": True},
    ],
)
def test_an_attendance_stands_once_the_homework_was_worked_on(
    here, session, booking, other, after, work
):
    take(session, here, after, [booking])
    Homework.objects.all().delete()
    HomeworkFactory(booking=booking, **work)
    words = f"{here.resident.person.name} {BEGUN} Nothing was changed."
    with refused(words):
        take(session, here, after, [other], [booking])


def test_an_attendance_stands_once_a_photo_was_added(here, session, booking, after):
    take(session, here, after, [booking])
    file = StoredFile.objects.create(
        name="wall.jpg",
        size=3,
        sha256="0" * 64,
        media_type="image/jpeg",
        uploaded_by=here.resident.person,
        scope_id=here.program.pk,
    )
    work = Homework.objects.get()
    HomeworkFile.objects.create(program=here.program, homework=work, file=file)
    with refused(f"{here.resident.person.name} {BEGUN} Nothing was changed."):
        take(session, here, after, missed=[booking])


def test_an_absence_stands_while_a_later_seat_in_the_same_class_is_kept(
    here, session, course, booking, other, after
):
    take(session, here, after, missed=[booking])
    later = SessionFactory(program=here.program, course=course, day=date(2026, 12, 8))
    BookingFactory(session=later, resident=here.resident)
    with refused(
        f"{here.resident.person.name} has a seat in this class on Dec 8, which has to be given "
        "back first. Nothing was changed."
    ):
        take(session, here, after, [other, booking])


def test_nobody_is_marked_as_present_at_two_classes_at_once(here, session, booking, after):
    take(session, here, after, missed=[booking])
    same_time = SessionFactory(program=here.program)
    BookingFactory(session=same_time, resident=here.resident, state=BookingState.ATTENDED)
    with refused(
        f"{here.resident.person.name} was at another class at that time. Nothing was changed."
    ):
        take(session, here, after, [booking])


def test_homework_that_is_gone_since_its_attendance_was_corrected_cannot_be_saved(
    here, session, booking, after
):
    take(session, here, after, [booking])
    homework = Homework.objects.get()
    take(session, here, after, missed=[booking])
    with refused("Nothing was changed: the class's attendance was corrected meanwhile."):
        save_homework(
            homework, by=here.resident.person, at=after, area="", body="Seven wastes.", version=1
        )
