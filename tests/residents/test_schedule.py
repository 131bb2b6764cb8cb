"""Protected half days, told from every other half day, with the reason as a person reads it."""

from datetime import date, timedelta

import pytest

from qipathway.core.lib.dates import Half
from residents.schedule import (
    Clinic,
    HalfDay,
    Hold,
    Schedule,
    Stay,
    about,
    merged,
)
from residents.states import PROTECTED_KINDS, RotationKind

MONDAY = date(2026, 11, 16)
THURSDAY = date(2026, 11, 19)
SATURDAY = date(2026, 11, 21)
SUNDAY = date(2026, 12, 13)
ELECTIVE = Stay(MONDAY, SUNDAY, "elective", "Elective: Cardiology")
NIGHTS = Stay(date(2026, 10, 19), date(2026, 11, 15), "nights", "Night Float")
VACATION = Stay(date(2026, 11, 18), date(2026, 11, 20), "leave", "Vacation")
CLINIC = Clinic(3, Half.AM, frozenset({"elective", "sbp", "ambulatory"}))
BOTH = frozenset(PROTECTED_KINDS)


def on(kind, name="Somewhere"):
    return Schedule((Stay(MONDAY, SUNDAY, kind, name),))


@pytest.mark.requirement(8)
@pytest.mark.parametrize("half", Half)
@pytest.mark.parametrize("kind", sorted(PROTECTED_KINDS))
def test_an_elective_and_sbp_protect_every_half_of_a_working_day(kind, half):
    for offset in range(5):
        day = MONDAY + timedelta(days=offset)
        assert on(kind).half_day(day, half) == HalfDay(day, half)


@pytest.mark.requirement(8)
@pytest.mark.parametrize("half", Half)
@pytest.mark.parametrize("kind", sorted(set(RotationKind) - PROTECTED_KINDS - {"leave"}))
def test_no_other_rotation_protects_time_and_the_reason_names_it_and_its_end(kind, half):
    found = on(kind, "Ward 9").half_day(THURSDAY, half)
    assert found.reason == "you are on Ward 9 until Dec 13"
    assert not found.is_protected


@pytest.mark.parametrize("day", [SATURDAY, SATURDAY + timedelta(days=1)])
def test_a_weekend_is_never_protected_even_on_an_elective(day):
    assert on("elective").half_day(day, Half.AM).reason == "it is a weekend"


def test_a_program_whose_week_has_other_working_days_is_taken_at_its_word():
    sunday_to_thursday = Schedule((ELECTIVE,), working_days=frozenset({6, 0, 1, 2, 3}))
    assert sunday_to_thursday.half_day(SATURDAY + timedelta(days=1), Half.AM).is_protected
    assert not sunday_to_thursday.half_day(date(2026, 11, 20), Half.AM).is_protected


def test_a_day_without_a_block_is_not_protected():
    reason = "no block is scheduled on that day"
    assert Schedule().half_day(THURSDAY, Half.AM).reason == reason
    assert Schedule((ELECTIVE,)).half_day(date(2026, 12, 14), Half.AM).reason == reason
    assert Schedule((ELECTIVE,)).half_day(date(2026, 11, 13), Half.AM).reason == reason


def test_the_first_and_the_last_day_of_a_block_belong_to_it():
    short = Schedule((Stay(MONDAY, MONDAY, "sbp", "SBP"),))
    assert short.half_day(MONDAY, Half.AM).is_protected
    assert not short.half_day(MONDAY + timedelta(days=1), Half.AM).is_protected


@pytest.mark.parametrize("stays", [(ELECTIVE, VACATION), (VACATION, ELECTIVE)])
def test_leave_overrides_the_block_it_falls_into_and_gives_it_back_afterwards(stays):
    schedule = Schedule(stays)
    assert schedule.stay_on(THURSDAY) == VACATION
    assert schedule.half_day(THURSDAY, Half.PM).reason == "you are on vacation that day"
    assert schedule.half_day(date(2026, 11, 17), Half.PM).is_protected
    assert schedule.half_day(date(2026, 11, 23), Half.AM).is_protected


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("Vacation", "you are on vacation that day"),
        ("Parental leave", "you are on parental leave that day"),
        ("FMLA leave", "you are on FMLA leave that day"),
    ],
)
def test_leave_is_named_as_it_reads_within_a_sentence(name, reads):
    assert on("leave", name).half_day(THURSDAY, Half.AM).reason == reads


@pytest.mark.requirement(8)
def test_continuity_clinic_takes_its_weekday_and_half_and_no_other():
    schedule = Schedule((ELECTIVE,), (CLINIC,))
    assert schedule.half_day(THURSDAY, Half.AM).reason == (
        "Thursday morning is your continuity clinic"
    )
    assert schedule.half_day(THURSDAY, Half.PM).is_protected
    assert schedule.half_day(date(2026, 11, 20), Half.AM).is_protected


def test_clinic_takes_nothing_on_a_kind_of_rotation_on_which_it_does_not_happen():
    elsewhere = Clinic(3, Half.AM, frozenset({"ambulatory"}))
    assert Schedule((ELECTIVE,), (elsewhere,)).half_day(THURSDAY, Half.AM).is_protected


