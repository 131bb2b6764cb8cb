from datetime import date

import pytest

from residents.models import PathwayVersion
from residents.training import Training


def starting(day):
    return Training(day)


@pytest.mark.parametrize(
    ("on", "pgy"),
    [
        (date(2025, 7, 1), 1),
        (date(2026, 2, 28), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 2),
        (date(2027, 6, 30), 2),
        (date(2028, 2, 29), 3),
        (date(2028, 6, 30), 3),
        (date(2028, 7, 1), 4),
        (date(2025, 3, 1), 1),
    ],
)
def test_the_postgraduate_year_turns_on_the_first_of_july(on, pgy):
    assert starting(date(2025, 7, 1)).pgy(on) == pgy


@pytest.mark.parametrize(
    ("start", "on", "pgy"),
    [
        (date(2025, 6, 23), date(2025, 7, 2), 1),
        (date(2025, 6, 23), date(2026, 6, 22), 1),
        (date(2025, 6, 23), date(2026, 7, 1), 2),
        (date(2026, 1, 12), date(2026, 7, 1), 1),
        (date(2026, 1, 12), date(2027, 1, 11), 1),
        (date(2026, 1, 12), date(2027, 1, 12), 2),
    ],
)
def test_who_starts_before_or_off_the_cycle_is_promoted_after_twelve_months(start, on, pgy):
    assert starting(start).pgy(on) == pgy


@pytest.mark.parametrize(
    ("on", "pgy"),
    [
        (date(2025, 2, 27), 1),
        (date(2025, 2, 28), 2),
        (date(2028, 2, 28), 4),
        (date(2028, 2, 29), 5),
    ],
)
def test_who_starts_on_a_leap_day_is_promoted_on_the_last_day_of_february(on, pgy):
    assert starting(date(2024, 2, 29)).pgy(on) == pgy


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2025, 7, 1), 1),
        (date(2025, 7, 31), 1),
        (date(2025, 12, 31), 6),
        (date(2026, 1, 1), 7),
        (date(2026, 4, 1), 10),
        (date(2028, 2, 29), 32),
        (date(2028, 6, 30), 36),
        (date(2028, 7, 1), 37),
    ],
)
def test_the_month_of_the_start_is_month_one_and_three_years_have_thirty_six(on, month):
    assert starting(date(2025, 7, 1)).month(on) == month


@pytest.mark.parametrize(("pgy", "days"), [(0, 91), (1, 91), (2, 28), (3, 56), (4, 56)])
def test_check_ins_are_as_far_apart_as_the_year_allows(pgy, days):
    assert PathwayVersion().check_in_days(pgy) == days
