"""Stand-ups: announced to those on SBP, logged once with one tap."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from curriculum.models import StandUp
from curriculum.reads import people_on_sbp, stand_ups
from curriculum.reminders import STAND_UP_UPCOMING
from curriculum.services import attend_stand_up, schedule_stand_up
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from residents.states import MembershipState, RotationKind
from tests.curriculum.evidence import nothing_written, refused
from tests.factories.curriculum import StandUpFactory
from tests.factories.residents import BlockFactory, ResidentFactory

DAY = date(2026, 12, 1)
TUESDAY = {"day": DAY, "starts": time(8), "place": "7 East huddle wall"}


@pytest.fixture
def sbp(here):
    return here.rotation(RotationKind.SBP, "Systems-Based Practice")


@pytest.fixture
def on_sbp(here, sbp):
    here.resident.blocks.update(rotation=sbp)
    return here.resident


@pytest.fixture
def stand_up(here):
    return StandUpFactory(program=here.program)


def schedule(here, at, **change):
    return schedule_stand_up(here.program, by=here.coach, at=at, **{**TUESDAY, **change})


def attend(stand_up, resident, at):
    return attend_stand_up(stand_up, resident=resident, by=resident.person, at=at)


@pytest.mark.requirement(26)
def test_a_stand_up_is_announced_to_those_on_sbp_that_day_a_day_before(here, on_sbp, at):
    stand_up = schedule(here, at)
    assert (stand_up.program, stand_up.zone) == (here.program, here.program.zone)
    assert stand_up.starts_at == datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.object_id) == (
        STAND_UP_UPCOMING,
        on_sbp.person,
        stand_up.pk,
    )
    assert (notice.due_at, notice.expires_at) == (
        datetime(2026, 11, 30, 16, 0, tzinfo=UTC),
        stand_up.starts_at,
    )


def test_scheduling_is_told_once(here, at):
    stand_up = schedule(here, at)
    event = Event.objects.get()
    assert (event.action, event.actor, event.about, event.subject, event.data) == (
        "curriculum.schedule_stand_up",
        here.coach,
        None,
        stand_up,
        {"place": "7 East huddle wall"},
    )


def test_nobody_on_sbp_means_nobody_is_reminded(here, at):
    schedule(here, at)
    assert not Notice.objects.exists()


@pytest.mark.requirement(26)
@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (DAY, DAY, True),
        (date(2026, 11, 3), DAY, True),
        (DAY + timedelta(days=1), date(2026, 12, 27), False),
        (date(2026, 11, 3), DAY - timedelta(days=1), False),
    ],
)
def test_on_sbp_means_on_that_very_day(here, sbp, start, end, counts):
    here.resident.blocks.update(rotation=sbp, start=start, end=end)
    assert people_on_sbp(here.program, DAY) == ([here.resident.person] if counts else [])


def test_who_is_on_leave_within_sbp_is_left_alone(here, on_sbp):
    BlockFactory(
        program=here.program,
        resident=on_sbp,
        rotation=here.rotation(RotationKind.LEAVE, "Vacation"),
        start=DAY,
        end=DAY,
        overrides=True,
    )
    assert people_on_sbp(here.program, DAY) == []
    assert people_on_sbp(here.program, DAY - timedelta(days=1)) == [on_sbp.person]


@pytest.mark.parametrize("state", [MembershipState.WITHDRAWN, MembershipState.COMPLETED])
def test_who_is_not_active_on_the_pathway_is_left_alone(here, on_sbp, state):
    on_sbp.memberships.update(state=state)
    assert people_on_sbp(here.program, DAY) == []


def test_who_is_not_on_the_pathway_or_of_another_program_is_left_alone(world, here, sbp):
    light = ResidentFactory(program=here.program)
    BlockFactory(program=here.program, resident=light, rotation=sbp)
    there = world.there
    there.resident.blocks.update(
        rotation=there.rotation(RotationKind.SBP, "Systems-Based Practice")
    )
    assert people_on_sbp(here.program, DAY) == []
    assert people_on_sbp(there.program, DAY) == [there.resident.person]


def test_who_has_a_closed_account_is_left_alone(here, on_sbp):
    on_sbp.person.is_active = False
    on_sbp.person.save()
    assert people_on_sbp(here.program, DAY) == []


def test_the_same_stand_up_is_announced_once(here, on_sbp, at):
    schedule(here, at)
    with refused("This stand-up is already on the list."):
        schedule(here, at)


def test_another_place_or_program_at_the_same_time_is_another_stand_up(world, here, at):
    schedule(here, at)
    assert schedule(here, at, place="Emergency department").pk
    assert schedule(world.there, at).pk
    assert StandUp.objects.count() == 3


def test_a_stand_up_in_the_past_is_refused(here, at):
    with refused("Not scheduled: that time is in the past."):
        schedule(here, at, day=date(2026, 11, 23), starts=time(7, 40))
    assert schedule(here, at, day=date(2026, 11, 23), starts=time(7, 41)).pk


@pytest.mark.requirement(26)
def test_attending_is_logged_with_one_tap_and_told_once(here, stand_up):
    at = stand_up.starts_at
    attendance = attend(stand_up, here.resident, at)
    assert (attendance.program, attendance.resident, attendance.logged_at) == (
        here.program,
        here.resident,
        at,
    )
    event = Event.objects.get()
    assert (event.action, event.actor, event.about, event.data) == (
        "curriculum.attend_stand_up",
        here.resident.person,
        here.resident.person,
        {"place": "7 East huddle wall"},
    )


def test_attending_twice_is_logged_once(here, stand_up):
    first = attend(stand_up, here.resident, stand_up.starts_at)
    with nothing_written():
        assert attend(stand_up, here.resident, stand_up.starts_at) == first
    assert attend(stand_up, here.other, stand_up.starts_at) != first


def test_what_has_not_started_was_not_attended(here, stand_up):
    early = stand_up.starts_at - timedelta(seconds=1)
    with refused("Not logged: this stand-up has not started yet."):
        attend(stand_up, here.resident, early)


@pytest.mark.parametrize("more", [0, 2])
def test_stand_ups_say_whether_one_was_there_in_one_query(
    world, here, stand_up, more, django_assert_num_queries
):
    attend(stand_up, here.resident, stand_up.starts_at)
    for number in range(more):
        StandUpFactory(program=here.program, day=date(2026, 11, 25 + number))
    StandUpFactory(program=world.there.program)
    since = stand_up.starts_at
    with django_assert_num_queries(1):
        rows = stand_ups(here.program, since=since, resident=here.resident)
        assert [row.attended for row in rows] == [True] + [False] * more
    assert [row.attended for row in stand_ups(here.program, since=since, resident=here.other)] == (
        [False] * (1 + more)
    )
    assert stand_ups(here.program, since=since, resident=None)[0].attended is False


def test_stand_ups_are_read_from_a_time_on_the_soonest_first(here, stand_up):
    later = StandUpFactory(program=here.program, day=date(2026, 11, 25))
    earlier = StandUpFactory(program=here.program, day=date(2026, 11, 10))
    read = stand_ups(here.program, since=stand_up.starts_at, resident=None)
    assert read == [stand_up, later]
    assert earlier not in read
    assert stand_ups(here.program, since=earlier.starts_at, resident=None, limit=1) == [earlier]
