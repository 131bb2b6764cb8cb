from datetime import date

import pytest

from mentorship.picks import Pick, fitting_day, picks
from residents.schedule import Schedule, Stay
from residents.states import RotationKind

TUESDAY = date(2026, 12, 1)


def away(kind, start, end):
    return Schedule(stays=(Stay(start, end, kind, kind.label),))


def test_picks_are_a_week_two_weeks_and_a_month_ahead():
    assert picks(Schedule(), TUESDAY) == (
        Pick("1 week", date(2026, 12, 8)),
        Pick("2 weeks", date(2026, 12, 15)),
        Pick("Monthly", date(2027, 1, 1)),
    )


def test_a_pick_moves_on_from_a_weekend():
    assert fitting_day(Schedule(), date(2026, 12, 5)) == date(2026, 12, 7)


@pytest.mark.parametrize("kind", [RotationKind.ICU, RotationKind.NIGHTS, RotationKind.LEAVE])
def test_a_pick_moves_on_past_nights_icu_and_leave(kind):
    schedule = away(kind, date(2026, 12, 7), date(2026, 12, 11))
    assert fitting_day(schedule, date(2026, 12, 8)) == date(2026, 12, 14)


def test_a_pick_stays_on_wards_where_people_can_be_met():
    schedule = away(RotationKind.INPATIENT, date(2026, 12, 7), date(2026, 12, 11))
    assert fitting_day(schedule, date(2026, 12, 8)) == date(2026, 12, 8)


def test_weeks_without_a_fitting_day_give_the_first_working_day():
    schedule = away(RotationKind.ICU, date(2026, 12, 1), date(2027, 1, 31))
    assert fitting_day(schedule, date(2026, 12, 5)) == date(2026, 12, 7)
