import random
import time as clock
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from qipathway.core.lib import dates as subject
from qipathway.core.lib.dates import Half, validate_zone

NEW_YORK = "America/New_York"
DAY = timedelta(days=1)
WINDOWS = {Half.AM: (time(8), time(12)), Half.PM: (time(13), time(17))}
SHUFFLE = random.Random(2017)
CASES = 400
WRITERS = (subject.short_day, subject.week_day, subject.long_day, subject.full_day)


def utc(*parts) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "wall", "instant"),
    [
        (date(2027, 3, 13), time(7), utc(2027, 3, 13, 12)),
        (date(2027, 3, 14), time(7), utc(2027, 3, 14, 11)),
        (date(2027, 3, 14), time(2, 30), utc(2027, 3, 14, 7, 30)),
        (date(2027, 11, 7), time(1, 30), utc(2027, 11, 7, 5, 30)),
        (date(2027, 11, 7), time(1, 30, fold=1), utc(2027, 11, 7, 5, 30)),
    ],
    ids=["winter", "summer", "gap", "overlap", "the fold of a form is not trusted"],
)
def test_at_local_shifts_a_gap_forward_and_takes_the_first_of_an_overlap(day, wall, instant):
    found = subject.at_local(day, wall, NEW_YORK)
    assert found == instant
    assert found.tzinfo is UTC


def test_a_time_in_the_gap_is_shown_an_hour_later():
    shown = subject.at_local(date(2027, 3, 14), time(2, 30), NEW_YORK).astimezone(
        ZoneInfo(NEW_YORK)
    )
    assert shown.strftime("%H:%M %Z") == "03:30 EDT"


@pytest.mark.parametrize(
    "zone",
    [NEW_YORK, "America/Los_Angeles", "Europe/Zurich", "Australia/Lord_Howe", "Asia/Kolkata"],
)
@pytest.mark.parametrize(
    "wall", [time(0), time(1, 30), time(2), time(2, 30), time(7), time(23, 59)]
)
def test_a_weekly_time_over_522_weeks_only_moves_forward_by_about_a_week(zone, wall):
    for start in (date(2026, 7, 5), date(2026, 7, 6)):
        instants = [subject.at_local(start + n * 7 * DAY, wall, zone) for n in range(522)]
        steps = {later - earlier for earlier, later in pairwise(instants)}
        assert min(steps) >= timedelta(days=7) - timedelta(hours=1)
        assert max(steps) <= timedelta(days=7) + timedelta(hours=1)
        shown = {instant.astimezone(ZoneInfo(zone)).strftime("%H:%M") for instant in instants}
        assert wall.strftime("%H:%M") in shown
        assert len(shown) <= 2


def test_hours_before_counts_elapsed_hours_across_a_clock_change():
    class_starts = subject.at_local(date(2027, 3, 14), time(8), NEW_YORK)
    assert subject.hours_before(class_starts, 24) == class_starts - timedelta(hours=24)
    assert subject.hours_before(class_starts, 24).astimezone(ZoneInfo(NEW_YORK)).hour == 7


def test_hours_before_does_not_count_by_the_wall_clock_of_a_local_instant():
    local = subject.at_local(date(2027, 3, 14), time(7), NEW_YORK).astimezone(ZoneInfo(NEW_YORK))
    assert subject.hours_before(local, 24) == utc(2027, 3, 13, 11)


@pytest.mark.parametrize(
    "ask", [lambda at: subject.hours_before(at, 1), lambda at: subject.local_date(at, "UTC")]
)
def test_an_instant_without_a_zone_is_a_mistake(ask):
    with pytest.raises(ValueError, match="time zone"):
        ask(datetime(2026, 11, 23, 8))


@pytest.mark.parametrize(
    ("start", "end", "halves"),
    [
        (time(8), time(12), (Half.AM,)),
        (time(13), time(17), (Half.PM,)),
        (time(8), time(16, 30), (Half.AM, Half.PM)),
        (time(11, 59), time(13, 1), (Half.AM, Half.PM)),
        (time(12), time(13), ()),
        (time(6), time(8), ()),
        (time(17), time(19), ()),
        (time(7), time(8, 1), (Half.AM,)),
    ],
)
def test_halves_of_names_the_half_days_that_something_takes_time_from(start, end, halves):
    assert subject.halves_of(start, end, WINDOWS) == halves


def test_halves_of_knows_only_the_windows_that_are_given():
    assert subject.halves_of(time(8), time(17), {Half.PM: WINDOWS[Half.PM]}) == (Half.PM,)


def test_window_of_is_a_half_day_as_instants():
    assert subject.window_of(date(2027, 3, 14), Half.PM, WINDOWS, NEW_YORK) == (
        utc(2027, 3, 14, 17),
        utc(2027, 3, 14, 21),
    )


def test_half_says_itself_in_words():
    assert [(half.value, half.label) for half in Half] == [("AM", "Morning"), ("PM", "Afternoon")]


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        (date(2026, 6, 30), 7, 2025),
        (date(2026, 7, 1), 7, 2026),
        (date(2028, 2, 29), 7, 2027),
        (date(2026, 12, 31), 1, 2026),
        (date(2026, 1, 1), 1, 2026),
    ],
)
def test_academic_year_of_changes_on_the_first_of_its_month(day, month, year):
    assert subject.academic_year_of(day, month) == year


@pytest.mark.parametrize("month", range(1, 13))
def test_academic_years_follow_each_other_without_gap(month):
    for year in range(2017, 2040):
        first, last = subject.academic_year(year, month)
        assert subject.academic_year_of(first, month) == year
        assert subject.academic_year_of(last, month) == year
        assert subject.academic_year(year + 1, month)[0] == last + DAY


