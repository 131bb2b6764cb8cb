"""A resident's home: one next thing, protected time, and nothing of anybody else."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from curriculum.states import HomeworkState
from qipathway.core.clock.services import travel_to
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import CourseFactory, HomeworkFactory
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.factories.residents import ClinicPatternFactory

QUERIES = 21
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def home(client, world):
    client.force_login(world.here.resident.person, backend=BACKEND)
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
    travel_to(datetime(2026, 11, 23, 21, 0, tzinfo=UTC))
    assert home().context["greeting"] == "Good afternoon, Resident"
    assert home().context["lead"].endswith("your next protected time is this afternoon.")


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
