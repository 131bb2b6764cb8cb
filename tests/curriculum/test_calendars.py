"""The calendar file of a session, as a calendar program would read it."""

import pytest
from django.urls import reverse
from icalendar import Calendar

from curriculum.services import cancel_session, move_session
from qipathway.core.clock.services import now
from tests.factories.curriculum import CourseFactory, SessionFactory

pytestmark = pytest.mark.django_db
HOSTILE = "Lindeman; 201,\r\nBEGIN:VALARM"


@pytest.fixture
def session(world):
    course = CourseFactory(program=world.here.program, title="Value-stream, mapping; and more")
    return SessionFactory(
        program=world.here.program,
        course=course,
        instructor=world.here.instructor,
        place=HOSTILE,
    )


@pytest.fixture
def entry(client, world, session):
    """Read the file as the resident gets it."""
    client.force_login(world.here.resident.person)

    def read():
        url = reverse("curriculum:session-calendar", args=["cascade", session.uid])
        answer = client.get(url)
        assert answer.headers["Content-Type"].startswith("text/calendar")
        calendar = Calendar.from_ical(answer.content)
        (event,) = calendar.walk("VEVENT")
        return calendar, event

    return read


def test_the_file_says_what_when_and_where_and_lets_no_text_add_lines(entry, session):
    calendar, event = entry()
    assert str(event["SUMMARY"]) == session.course.title
    assert event.decoded("DTSTART") == session.starts_at
    assert event.decoded("DTEND") == session.ends_at
    assert "Lindeman; 201," in str(event["LOCATION"])
    assert calendar.walk("VALARM") == []
    assert str(event["STATUS"]) == "CONFIRMED"


def test_a_moved_session_keeps_its_entry_and_a_cancelled_one_takes_it_away(entry, session, world):
    _, before = entry()
    move_session(
        session,
        day=session.day,
        starts=session.starts,
        ends=session.ends,
        place="Buck 4",
        by=world.here.director,
        at=now(),
    )
    _, after = entry()
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    cancel_session(session, by=world.here.director, at=now())
    calendar, gone = entry()
    assert (str(calendar["METHOD"]), str(gone["STATUS"])) == ("CANCEL", "CANCELLED")
    assert gone.decoded("DTSTAMP") <= now()


def test_a_stranger_of_another_program_is_not_told_that_it_exists(client, world, session):
    client.force_login(world.there.resident.person)
    url = reverse("curriculum:session-calendar", args=["cascade", session.uid])
    assert client.get(url).status_code == 404
