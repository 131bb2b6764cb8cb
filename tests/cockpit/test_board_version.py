"""An unchanged board is not drawn again; whatever it shows changes its version."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from qipathway.cockpit.models import Snooze
from qipathway.cockpit.reads.first_hour import REMINDERS
from qipathway.cockpit.services import snooze
from qipathway.core.clock.services import now, travel_to
from qipathway.core.notices.states import MailState
from residents.states import Role
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import BookingFactory, CourseFactory, SessionFactory
from tests.factories.mentorship import CheckInFactory
from tests.factories.notices import MORNING, MailFactory
from tests.factories.residents import RoleGrantFactory

QUERIES = 7
"""The session, the viewer, their roles, the program, the time, the version, a reminder."""


@pytest.fixture
def ask(client):
    """Ask for the board with the tag that a browser holds."""

    def get(tag="", query=""):
        url = reverse("cockpit:board", args=["cascade"]) + query
        return client.get(url, headers={"If-None-Match": tag} if tag else None)

    return get


@pytest.fixture
def booking(world):
    course = CourseFactory(program=world.here.program)
    session = SessionFactory(program=world.here.program, course=course)
    return BookingFactory(session=session, resident=world.here.resident)


@pytest.fixture
def held(client, world, ask, booking):
    """What the director's browser holds; the first visit of all sets the cookie for forms."""
    CheckInFactory(
        resident=world.here.resident, coach=world.here.coach, held=True, day=date(2026, 11, 16)
    )
    ProjectFactory(resident=world.here.resident)
    client.force_login(world.here.director)
    ask()
    return ask().headers["ETag"]


def test_an_unchanged_board_answers_304_without_being_drawn(ask, held, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        again = ask(held)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == held
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert not held.startswith("W/")


def rename(world):
    person = world.here.resident.person
    person.family_name = "Somebody-Else"
    person.save()


def join(world):
    world.here.member("newcomer")


def leave(world):
    world.here.other.memberships.all().delete()


def meet(world):
    CheckInFactory(resident=world.here.other, coach=world.here.other_coach)


def meet_and_write(world):
    world.here.resident.check_ins.update(ask_director=True)


def book(world):
    session = SessionFactory(program=world.here.program, course__program=world.here.program)
    BookingFactory(session=session, resident=world.here.other)


def forget_a_booking(world):
    world.here.resident.bookings.all().delete()


def change_a_limit(world):
    world.here.cohort.version.check_in_days_second_year = 2
    world.here.cohort.version.save()


def rename_a_class(world):
    world.here.program.courses.update(short_title="Flow")


def coach(world):
    world.here.coach.grants.update(until=now().date() - timedelta(days=1))


def choose_a_title(world):
    world.here.resident.projects.update(title="Beds on 7 East")


def put_off(world):
    snooze(world.here.resident, by=world.here.director, today=date(2026, 11, 23), reason="no_coach")


def send_the_first_reminder(world):
    """After it the entry of the first hour is gone from the frame around the board."""
    MailFactory(
        scope_id=world.here.program.pk,
        kind=REMINDERS[0],
        state=MailState.SENT,
        sent_at=MORNING,
        closed_at=None,
        closed_reason="",
    )


def sleep_on_it(world):
    travel_to(now() + timedelta(days=1))


@pytest.mark.parametrize(
    "change",
    [
        rename,
        join,
        leave,
        meet,
        meet_and_write,
        book,
        forget_a_booking,
        change_a_limit,
        rename_a_class,
        coach,
        choose_a_title,
        put_off,
        send_the_first_reminder,
        sleep_on_it,
    ],
)
def test_whatever_the_board_shows_changes_its_version(world, ask, held, change):
    change(world)
    found = ask(held)
    assert found.status_code == 200
    assert found.headers["ETag"] != held


def test_what_happens_in_another_program_changes_nothing(world, ask, held):
    there = world.there
    CheckInFactory(resident=there.resident, coach=there.coach)
    assert ask(held).status_code == 304


def test_a_filter_is_another_page(ask, held):
    assert ask(held, "?year=2").status_code == 200


def test_nobody_gets_the_board_of_another_role_or_of_another_director(world, client, ask, held):
    second = world.here.person("second", Role.DIRECTOR)
    for person in (world.here.chief, world.here.coordinator, second):
        client.force_login(person)
        ask()
        assert ask().headers["ETag"] != held
        assert ask(held).status_code == 200


def test_who_is_given_another_role_gets_another_board(world, ask, held):
    RoleGrantFactory(person=world.here.director, program=world.here.program, role=Role.KPO_LEAD)
    assert ask(held).status_code == 200


def test_who_may_not_see_the_board_is_refused_whatever_they_hold(world, client, ask, held):
    client.force_login(world.here.coach)
    assert ask(held).status_code == 403
    client.force_login(world.there.director)
    assert ask(held).status_code == 404


def test_a_board_with_a_message_is_drawn_and_kept_by_no_browser(world, client, ask, held):
    url = reverse("cockpit:snooze", args=["cascade", world.here.resident.uid, "no_coach"])
    client.post(url)
    tag = ask().headers.get("ETag")
    assert tag is None
    client.post(url)
    said = ask(held)
    assert (said.status_code, said.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Snoozed" in said.text
    assert Snooze.objects.count() == 1
