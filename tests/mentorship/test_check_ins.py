from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorship.models import CheckIn
from mentorship.reminders import CHECK_IN_REMINDER
from mentorship.services import Slot, cancel_check_in, move_check_in, schedule_check_in
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from tests.factories.mentorship import CheckInFactory
from tests.mentorship.evidence import everything

THURSDAY = Slot(date(2026, 12, 3), time(10), "by video")
FRIDAY = Slot(date(2026, 12, 4), time(9, 30), "by video")


@pytest.fixture
def planned(here, at):
    return schedule_check_in(here.resident, by=here.coach, at=at, slot=THURSDAY)


def standing(check_in):
    owed = Notice.objects.standing().filter(kind=CHECK_IN_REMINDER, object_id=check_in.pk)
    return {(notice.recipient, notice.revision): notice for notice in owed}


def test_schedule_check_in_keeps_the_wall_clock_and_the_instant_it_means(here, planned):
    assert (planned.day, planned.clock, planned.zone) == (
        date(2026, 12, 3),
        time(10),
        "America/Los_Angeles",
    )
    assert planned.starts_at == datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
    assert (planned.program, planned.resident, planned.coach) == (
        here.program,
        here.resident,
        here.coach,
    )


@pytest.mark.requirement(41)
def test_schedule_check_in_owes_both_a_reminder_a_day_before(here, planned):
    owed = standing(planned)
    assert set(owed) == {(here.resident.person, 0), (here.coach, 0)}
    for notice in owed.values():
        assert notice.due_at == datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
        assert notice.expires_at == planned.starts_at


def test_a_reminder_counts_24_elapsed_hours_across_the_change_of_clocks(here, at):
    spring = Slot(date(2027, 3, 14), time(7))
    check_in = schedule_check_in(here.resident, by=here.coach, at=at, slot=spring)
    notice = standing(check_in)[here.coach, 0]
    assert check_in.starts_at == datetime(2027, 3, 14, 14, 0, tzinfo=UTC)
    assert notice.due_at == datetime(2027, 3, 13, 14, 0, tzinfo=UTC)


def test_schedule_check_in_stands_on_the_residents_timeline_without_free_text(here, planned):
    event = Event.objects.get()
    assert (event.action, event.actor, event.about) == (
        "mentorship.schedule_check_in",
        here.coach,
        here.resident.person,
    )
    assert (event.subject, event.scope_id) == (planned, here.program.pk)
    assert event.data == {"day": "2026-12-03"}


def test_schedule_check_in_refuses_a_second_one_and_says_which_one_stands(here, at, planned):
    before = everything()
    with pytest.raises(DomainError, match=r"already has a check-in on Dec 3 at 10:00\. Move that"):
        schedule_check_in(here.resident, by=here.coach, at=at, slot=FRIDAY)
    assert everything() == before


def test_a_held_or_cancelled_check_in_leaves_room_for_the_next(here, at):
    CheckInFactory(resident=here.resident, coach=here.coach, held=True)
    CheckInFactory(resident=here.resident, coach=here.coach, cancelled=True)
    schedule_check_in(here.resident, by=here.coach, at=at, slot=FRIDAY)
    assert CheckIn.objects.scheduled().count() == 1


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 6, 30), "started here on Jul 1, 2025"),
        (date(2062, 12, 3), "more than a year ahead"),
    ],
)
def test_schedule_check_in_refuses_slips_of_the_keyboard_and_writes_nothing(here, at, day, reason):
    before = everything()
    with pytest.raises(DomainError, match=reason):
        schedule_check_in(here.resident, by=here.coach, at=at, slot=Slot(day, time(10)))
    assert everything() == before


def test_a_check_in_that_has_happened_can_be_logged_and_reminds_nobody(here, at):
    logged = Slot(date(2026, 11, 27), time(12), "in the corridor")
    check_in = schedule_check_in(here.resident, by=here.coach, at=at, slot=logged)
    assert check_in.starts_at < at
    assert standing(check_in) == {}


def test_move_check_in_reminds_both_afresh_and_takes_the_old_reminders_back(here, at, planned):
    moved = move_check_in(planned, by=here.coach, at=at, slot=FRIDAY)
    assert (moved.revision, moved.day, moved.clock) == (1, FRIDAY.day, FRIDAY.clock)
    assert moved.starts_at == datetime(2026, 12, 4, 17, 30, tzinfo=UTC)
    assert set(standing(moved)) == {(here.resident.person, 1), (here.coach, 1)}


def test_move_check_in_to_where_it_is_writes_nothing(here, at, planned):
    before = everything()
    move_check_in(planned, by=here.coach, at=at, slot=THURSDAY)
    assert everything() == before


def test_a_change_of_place_is_a_move(here, at, planned):
    elsewhere = Slot(THURSDAY.day, THURSDAY.clock, "room 4")
    assert move_check_in(planned, by=here.coach, at=at, slot=elsewhere).revision == 1


def test_move_check_in_follows_a_program_that_changed_its_zone(here, at, planned):
    here.program.zone = "America/New_York"
    here.program.save()
    moved = move_check_in(planned, by=here.coach, at=at, slot=FRIDAY)
    assert moved.zone == "America/New_York"
    assert moved.starts_at == datetime(2026, 12, 4, 14, 30, tzinfo=UTC)


def test_cancel_check_in_takes_the_reminders_back_and_keeps_what_was_written(here, planned, at):
    CheckIn.objects.update(learned="A draft.")
    cancelled = cancel_check_in(planned, by=here.coach, at=at)
    assert (cancelled.state, cancelled.learned) == ("cancelled", "A draft.")
    assert standing(cancelled) == {}


@pytest.mark.parametrize("trait", ["held", "cancelled"])
def test_what_is_over_is_neither_moved_nor_cancelled(here, at, trait):
    over = CheckInFactory(resident=here.resident, coach=here.coach, **{trait: True})
    before = everything()
    with pytest.raises(DomainError, match="Nothing was changed"):
        move_check_in(over, by=here.coach, at=at, slot=FRIDAY)
    with pytest.raises(DomainError, match="Nothing was changed"):
        cancel_check_in(over, by=here.coach, at=at)
    assert everything() == before


def test_the_database_keeps_one_planned_check_in_per_resident(here):
    CheckInFactory(resident=here.resident, coach=here.coach)
    with pytest.raises(IntegrityError, match="one_planned_check_in"), transaction.atomic():
        CheckInFactory(resident=here.resident, coach=here.coach, day=date(2027, 1, 7))


@pytest.mark.parametrize("missing", [{"mood": ""}, {"held_at": None}])
def test_the_database_refuses_a_held_check_in_without_mood_or_time(here, missing):
    with pytest.raises(IntegrityError, match="held_check_in"), transaction.atomic():
        CheckInFactory(resident=here.resident, coach=here.coach, held=True, **missing)


def test_reminders_of_a_check_in_within_a_day_are_due_at_once(here):
    soon = datetime(2026, 12, 3, 18, 0, tzinfo=UTC) - timedelta(hours=2)
    check_in = schedule_check_in(here.resident, by=here.coach, at=soon, slot=THURSDAY)
    assert all(notice.due_at < soon for notice in standing(check_in).values())
