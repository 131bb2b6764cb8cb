"""Leave: what recording, ending and taking it back does to a resident's days."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from qipathway.core.lib.dates import Half, clock_days
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Leave, Resident
from residents.reads import members, schedule_of
from residents.services import end_leave, record_leave, withdraw_leave
from residents.states import LeaveReason, RotationKind
from tests.factories.residents import BlockFactory, LeaveFactory

NOVEMBER = (date(2026, 11, 2), date(2026, 11, 29))


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def at():
    return datetime(2026, 11, 2, 20, tzinfo=UTC)


def recorded(here, first=NOVEMBER[0], last=NOVEMBER[1], *, extends=True):
    return record_leave(
        here.resident,
        first=first,
        last=last,
        extends=extends,
        reason=LeaveReason.PARENTAL,
        by=here.coordinator,
    )


def fresh(here):
    return Resident.objects.get(pk=here.resident.pk)


def refused(deed):
    with pytest.raises(DomainError) as told:
        deed()
    return str(told.value)


def sentences(here):
    events = Event.objects.about(here.resident.person).order_by("pk")
    lines = tell(events, zone=here.program.zone)
    return [line.text for line in lines]


def test_leave_moves_the_postgraduate_year_and_the_month_by_its_days(here):
    before = fresh(here)
    turns = before.training.year_begins(before.pgy(NOVEMBER[0]) + 1, NOVEMBER[0])
    recorded(here)
    after = fresh(here)
    assert after.pgy(turns) == before.pgy(turns) - 1
    assert after.training.year_begins(before.pgy(turns), turns) == date.fromordinal(
        turns.toordinal() + 28
    )
    assert after.month(NOVEMBER[1]) == before.month(date(2026, 11, 1))


def test_days_of_leave_are_not_protected_and_no_clock_runs_on_them(here):
    elective = here.rotation(RotationKind.ELECTIVE, "Elective: Renal")
    BlockFactory(
        program=here.program,
        resident=here.resident,
        rotation=elective,
        start=date(2027, 3, 1),
        end=date(2027, 3, 28),
    )
    span = (date(2027, 3, 1), date(2027, 3, 28))
    assert schedule_of(here.resident, *span).half_day(date(2027, 3, 10), Half.AM).is_protected
    recorded(here, date(2027, 3, 8), date(2027, 3, 14))
    schedule = schedule_of(here.resident, *span)
    found = schedule.half_day(date(2027, 3, 10), Half.AM)
    assert found.reason == "you are on leave that day"
    assert schedule.half_day(date(2027, 3, 16), Half.AM).is_protected
    assert clock_days(*span, schedule.pauses()) == 27 - 7


def test_leave_without_an_end_lasts_as_far_as_anybody_looks(here):
    recorded(here, last=None)
    [stay] = schedule_of(here.resident, date(2030, 1, 7), date(2030, 1, 13)).stays
    assert (stay.kind, stay.start, stay.end) == ("leave", NOVEMBER[0], date(2030, 1, 13))
    assert fresh(here).away_on(date(2030, 1, 7))


def test_it_is_told_with_its_days_and_never_with_its_reason(here):
    leave = recorded(here)
    end_leave(leave, last=date(2026, 11, 20), by=here.coordinator)
    name = here.resident.person.name
    assert sentences(here)[-2:] == [
        f"{here.coordinator.name} recorded that {name} is on leave from Nov 2 to Nov 29.",
        f"{here.coordinator.name} let the leave of {name} from Nov 2 end after Nov 20.",
    ]
    assert not [text for text in sentences(here) if "parental" in text.lower()]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 29), date(2026, 12, 5)),
        (date(2026, 10, 1), date(2026, 11, 2)),
        (date(2026, 10, 1), None),
        (date(2026, 11, 5), date(2026, 11, 6)),
    ],
)
def test_a_leave_that_would_overlap_is_refused_and_nothing_is_written(here, first, last):
    recorded(here)
    words = refused(lambda: recorded(here, first, last))
    assert words == f"{here.resident.person.given_name} is on leave from Nov 2, 2026 already."
    assert Leave.objects.count() == 1


def test_leaves_may_touch_and_a_leave_taken_back_is_in_nobodys_way(here, at):
    leave = recorded(here)
    recorded(here, date(2026, 11, 30), date(2026, 12, 1))
    withdraw_leave(leave, by=here.coordinator, at=at)
    recorded(here)
    assert Leave.objects.standing().count() == 2


def test_a_leave_ends_sooner_or_later_but_not_before_it_starts_nor_within_the_next(here):
    leave = recorded(here)
    recorded(here, date(2026, 12, 7), date(2026, 12, 13))
    assert end_leave(leave, last=date(2026, 12, 6), by=here.coordinator).last == date(2026, 12, 6)
    assert "before it starts" in refused(
        lambda: end_leave(leave, last=date(2026, 11, 1), by=here.coordinator)
    )
    assert "already" in refused(
        lambda: end_leave(leave, last=date(2026, 12, 7), by=here.coordinator)
    )
    assert "already ends on Dec 6, 2026" in refused(
        lambda: end_leave(leave, last=date(2026, 12, 6), by=here.coordinator)
    )
    assert Leave.objects.get(pk=leave.pk).last == date(2026, 12, 6)


def test_a_leave_taken_back_moves_nothing_and_is_taken_back_once(here, at):
    before = fresh(here).training
    leave = recorded(here)
    withdraw_leave(leave, by=here.coordinator, at=at)
    assert fresh(here).training == before
    assert schedule_of(here.resident, *NOVEMBER).pauses() == []
    assert refused(lambda: withdraw_leave(leave, by=here.coordinator, at=at)) == (
        "This was already taken back."
    )


def test_the_database_itself_refuses_leaves_that_overlap(here):
    LeaveFactory(resident=here.resident, first=NOVEMBER[0], last=NOVEMBER[1])
    with pytest.raises(IntegrityError, match="leaves_of_a_resident_never_overlap"):
        LeaveFactory(resident=here.resident, first=NOVEMBER[1], last=None)


@pytest.mark.parametrize("more", [1, 3])
def test_years_of_many_are_known_without_asking_for_each(here, django_assert_num_queries, more):
    for number in range(more):
        LeaveFactory(resident=here.member(f"m{number}"))
    with django_assert_num_queries(3):
        years = [each.resident.pgy(date(2027, 1, 1)) for each in members(here.program)]
    assert len(years) == 2 + more
