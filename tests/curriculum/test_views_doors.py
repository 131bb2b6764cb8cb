"""Who gets through which door: 404 for what one may not know of, 403 for what one may not do."""

from datetime import date

import pytest
from django.db import transaction

from curriculum.states import BookingState
from tests.curriculum.evidence import nothing_written
from tests.factories.curriculum import (
    BookingFactory,
    CourseFactory,
    HomeworkFactory,
    SessionFactory,
    StandUpFactory,
)

ROLES = (
    "director",
    "coordinator",
    "chief",
    "kpo_lead",
    "coach",
    "other_coach",
    "instructor",
    "sponsor",
    "resident",
    "other",
)
# One sign a role, in the order above: + in, x seen and forbidden, . not there.
PAGES = """
classes           -          xxxxxxxx++
sessions          -          ++++++++++
session           session    ++++++++++
homework-list     -          xxxxxxxx++
homework          submitted  ++..+.+.+.
homework          draft      ........+.
review-queue      -          ++++++++++
stand-ups         -          ++++++++++
"""
DEEDS = """
session-book      session    xxxxxxxx++
attendance-take   held       ++xxxx+xxx
session-move      session    ++x+xxxxxx
session-cancel    session    ++x+xxxxxx
booking-withdraw  booking    ++..x.x.+.
homework-save     draft      ........+.
homework-save     submitted  xx..x.x.+.
homework-submit   draft      ........+.
homework-submit   submitted  xx..x.x.+.
homework-accept   submitted  xx..+.+.x.
homework-return   submitted  xx..+.+.x.
homework-accept   draft      ........x.
stand-up-schedule -          ++x+++xxxx
stand-up-attend   stand_up   xxxxxxxx++
"""
SENT = {
    "day": "2026-12-08",
    "starts": "08:00",
    "ends": "12:00",
    "place": "Buck 4 East",
    "comment": "Add the waits.",
    "area": "7 East",
    "body": "Fourteen steps.",
    "version": "1",
}
SIGNS = {"+": {200, 302, 409, 422}, "x": {403}, ".": {404}}


def rows(table):
    return [pytest.param(*line.split(), id=line.split("  ")[0]) for line in table.split("\n")[1:-1]]


@pytest.fixture
def things(here, session):
    """One of everything that belongs to ``here.resident`` or stands in the list."""
    mine = {"resident": here.resident, "state": BookingState.ATTENDED}
    taught = {"program": here.program, "instructor": here.instructor, "day": date(2026, 11, 12)}
    one, two = (SessionFactory(**taught, course=CourseFactory(program=here.program)) for _ in "ab")
    return {
        "session": session.uid,
        "held": one.uid,
        "booking": BookingFactory(
            session__instructor=here.instructor,
            session__program=here.program,
            session__day=date(2026, 12, 4),
            resident=here.resident,
        ).uid,
        "draft": HomeworkFactory(booking=BookingFactory(session=one, **mine)).uid,
        "submitted": HomeworkFactory(
            booking__session__program=here.program,
            booking__session__instructor=here.instructor,
            booking__session__day=date(2026, 11, 10),
            booking__resident=here.resident,
            submitted=True,
        ).uid,
        "stand_up": StandUpFactory(program=here.program, day=date(2026, 11, 20)).uid,
        "spare": two.uid,
    }


def statuses(hospital, ask):
    """Return what everybody of a hospital gets, each as if nobody had asked before."""
    found = {}
    for role in ROLES:
        with transaction.atomic():
            found[role] = ask(getattr(hospital, role)).status_code
            transaction.set_rollback(True)
    return found


def expected(signs, found):
    return {
        role: status
        for (role, status), sign in zip(found.items(), signs, strict=True)
        if status not in SIGNS[sign]
    }


@pytest.mark.parametrize(("name", "thing", "signs"), rows(PAGES))
def test_a_page_opens_to_whom_it_concerns_and_writes_nothing(
    here, things, sign_in, address, name, thing, signs
):
    path = address(name, *([things[thing]] if thing != "-" else []))
    with nothing_written():
        found = statuses(here, lambda user: sign_in(user).get(path))
    assert expected(signs, found) == {}


@pytest.mark.parametrize(("name", "thing", "signs"), rows(DEEDS))
def test_a_deed_is_done_by_whom_it_is_for_and_by_nobody_else(
    here, things, sign_in, address, name, thing, signs
):
    path = address(name, *([things[thing]] if thing != "-" else []))
    found = statuses(here, lambda user: sign_in(user).post(path, SENT))
    assert expected(signs, found) == {}


@pytest.mark.parametrize(("name", "thing", "signs"), rows(PAGES + DEEDS.removeprefix("\n")))
def test_people_of_another_program_find_nothing_here(
    world, things, sign_in, address, name, thing, signs
):
    path = address(name, *([things[thing]] if thing != "-" else []))
    method = "get" if f"\n{name} " in PAGES else "post"
    strangers = world.there
    with nothing_written():
        found = statuses(strangers, lambda user: getattr(sign_in(user), method)(path, SENT))
    assert set(found.values()) == {404}


def test_a_deed_is_refused_to_get_and_head_and_a_page_to_post(here, things, sign_in, address):
    client = sign_in(here.resident)
    methods = {DEEDS: (client.get, client.head), PAGES: (client.post,)}
    with nothing_written():
        answers = {
            asked(address(name, *([things[thing]] if thing != "-" else []))).status_code
            for table, wrong in methods.items()
            for name, thing, _ in (line.split() for line in table.strip().splitlines())
            for asked in wrong
        }
    assert answers == {405}


def test_what_belongs_to_another_program_is_not_there_under_this_ones_address(
    world, here, sign_in, address
):
    """Even to somebody who belongs to both."""
    person = here.director
    far = SessionFactory(program=world.there.program)
    world.there.program.grants.create(
        person=person, role="director", since=date(2024, 7, 1), program=world.there.program
    )
    client = sign_in(person)
    assert client.get(address("session", far.uid)).status_code == 404
    assert client.get(far.get_absolute_url()).status_code == 200


def test_an_instructor_whose_role_has_ended_finds_nothing(here, things, sign_in, address):
    here.instructor.grants.update(until=date(2026, 11, 22))
    client = sign_in(here.instructor)
    paths = [address("session", things["held"]), address("homework", things["submitted"])]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    accept = address("homework-accept", things["submitted"])
    with nothing_written():
        assert client.post(accept, SENT).status_code == 404