def test_a_hold_takes_its_day_and_half_and_says_what_it_is_kept_for():
    schedule = Schedule((ELECTIVE,), holds=(Hold(THURSDAY, Half.PM, "a board examination"),))
    assert schedule.half_day(THURSDAY, Half.PM).reason == (
        "that half day is kept for a board examination"
    )
    assert schedule.half_day(THURSDAY, Half.AM).is_protected
    assert schedule.half_day(date(2026, 11, 26), Half.PM).is_protected


def test_a_hold_without_a_reason_still_holds():
    schedule = Schedule((ELECTIVE,), holds=(Hold(THURSDAY, Half.PM, ""),))
    assert schedule.half_day(THURSDAY, Half.PM).reason == (
        "that half day is kept for something else"
    )


@pytest.mark.requirement(8)
@pytest.mark.parametrize(
    ("rest", "protected_from"),
    [(0, date(2026, 11, 16)), (1, date(2026, 11, 17)), (2, date(2026, 11, 18))],
)
def test_the_days_after_nights_are_rest_for_as_long_as_the_version_says(rest, protected_from):
    schedule = Schedule((NIGHTS, ELECTIVE), rest_days_after_nights=rest)
    first = next(schedule.protected(MONDAY, SUNDAY))
    assert first == HalfDay(protected_from, Half.AM)
    if rest:
        assert schedule.half_day(MONDAY, Half.AM).reason == "you rest that day after nights"


def test_leave_at_the_end_of_nights_is_rest_enough():
    leave = Stay(date(2026, 11, 15), date(2026, 11, 15), "leave", "Vacation")
    assert Schedule((NIGHTS, leave, ELECTIVE)).half_day(MONDAY, Half.AM).is_protected


def test_somebody_else_is_told_by_name_what_the_resident_is_told_as_you():
    voice = about("Amaya")
    day = {"half": Half.AM, "voice": voice}
    schedule = Schedule((NIGHTS, ELECTIVE, VACATION), (Clinic(1, Half.AM, BOTH),))
    assert schedule.half_day(date(2026, 11, 10), **day).reason == (
        "Amaya is on Night Float until Nov 15"
    )
    assert schedule.half_day(MONDAY, **day).reason == "Amaya rests that day after nights"
    assert schedule.half_day(THURSDAY, **day).reason == "Amaya is on vacation that day"
    assert schedule.half_day(date(2026, 11, 17), **day).reason == (
        "Tuesday morning is Amaya's continuity clinic"
    )


def test_protected_yields_the_half_days_in_order_with_both_ends():
    schedule = Schedule((ELECTIVE,), (CLINIC,))
    assert list(schedule.protected(THURSDAY, SATURDAY)) == [
        HalfDay(THURSDAY, Half.PM),
        HalfDay(date(2026, 11, 20), Half.AM),
        HalfDay(date(2026, 11, 20), Half.PM),
    ]
    assert list(schedule.protected(SATURDAY, THURSDAY)) == []


@pytest.mark.parametrize("kind", RotationKind)
def test_clocks_pause_in_icu_nights_and_leave_only(kind):
    paused = [(MONDAY, SUNDAY)] if kind in {"icu", "nights", "leave"} else []
    assert on(kind).pauses() == paused


def test_pauses_come_in_order_of_time_and_may_lie_within_a_block():
    stays = merged([VACATION, ELECTIVE, NIGHTS])
    assert Schedule(stays).pauses() == [(NIGHTS.start, NIGHTS.end), (VACATION.start, VACATION.end)]


def test_merged_puts_stays_in_order_of_their_start_then_their_end():
    short = Stay(MONDAY, MONDAY, "leave", "Vacation")
    assert merged([VACATION, ELECTIVE, short, NIGHTS]) == (NIGHTS, short, ELECTIVE, VACATION)


WARDS = Stay(date(2026, 12, 14), date(2027, 1, 10), "inpatient", "Wards A")
SBP = Stay(date(2027, 1, 11), date(2027, 2, 7), "sbp", "Systems-Based Practice")
LATER = Stay(date(2027, 3, 8), date(2027, 4, 4), "elective", "Elective: Research")


@pytest.mark.parametrize(
    ("stays", "end"),
    [
        ((ELECTIVE, WARDS, SBP, LATER), SBP.end),
        ((ELECTIVE, WARDS, LATER), LATER.end),
        ((LATER, SBP), SBP.end),
        ((ELECTIVE, WARDS), None),
        ((), None),
    ],
)
def test_the_next_block_that_protects_time_is_the_first_that_starts_later(stays, end):
    assert Schedule(stays).next_protected_block_end(THURSDAY) == end


def test_a_block_that_starts_on_the_day_itself_is_not_the_next_one():
    assert Schedule((ELECTIVE,)).next_protected_block_end(ELECTIVE.start) is None
    day_before = ELECTIVE.start - timedelta(days=1)
    assert Schedule((ELECTIVE,)).next_protected_block_end(day_before) == ELECTIVE.end


def test_a_block_that_is_leave_from_end_to_end_protects_no_time():
    away = Stay(SBP.start, SBP.end, "leave", "Parental leave")
    assert Schedule((ELECTIVE, SBP, away, LATER)).next_protected_block_end(THURSDAY) == LATER.end


def test_a_block_with_a_single_half_day_left_still_protects_time():
    away = Stay(SBP.start, date(2027, 2, 4), "leave", "Vacation")
    clinic = Clinic(4, Half.AM, BOTH)
    schedule = Schedule((SBP, away, LATER), (clinic,))
    assert schedule.next_protected_block_end(THURSDAY) == SBP.end
