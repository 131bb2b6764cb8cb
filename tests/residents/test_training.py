"""Year and month of residency, with leave that is added to training and leave that is not."""

from datetime import date, timedelta
from random import Random

import pytest

from residents.training import Absence, Training, Turn
from residents.wording import year_words

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


def test_days_after_a_day_wait_for_the_leave_that_comes_meanwhile():
    since = date(2025, 10, 2)
    assert taking().days_later(since, 90, START) == date(2025, 12, 31)
    assert taking(AUTUMN).days_later(since, 90, START) == date(2026, 1, 30)
    before = Absence(date(2025, 9, 1), date(2025, 9, 30))
    assert taking(before).days_later(since, 90, START) == date(2025, 12, 31)
    across = Absence(date(2025, 9, 1), date(2025, 10, 4))
    assert taking(across).days_later(since, 90, START) == date(2026, 1, 2)
    endless = Absence(date(2025, 12, 1), None)
    assert taking(endless).days_later(since, 90, date(2025, 12, 10)) == date(2026, 1, 10)


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


REPEAT = Turn(date(2026, 7, 1), 1)
TRANSFER = Turn(START, 2)
CHIEF = Turn(date(2028, 7, 1), 4)
LEAP = Training(date(2024, 2, 29))


@pytest.mark.parametrize(
    ("overrides", "on", "pgy", "month"),
    [
        ([TRANSFER], START, 2, 13),
        ([TRANSFER], date(2026, 6, 30), 2, 24),
        ([TRANSFER], date(2026, 7, 1), 3, 25),
        ([REPEAT], date(2026, 6, 30), 1, 12),
        ([REPEAT], date(2026, 7, 1), 1, 1),
        ([REPEAT], date(2027, 7, 1), 2, 13),
        ([CHIEF], date(2028, 6, 30), 3, 36),
        ([CHIEF], date(2028, 7, 1), 4, 37),
        ([Turn(date(2026, 1, 15), 2), REPEAT], date(2026, 1, 14), 1, 7),
        ([Turn(date(2026, 1, 15), 2), REPEAT], date(2026, 1, 15), 2, 13),
        ([REPEAT, Turn(date(2026, 1, 15), 2)], date(2026, 7, 1), 1, 1),
    ],
)
def test_a_year_set_by_hand_holds_from_its_day_and_later_years_follow_it(overrides, on, pgy, month):
    training = Training(START, overrides=tuple(overrides))
    assert (training.pgy(on), training.month(on)) == (pgy, month)


def test_who_transfers_in_repeats_or_stays_as_chief_ends_when_the_third_year_is_over():
    ends = [
        Training(START, overrides=overrides).ends(START)
        for overrides in ((), (TRANSFER,), (REPEAT,), (CHIEF,))
    ]
    assert ends == [
        date(2028, 7, 1),
        date(2027, 7, 1),
        date(2029, 7, 1),
        date(2028, 7, 1),
    ]


def test_a_year_or_month_that_is_skipped_begins_with_what_takes_its_place():
    skips = Training(START, overrides=(Turn(date(2026, 1, 15), 3),))
    assert skips.year_begins(2, START) == date(2026, 1, 15)
    assert skips.month_begins(10, START) == date(2026, 1, 15)
    assert skips.month_begins(26, START) == date(2026, 2, 1)


def test_a_year_that_comes_twice_begins_the_last_time():
    twice = Training(START, overrides=(Turn(date(2027, 7, 1), 2),))
    assert twice.year_begins(2, START) == date(2027, 7, 1)
    assert twice.year_begins(1, START) == START


def test_leave_counts_from_the_year_set_by_hand_on_and_what_came_before_is_settled():
    long = Absence(date(2026, 5, 1), date(2026, 8, 29))
    training = Training(START, (long,), (REPEAT,))
    assert training.year_begins(2, START) == date(2027, 8, 30), "60 days of July and August"
    assert [training.month(day) for day in (REPEAT.first, long.last)] == [1, 1]
    assert training.month(date(2026, 9, 30)) == 2


def test_leap_days_start_and_promote_on_the_last_of_february():
    assert [LEAP.year_begins(year, START) for year in (2, 3, 4, 5)] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]
    assert (LEAP.pgy(date(2025, 2, 27)), LEAP.pgy(date(2025, 2, 28))) == (1, 2)
    assert (LEAP.pgy(date(2028, 2, 28)), LEAP.pgy(date(2028, 2, 29))) == (4, 5)


def test_a_leave_over_a_leap_day_moves_the_year_by_that_day_too():
    february = Absence(date(2028, 2, 1), date(2028, 2, 29))
    assert taking(february).year_begins(4, START) == date(2028, 7, 30)


@pytest.mark.parametrize("seed", range(80))
def test_with_leaves_and_overrides_a_year_still_begins_on_its_first_counted_day(seed):
    random = Random(seed)
    start = START + random.randrange(400) * DAY
    days = sorted(random.sample(range(1400), 6))
    absences = tuple(
        Absence(start + first * DAY, start + last * DAY)
        for first, last in zip(days[::2], days[1::2], strict=False)
    )
    turn = Turn(start + random.randrange(900) * DAY, random.randint(1, 3))
    training = Training(start, absences, (turn,))
    for year in range(turn.pgy + 1, turn.pgy + 3):
        day = training.year_begins(year, start)
        assert (training.pgy(day - DAY), training.pgy(day)) == (year - 1, year)
    assert training.pgy(turn.first) == turn.pgy
    assert training.month(turn.first) == turn.month


@pytest.mark.parametrize(
    ("overrides", "today", "words"),
    [
        ((), date(2025, 6, 30), "Starts residency on Jul 1, 2025."),
        ((), START, "PGY-1 since Jul 1, 2025; PGY-2 begins on Jul 1, 2026."),
        ((), date(2027, 8, 1), "PGY-3 since Jul 1, 2027; the three years end on Jul 1, 2028."),
        ((CHIEF,), date(2028, 8, 1), "PGY-4 since Jul 1, 2028."),
    ],
)
def test_a_sentence_says_which_year_holds_and_what_comes_next(overrides, today, words):
    assert year_words(Training(START, overrides=overrides), today) == words
