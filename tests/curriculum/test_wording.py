"""The sentences of the class pages, word by word."""

from datetime import UTC, date, datetime, timedelta

import pytest

from curriculum.models import Booking, Course, Homework, Session
from curriculum.reads import ClassProgress, Offer
from curriculum.states import HomeworkState
from curriculum.wording import (
    classes_lead,
    first_reader,
    homework_row,
    homework_status,
    readers,
    session_facts,
    session_lead,
)
from qipathway.core.lib.words import plural
from residents.models import Program
from tests.factories.accounts import UserFactory
from tests.factories.curriculum import HomeworkFactory

TODAY = date(2026, 11, 23)
UNTIL = date(2027, 3, 23)


def homework(**fields):
    program = Program(slug="cascade")
    course = Course(program=program, title="Value-stream mapping")
    defaults = {"program": program, "course": course, "booking": Booking(), "due_on": UNTIL}
    return Homework(**{**defaults, **fields})


def test_counts_read_as_people_say_them():
    assert [plural(n, "seat") for n in (0, 1, 2)] == ["0 seats", "1 seat", "2 seats"]
    assert plural(2, "class", "classes") == "2 classes"


@pytest.mark.parametrize(
    ("progress", "fitting", "lead"),
    [
        (
            ClassProgress(required=10, complete=4),
            2,
            "4 of 10 classes complete. 2 sessions fit your protected half days.",
        ),
        (
            ClassProgress(required=1),
            1,
            "0 of 1 class complete. 1 session fits your protected half days.",
        ),
        (
            ClassProgress(required=10, complete=9),
            0,
            "9 of 10 classes complete. No session fits your protected half days until Mar 23.",
        ),
    ],
)
def test_classes_lead_says_how_far_one_is_and_what_fits(progress, fitting, lead):
    bookable = [Offer(Session(), 1, None, "")] * fitting
    assert classes_lead(progress, bookable, UNTIL) == lead


@pytest.mark.parametrize(("left", "seats"), [(3, "3 seats left"), (1, "1 seat left"), (0, "full")])
def test_session_lead_says_when_where_and_whether_there_is_room(session, left, seats):
    assert session_lead(session, left) == (f"Thursday, Dec 3, 13:00–17:00, Lindeman 201 · {seats}")


def test_a_session_with_more_people_than_seats_is_full(session):
    assert session_lead(session, -1).endswith(" · full")


def test_session_facts_name_what_is_known(session):
    session.course.strands = ["qi", "leadership"]
    assert {fact["label"]: fact["value"] for fact in session_facts(session)} == {
        "Day": "Thursday, Dec 3, 2026",
        "Time": "13:00–17:00",
        "Place": "Lindeman 201",
        "Instructor": session.instructor.name,
        "Strand": "QI methodology, Leadership",
        "Format": "Half day",
    }


@pytest.mark.requirement(18)
@pytest.mark.parametrize(
    ("days", "body", "status", "tone"),
    [
        (-2, "", "2 days late", "risk"),
        (-1, "", "1 day late", "risk"),
        (0, "", "Due today", "warn"),
        (1, "", "Due tomorrow", "warn"),
        (7, "Text", "Due in 7 days", "warn"),
        (8, "Text", "Started", "neutral"),
        (8, "", "Not started", "neutral"),
    ],
)
def test_open_homework_says_how_urgent_it_is(days, body, status, tone):
    row = homework(due_on=TODAY + timedelta(days=days), body=body)
    found = homework_status(row, TODAY, "Renée")
    assert (found["status"], found["tone"]) == (status, tone)


@pytest.mark.parametrize(
    ("state", "own", "status"),
    [
        (HomeworkState.ACCEPTED, True, "Accepted"),
        (HomeworkState.SUBMITTED, True, "With Renée"),
        (HomeworkState.RETURNED, True, "Returned to you"),
        (HomeworkState.RETURNED, False, "Returned"),
    ],
)
def test_answered_and_waiting_homework_says_who_has_the_ball(state, own, status):
    late = homework(state=state, due_on=date(2026, 1, 1))
    assert homework_status(late, TODAY, "Renée", own=own)["status"] == status


def test_a_row_says_when_it_is_due_or_when_it_was_handed_in_by_the_programs_calendar():
    row = homework_row(homework(), TODAY, "Renée")
    assert (row["title"], row["sub"]) == ("Value-stream mapping", "due Tue Mar 23")
    evening = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
    waiting = homework(state=HomeworkState.SUBMITTED, submitted_at=evening)
    assert homework_row(waiting, TODAY, "Renée")["sub"] == "handed in Nov 20"


def test_an_accepted_row_says_when_it_was_accepted_and_no_due_date(db):
    row = homework_row(HomeworkFactory(accepted=True), date(2026, 11, 23), "Renée")
    assert row["sub"] == "accepted Nov 20"


def test_homework_left_to_the_pool_says_so():
    people = UserFactory.build_batch(2)
    assert (first_reader([]), readers([])) == ("a coach to be named", "")
    assert first_reader(people) == "the coach pool"
    assert readers(people) == f"The coach pool: {people[0].name}, {people[1].name}"
    assert readers(people[:1]) == people[0].name
