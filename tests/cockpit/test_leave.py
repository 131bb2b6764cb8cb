"""The page of a resident's leave: what would move, recording it, and taking it back."""

from datetime import date

import pytest
from django.urls import reverse

from curriculum.models import Booking, Homework
from curriculum.states import BookingState
from residents.models import Leave, Resident
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory
from tests.factories.residents import BlockFactory, LeaveFactory

FIRST, LAST = "2026-12-01", "2026-12-31"
ASKED = {"first": FIRST, "last": LAST, "extends": "on", "reason": "parental"}


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def page(client, here):
    client.force_login(here.coordinator)
    return lambda **said: client.get(address("leave", here.resident), said)


@pytest.fixture
def seat(here):
    """A class within the leave, and one after it."""
    BookingFactory(
        session=SessionFactory(program=here.program, day=date(2027, 1, 7)), resident=here.resident
    )
    session = SessionFactory(program=here.program, day=date(2026, 12, 3))
    return BookingFactory(session=session, resident=here.resident)


def address(name, thing):
    return reverse(f"residents:{name}", args=["cascade", thing.uid])


def words(response):
    return " ".join(response.content.decode().split())


def test_looking_says_what_would_move_and_writes_nothing(here, page, seat):
    shown = words(page(**ASKED))
    following = here.resident.pgy(date(2026, 12, 1)) + 1
    turns = here.resident.training.year_begins(following, date(2026, 12, 1))
    assert f"{turns:%b} {turns.day}, {turns.year}" in shown
    assert " instead of " in shown
    assert seat.session.course.title in shown
    assert shown.count("These seats are given back:") == 1
    assert not Leave.objects.exists()
    assert Booking.objects.filter(state=BookingState.BOOKED).count() == 2


@pytest.mark.requirement(17)
def test_recording_gives_seats_back_moves_due_dates_and_can_be_undone(client, here, page, seat):
    elective = here.rotation(RotationKind.ELECTIVE, "Elective: Renal")
    mine = {"program": here.program, "resident": here.resident, "rotation": elective}
    here.resident.blocks.all().delete()
    BlockFactory(**mine, start=date(2026, 12, 7), end=date(2026, 12, 27))
    BlockFactory(**mine, start=date(2027, 2, 1), end=date(2027, 2, 28))
    past = SessionFactory(program=here.program, day=date(2026, 11, 5))
    attended = BookingFactory(session=past, resident=here.resident, state="attended")
    homework = HomeworkFactory(booking=attended, due_on=date(2026, 12, 27))
    answer = client.post(address("leave-record", here.resident), ASKED, follow=True)
    assert "The leave is recorded. One seat was given back. One due date moved." in words(answer)
    seat.refresh_from_db()
    homework.refresh_from_db()
    assert (seat.state, homework.due_on) == (BookingState.WITHDRAWN, date(2027, 2, 28))
    leave = Leave.objects.get()
    assert (leave.recorded_by, leave.extends) == (here.coordinator, True)
    answer = client.post(address("leave-withdraw", leave), follow=True)
    assert "The leave is taken back. One due date moved." in words(answer)
    assert Homework.objects.get().due_on == date(2026, 12, 27)
    assert Resident.objects.get(pk=here.resident.pk).training.absences == ()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"last": "2026-11-30"}, "A leave cannot end before it starts."),
        ({"first": ""}, "This field is required."),
        ({"reason": "surgery"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_with_why_and_writes_nothing(client, here, page, said, why):
    answer = client.post(address("leave-record", here.resident), ASKED | said)
    assert answer.status_code == 422
    assert why in words(answer)
    assert not Leave.objects.exists()


def test_a_second_leave_on_the_same_days_is_refused_in_words(client, here, page):
    LeaveFactory(resident=here.resident, first=date(2026, 12, 20), last=None)
    answer = client.post(address("leave-record", here.resident), ASKED)
    assert answer.status_code == 422
    assert f"{here.resident.person.given_name} is on leave from Dec 20, 2026 already." in words(
        answer
    )


def test_a_leave_is_ended_on_another_day(client, here, page):
    leave = LeaveFactory(resident=here.resident, first=date(2026, 12, 1), last=None)
    client.post(address("leave-end", leave), {"last": "2026-12-12"})
    leave.refresh_from_db()
    assert leave.last == date(2026, 12, 12)
    assert client.post(address("leave-end", leave), {"last": ""}).status_code == 422


def test_board_home_and_record_say_until_when_somebody_is_on_leave(client, here, today):
    LeaveFactory(resident=here.resident, first=today, last=date(2027, 2, 14))
    client.force_login(here.director)
    board = words(client.get(reverse("cockpit:board", args=["cascade"])))
    assert board.count("On leave until Feb 14, 2027") == 1
    assert "on leave until Feb 14, 2027" in words(client.get(here.resident.get_absolute_url()))
    client.force_login(here.resident.person)
    home = words(client.get(reverse("cockpit:today", args=["cascade"])))
    assert "you are on leave until Feb 14, 2027." in home


def test_the_reason_is_read_by_the_office_alone(client, here, today):
    LeaveFactory(resident=here.resident, first=today, last=None, reason="parental")
    for person in (here.resident.person, here.coach, here.kpo_lead):
        client.force_login(person)
        assert "arental" not in words(client.get(here.resident.get_absolute_url()))
        assert client.get(address("leave", here.resident)).status_code == 403


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number_of_leaves(
    here, page, more, django_assert_num_queries
):
    for number in range(1 + more):
        day = date(2026 - number, 10, 1)
        LeaveFactory(resident=here.resident, first=day, last=day)
    page()
    with django_assert_num_queries(7):
        assert words(page()).count("Take back") == 2 * (1 + more)
