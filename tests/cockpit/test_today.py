"""A resident's home: one next thing, protected time, and nothing of anybody else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from capstone.states import Stage
from curriculum.states import HomeworkState
from qipathway.core.clock.services import travel_to
from residents.states import MembershipState
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import (
    BookingFactory,
    CourseFactory,
    HomeworkFactory,
    SessionFactory,
    StandUpFactory,
)
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.factories.residents import ClinicPatternFactory

QUERIES = 35


@pytest.fixture
def home(client, world):
    client.force_login(world.here.resident.person)
    return lambda: client.get(reverse("cockpit:today", args=["cascade"]))


def homework(world, **fields):
    return HomeworkFactory(
        booking__resident=world.here.resident,
        booking__session__program=world.here.program,
        booking__session__instructor=world.here.instructor,
        **fields,
    )


def test_the_greeting_and_the_protected_time_follow_the_program_s_clock(home, world):
    assert home().context["greeting"] == "Good morning, Resident"
    assert home().context["lead"].endswith("your next protected time is this morning.")
    travel_to(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    assert home().context["greeting"] == "Good afternoon, Resident"
    assert home().context["lead"].endswith("your next protected time is this afternoon.")


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (17, "your protected time is now, until 12:30."),
        (21, "your protected time is now, until 17:00."),
        (25, "your next protected time is Tuesday, Nov 24, morning."),
        (28, "your next protected time is Tuesday, Nov 24, morning."),
    ],
)
def test_protected_time_that_runs_is_now_and_what_has_ended_has_gone(home, world, hour, words):
    """Hours of Monday in UTC: 09:00, 13:00, 17:00 and 20:00 on the program's clock."""
    world.here.cohort.version.morning_ends = time(12, 30)
    world.here.cohort.version.save()
    travel_to(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour))
    assert home().context["lead"].endswith(words)


def test_clinic_is_not_protected_time(home, world):
    for half in ("AM", "PM"):
        ClinicPatternFactory(
            program=world.here.program, resident=world.here.resident, weekday=0, half=half
        )
    assert home().context["lead"].endswith("your next protected time is Tuesday, Nov 24, morning.")


def test_returned_work_comes_before_everything(home, world):
    ProjectFactory(resident=world.here.resident)
    back = homework(world, submitted=True)
    back.state = HomeworkState.RETURNED
    back.save()
    assert home().context["next"].button == "Read the answer"


def test_homework_that_is_due_comes_before_the_charter(home, world):
    ProjectFactory(resident=world.here.resident)
    homework(world, due_on=date(2026, 11, 25), body="")
    assert home().context["next"].button == "Start writing"
    assert home().context["next"].why.startswith("The homework is due in 2 days.")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 21), "The homework is 2 days late."),
        (date(2026, 11, 22), "The homework is 1 day late."),
        (date(2026, 11, 23), "The homework is due today."),
        (date(2026, 11, 24), "The homework is due tomorrow."),
    ],
)
def test_the_next_thing_says_when_homework_is_due_as_people_do(home, world, due, words):
    homework(world, due_on=due)
    why = home().context["next"].why
    assert why.startswith(words)
    assert why.endswith("You have protected time today.")


@pytest.mark.requirement(28)
def test_open_homework_stands_on_the_home_page_with_its_due_date(home, world):
    row = homework(world)
    assert [r["url"] for r in home().context["homework"]] == [row.get_absolute_url()]
    assert row.course.title in home().text


def test_without_anything_open_the_next_thing_is_to_book(home, world):
    world.here.resident.starts_on = date(2026, 7, 1)
    world.here.resident.save()
    CourseFactory(program=world.here.program)
    assert home().context["next"].title == "Book your next class"


def book(world, *, required=True, day=1):
    session = SessionFactory(
        program=world.here.program, course__is_required=required, day=date(2026, 12, day)
    )
    return BookingFactory(session=session, resident=world.here.resident)


def test_what_is_left_to_book_counts_every_required_class_and_no_optional_one(home, world):
    world.here.resident.starts_on = date(2026, 7, 1)
    world.here.resident.save()
    for day in range(1, 6):
        book(world, day=day)
    book(world, required=False, day=7)
    assert home().context["next"].title == "You are up to date"
    CourseFactory(program=world.here.program)
    assert home().context["next"].why.startswith("1 to book.")


def test_who_is_not_on_the_pathway_is_not_asked_to_book(home, world):
    world.here.resident.memberships.update(state=MembershipState.COMPLETED)
    CourseFactory(program=world.here.program)
    page = home()
    assert page.context["next"].title == "You are not on the pathway"
    assert not [row for row in page.context["checks"] if "first year" in row["text"]]


@pytest.mark.parametrize(
    ("wanted", "done", "text"),
    [(1, True, "1 class in the first year"), (2, False, "2 classes in the first year")],
)
def test_the_classes_of_the_first_year_are_as_many_as_the_version_says(
    home, world, wanted, done, text
):
    world.here.cohort.version.classes_in_first_year = wanted
    world.here.cohort.version.save()
    homework(world, accepted=True)
    row = home().context["checks"][1]
    assert row == {"text": text, "done": done, "note": f"1 of {wanted}"}


@pytest.mark.parametrize(
    ("stage", "done"),
    [(Stage.REMEASURED, False), (Stage.PRESENTED, True), (Stage.CLOSED, True)],
)
def test_the_capstone_is_done_once_it_was_presented(home, world, stage, done):
    ProjectFactory(resident=world.here.resident, state=stage)
    [row] = [row for row in home().context["checks"] if row["text"] == "Capstone"]
    assert (row["done"], row["note"]) == (done, Stage(stage).label)


def test_what_was_promised_and_what_is_coming_stand_there(home, world):
    here = world.here
    held = CheckInFactory(
        resident=here.resident, coach=here.coach, held=True, day=date(2026, 11, 16)
    )
    CommitmentFactory(made_in=held, text="Shadow one discharge")
    CheckInFactory(resident=here.resident, coach=here.coach)
    page = home()
    assert "Shadow one discharge" in page.text
    assert [row["title"] for row in page.context["coming"]] == ["Check-in with Coach"]


@pytest.mark.parametrize(("kind", "titles"), [("sbp", ["Stand-up"]), ("elective", [])])
def test_the_stand_up_of_tomorrow_is_coming_up_for_who_is_on_sbp(home, world, kind, titles):
    StandUpFactory(program=world.here.program, day=date(2026, 11, 24), place="7 East")
    StandUpFactory(program=world.there.program, day=date(2026, 11, 24))
    world.here.elective.kind = kind
    world.here.elective.save()
    assert [row["title"] for row in home().context["coming"]] == titles


def test_a_home_page_shows_nothing_of_another_resident(home, world):
    other = HomeworkFactory(
        booking__resident=world.here.other, booking__session__program=world.here.program
    )
    assert other.course.title not in home().text


def test_the_home_page_costs_the_same_with_one_and_with_three_of_everything(
    home, world, django_assert_num_queries
):
    homework(world)
    home()
    with django_assert_num_queries(QUERIES):
        home()
    for day in (10, 11):
        homework(world, booking__session__day=date(2026, 11, day))
    with django_assert_num_queries(QUERIES):
        home()
