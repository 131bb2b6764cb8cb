"""Year and month of residency, with leave that is added to training and leave that is not."""

from datetime import date, timedelta
from random import Random

import pytest

from residents.training import Absence, Training

START = date(2025, 7, 1)
AUTUMN = Absence(date(2025, 11, 1), date(2025, 11, 30))
DAY = timedelta(days=1)


def taking(*absences):
    return Training(START, absences)


@pytest.mark.parametrize(
    ("on", "pgy", "month"),
    [
        (date(2025, 10, 31), 1, 4),
        (date(2025, 11, 1), 1, 4),
        (date(2025, 11, 30), 1, 4),
        (date(2025, 12, 1), 1, 5),
        (date(2026, 7, 30), 1, 12),
        (date(2026, 7, 31), 2, 13),
        (date(2027, 7, 30), 2, 24),
        (date(2027, 7, 31), 3, 25),
    ],
)
def test_year_and_month_stand_still_during_leave_and_come_as_many_days_later(on, pgy, month):
    training = taking(AUTUMN)
    assert (training.pgy(on), training.month(on)) == (pgy, month)


def test_leave_that_does_not_extend_training_moves_nothing():
    training = taking(Absence(AUTUMN.first, AUTUMN.last, extends=False))
    assert training.pgy(date(2026, 7, 1)) == 2
    assert training.month(date(2025, 11, 15)) == 5
    assert training.year_begins(2, START) == date(2026, 7, 1)


def test_two_leaves_add_up_in_whatever_order_they_come():
    second = Absence(date(2026, 7, 15), date(2026, 7, 24))
    for training in (taking(AUTUMN, second), taking(second, AUTUMN)):
        assert training.year_begins(2, START) == date(2026, 8, 10)
        assert (training.pgy(date(2026, 8, 9)), training.pgy(date(2026, 8, 10))) == (1, 2)


def test_leave_after_the_day_moves_it_not():
    assert taking(Absence(date(2026, 7, 2), date(2026, 8, 1))).year_begins(2, START) == date(
        2026, 7, 1
    )


def test_a_leave_without_an_end_moves_the_year_a_day_every_day():
    training = taking(Absence(date(2026, 6, 1), None))
    assert training.pgy(date(2030, 1, 1)) == 1
    assert training.year_begins(2, date(2026, 6, 10)) == date(2026, 7, 11)
    assert training.year_begins(2, date(2026, 6, 11)) == date(2026, 7, 12)
    assert training.month_begins(13, date(2026, 5, 1)) == date(2026, 7, 2)


@pytest.mark.parametrize("year", [2, 3, 4])
@pytest.mark.parametrize("seed", range(50))
def test_a_year_begins_on_the_first_day_on_which_it_is_counted(seed, year):
    days = sorted(Random(seed).sample(range(1001), 6))
    absences = [
        Absence(START + first * DAY, START + last * DAY)
        for first, last in zip(days[::2], days[1::2], strict=False)
    ]
    training = taking(*absences)
    day = training.year_begins(year, START)
    assert (training.pgy(day - DAY), training.pgy(day)) == (year - 1, year)
