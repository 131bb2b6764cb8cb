"""A resident who is back from leave finds what waited, and nothing that did not."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from qipathway.cockpit.services import record_leave
from qipathway.core.clock.services import now, travel_to
from residents.states import LeaveReason
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.factories.residents import LeaveFactory

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 20)


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def home(client, here):
    client.force_login(here.resident.person)
    return lambda: client.get(reverse("cockpit:today", args=["cascade"]))


def booked(here, day, **said):
    session = SessionFactory(program=here.program, day=day)
    return BookingFactory(session=session, resident=here.resident, **said)


def waited(page):
    return [(row["title"], row["sub"]) for row in page.context["back"]["rows"]]


def test_what_waited_is_listed_with_what_to_do_about_it(here, home):
    LeaveFactory(resident=here.resident, first=FIRST, last=LAST)
    seat = booked(here, date(2026, 11, 10), state="withdrawn")
    attended = booked(here, date(2026, 10, 20), state="attended")
    HomeworkFactory(booking=attended, due_on=date(2027, 1, 15))
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    CommitmentFactory(made_in=check_in, text="Time five discharges")
    page = home()
    assert page.context["back"]["lead"] == (
        "You were on leave from Nov 2 to Nov 20, and no clock ran. This waited for you."
    )
    assert waited(page) == [
        (seat.course.title, "Your seat on Nov 10 was given back; book another date."),
        (f"Homework of {attended.course.title}", "Due Jan 15, 2027, leave considered."),
        ("Time five discharges", "You promised this to your coach."),
    ]
    assert "Back from leave" in page.text


def test_a_class_that_was_booked_again_or_lay_outside_the_leave_does_not_wait(here, home):
    LeaveFactory(resident=here.resident, first=FIRST, last=LAST)
    gone = booked(here, date(2026, 11, 10), state="withdrawn")
    again = SessionFactory(program=here.program, course=gone.course, day=date(2026, 12, 3))
    BookingFactory(session=again, resident=here.resident)
    booked(here, date(2026, 11, 23), state="withdrawn")
    assert waited(home()) == []
    assert "Nothing waited for you." in home().text


@pytest.mark.parametrize(
    ("last", "extends"), [(date(2026, 11, 8), True), (None, True), (date(2026, 11, 23), False)]
)
def test_who_is_still_away_or_long_back_reads_no_list(here, home, last, extends):
    LeaveFactory(resident=here.resident, first=FIRST, last=last, extends=extends)
    assert home().context["back"] is None


def test_nobody_reads_of_somebody_else_s_leave(world, here, home):
    LeaveFactory(resident=here.other, first=FIRST, last=LAST)
    LeaveFactory(resident=world.there.resident, first=FIRST, last=LAST)
    assert home().context["back"] is None


def test_a_seat_that_a_recorded_leave_takes_waits_when_it_is_over(here, home):
    """From the record to the list: the seat is given back, and the list has it afterwards."""
    seat = booked(here, date(2026, 12, 3))
    moved = record_leave(
        here.resident,
        first=date(2026, 12, 1),
        last=date(2026, 12, 10),
        extends=True,
        reason=LeaveReason.PARENTAL,
        by=here.coordinator,
        at=now(),
    )
    assert [each.pk for each in moved.given_back] == [seat.pk]
    assert home().context["back"] is None, "it has not begun"
    travel_to(datetime(2026, 12, 11, 17, tzinfo=UTC))
    assert [title for title, _ in waited(home())] == [seat.course.title]