def test_academic_year_label_says_it_as_people_do():
    labels = [subject.academic_year_label(year) for year in (2026, 2099)]
    assert labels == ["2026\u201327", "2099\u201300"]
    assert subject.academic_year_label(2026, 1) == "2026"


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 7, 1), 36, date(2029, 7, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last_one(day, months, found):
    assert subject.add_months(day, months) == found


def test_months_between_is_the_most_months_that_fit():
    for _ in range(CASES):
        start = date(2026, 1, 1) + SHUFFLE.randrange(900) * DAY
        end = start + SHUFFLE.randrange(1200) * DAY
        months = subject.months_between(start, end)
        assert subject.add_months(start, months) <= end < subject.add_months(start, months + 1)


def test_months_between_counts_back_when_the_start_is_ahead():
    start = date(2026, 7, 1)
    ends = [date(2026, 6, 30), date(2026, 6, 1), date(2026, 5, 15), date(2025, 7, 1)]
    assert [subject.months_between(start, end) for end in ends] == [0, -1, -1, -12]


THANKSGIVING = frozenset({date(2026, 11, 26), date(2026, 11, 27)})


JULY = date(2026, 7, 1)
ICU = (date(2026, 7, 11), date(2026, 8, 7))


@pytest.mark.parametrize(
    ("pauses", "days"),
    [
        ([], 60),
        ([ICU], 32),
        ([ICU, ICU], 32),
        ([(date(2026, 8, 1), date(2026, 8, 14)), ICU], 25),
        ([(date(2026, 5, 1), date(2026, 7, 1))], 60),
        ([(date(2026, 5, 1), date(2026, 7, 2))], 59),
        ([(date(2026, 8, 30), date(2026, 12, 1))], 59),
        ([(date(2026, 8, 31), date(2026, 12, 1))], 60),
        ([(date(2026, 7, 15), date(2026, 7, 15))], 59),
        ([(date(2026, 1, 1), date.max)], 0),
        ([(date.min, date.max)], 0),
    ],
)
def test_clock_days_leaves_out_every_paused_day_once(pauses, days):
    assert subject.clock_days(JULY, date(2026, 8, 30), pauses) == days


def test_clock_days_is_nothing_until_the_next_day():
    assert subject.clock_days(JULY, JULY, []) == 0
    assert subject.clock_days(JULY, JULY - DAY, [ICU]) == 0
    assert subject.clock_days(JULY, JULY + DAY, []) == 1


def random_pauses() -> list[tuple[date, date]]:
    starts = [JULY + SHUFFLE.randrange(-60, 200) * DAY for _ in range(SHUFFLE.randrange(7))]
    return [(start, start + SHUFFLE.randrange(40) * DAY) for start in starts]


def test_clock_days_agrees_with_counting_on_the_fingers():
    for _ in range(CASES):
        pauses = random_pauses()
        end = JULY + SHUFFLE.randrange(-10, 250) * DAY
        paused = {day for first, last in pauses for day in subject_days(first, last)}
        counted = len(set(subject_days(JULY + DAY, end)) - paused)
        assert subject.clock_days(JULY, end, pauses) == counted
        assert subject.clock_days(JULY, end, iter(pauses)) == counted
        SHUFFLE.shuffle(pauses)
        assert subject.clock_days(JULY, end, pauses) == counted


def test_clock_days_add_up_over_any_day_between():
    for _ in range(CASES):
        pauses = random_pauses()
        middle = JULY + SHUFFLE.randrange(100) * DAY
        end = middle + SHUFFLE.randrange(100) * DAY
        whole = subject.clock_days(JULY, end, pauses)
        parts = subject.clock_days(JULY, middle, pauses), subject.clock_days(middle, end, pauses)
        assert whole == sum(parts)


def test_a_pause_that_ends_before_it_starts_is_a_mistake():
    wrong = [(date(2026, 8, 2), date(2026, 8, 1))]
    with pytest.raises(ValueError, match="ends before it starts"):
        subject.clock_days(JULY, date(2026, 9, 1), wrong)


def test_clock_days_for_a_whole_board_take_milliseconds():
    pauses = [(JULY + n * 28 * DAY, JULY + (n * 28 + 13) * DAY) for n in range(40)]
    began = clock.thread_time()
    for _ in range(60):
        subject.clock_days(JULY, date(2029, 6, 30), pauses)
    assert clock.thread_time() - began < 0.1


def subject_days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Europe/Zurich"])
def test_a_time_zone_of_the_iana_is_taken(zone):
    validate_zone(zone)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../UTC", "america/los_angeles", "PST8"])
def test_what_is_no_time_zone_is_refused_in_words(zone):
    with pytest.raises(ValidationError, match="Name a time zone as the IANA does"):
        validate_zone(zone)


def test_days_read_as_people_write_them_and_name_a_year_only_where_it_could_be_mistaken():
    day, late = date(2026, 12, 3), datetime(2026, 12, 3, 23, 30, tzinfo=UTC)
    assert [write(day) for write in WRITERS] == [
        "Dec 3",
        "Thu Dec 3",
        "Thursday, Dec 3",
        "Dec 3, 2026",
    ]
    assert subject.short_day(day, seen=date(2026, 1, 1)) == "Dec 3"
    assert subject.short_day(day, seen=date(2027, 1, 1)) == "Dec 3, 2026"
    assert subject.short_day(late.astimezone(ZoneInfo("Europe/Berlin"))) == "Dec 4"


def test_an_instant_is_written_by_the_clocks_of_its_zone():
    instant = datetime(2026, 12, 12, 7, 59, tzinfo=UTC)
    assert subject.day_and_clock(instant, "America/Los_Angeles") == "Friday, Dec 11, 23:59"
    with pytest.raises(ValueError, match="needs a time zone"):
        subject.day_and_clock(instant.replace(tzinfo=None), "UTC")
