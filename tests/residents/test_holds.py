"""Half days kept for something else: held in one go, released, and held again."""

from datetime import UTC, date, datetime

import pytest

from qipathway.core.lib.dates import Half
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import HalfDayHold
from residents.reads import schedule_of
from residents.services import hold_half_days, release_half_days, restore_half_days
from residents.states import RotationKind
from tests.factories.residents import BlockFactory, ClinicPatternFactory, HalfDayHoldFactory

THURSDAY = date(2026, 12, 3)
AT = datetime(2026, 11, 23, 18, tzinfo=UTC)


@pytest.fixture
def here(world):
    return world.here


def held(here, first=THURSDAY, last=None, halves=tuple(Half), reason="a board examination"):
    return hold_half_days(
        here.resident,
        first=first,
        last=last or first,
        halves=halves,
        reason=reason,
        by=here.chief,
    )


def refused(deed):
    with pytest.raises(DomainError) as told:
        deed()
    return str(told.value)


def why_not(here, day=THURSDAY, half=Half.AM):
    return schedule_of(here.resident, day, day).half_day(day, half).reason


@pytest.mark.requirement(8)
def test_a_half_day_that_is_held_is_not_protected_and_says_what_for(here):
    found = held(here, halves=[Half.PM])
    assert [(hold.day, hold.half) for hold in found.holds] == [(THURSDAY, "PM")]
    assert why_not(here, half=Half.PM) == "that half day is kept for a board examination"
    assert why_not(here, half=Half.AM) == ""


def test_a_range_takes_what_is_protected_and_says_why_the_rest_was_left_out(here):
    ClinicPatternFactory(resident=here.resident, weekday=3, half="AM")
    found = held(here, first=THURSDAY, last=date(2026, 12, 7))
    assert [(hold.day.day, hold.half) for hold in found.holds] == [
        (3, "PM"),
        (4, "AM"),
        (4, "PM"),
        (7, "AM"),
        (7, "PM"),
    ], "and a weekend needs no reason"
    [left] = found.left_out
    assert left.reason == "Thursday morning is Resident's continuity clinic"


def test_what_is_not_protected_is_refused_in_words_and_writes_nothing(here):
    BlockFactory(
        resident=here.resident,
        rotation=here.rotation(RotationKind.INPATIENT, "Wards A"),
        start=date(2026, 12, 14),
        end=date(2027, 1, 10),
    )
    name = here.resident.person.given_name
    wards = refused(lambda: held(here, first=date(2026, 12, 15)))
    assert wards == f"Not held: {name} is on Wards A until Jan 10."
    assert refused(lambda: held(here, first=date(2026, 12, 5))) == "Not held: it is a weekend."
    assert refused(lambda: held(here, first=date(2027, 3, 1))) == (
        "Not held: no block is scheduled on that day."
    )
    assert not HalfDayHold.objects.exists()
    assert not Event.objects.exists()


def test_what_is_held_already_is_refused_with_what_it_is_kept_for(here):
    held(here, halves=[Half.AM])
    words = refused(lambda: held(here, halves=[Half.AM], reason="a wedding"))
    assert words == "Not held: that half day is kept for a board examination."


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (date(2026, 12, 2), "Not held: the last day is before the first."),
        (date(2027, 1, 3), "Not held: hold at most 31 days in one go."),
    ],
)
def test_a_range_that_ends_before_it_starts_or_goes_on_too_long_is_refused(here, last, why):
    assert refused(lambda: held(here, last=last)) == why


def test_a_release_gives_the_half_days_back_and_can_be_undone(here):
    hold = held(here).holds[0]
    release_half_days(hold, by=here.chief, at=AT)
    assert why_not(here) == ""
    assert refused(lambda: release_half_days(hold, by=here.chief, at=AT)) == (
        "These half days were released already."
    )
    restore_half_days(hold, by=here.chief)
    assert why_not(here) == "that half day is kept for a board examination"
    assert refused(lambda: restore_half_days(hold, by=here.chief)) == "These half days are held."


def test_a_release_is_not_undone_once_somebody_else_holds_the_half_day(here):
    first = held(here).holds[0]
    release_half_days(first, by=here.chief, at=AT)
    held(here, reason="a wedding")
    words = refused(lambda: restore_half_days(first, by=here.chief))
    assert words == "Not held: Thu Dec 3, morning: that half day is kept for a wedding."
    assert HalfDayHold.objects.standing().count() == 2


def test_a_release_touches_only_what_was_held_in_the_same_go(here):
    HalfDayHoldFactory(resident=here.resident, day=date(2026, 12, 4), half="AM")
    hold = held(here).holds[0]
    release_half_days(hold, by=here.chief, at=AT)
    assert [left.day.day for left in HalfDayHold.objects.standing()] == [4]


def test_the_timeline_tells_which_days_and_never_what_for(here):
    hold = held(here).holds[0]
    release_half_days(hold, by=here.chief, at=AT)
    restore_half_days(hold, by=here.chief)
    events = Event.objects.order_by("pk")
    who, whom = here.chief.name, here.resident.person.name
    assert [line.text for line in tell(events, zone="America/Los_Angeles")] == [
        f"{who} kept 2 half days of {whom} for something else, Dec 3 to Dec 3.",
        f"{who} released 2 half days of {whom}, Dec 3 to Dec 3.",
        f"{who} kept 2 half days of {whom} again, Dec 3 to Dec 3.",
    ]
    assert "board examination" not in str([event.data for event in events])
