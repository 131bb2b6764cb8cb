"""What a chart says in words, for every kind of series."""

from datetime import date, timedelta

import pytest

from capstone.findings import Series, Value, read, taught
from capstone.states import Goal, Phase

MONDAY = date(2026, 1, 5)
BEFORE = [9, 10, 8, 11, 9.5, 10.5, 8.5, 9, 11, 10, 9, 10]
AFTER = [6, 5, 7, 6, 5.5, 6.5, 6, 5, 7, 6, 6.5, 5.5]


def series(before, after=(), *, goal=Goal.LOWER, target=None, step=7):
    values = [(value, Phase.BASELINE) for value in before] + [(v, Phase.AFTER) for v in after]
    return Series(
        [
            Value(MONDAY + timedelta(days=step * index), value, phase)
            for index, (value, phase) in enumerate(values)
        ],
        goal,
        "hours",
        target,
    )


def titles(finding):
    return [(said.tone, said.title) for said in finding.said]


def test_nothing_is_said_of_nothing():
    assert read(series([])).headline == "Nothing is measured yet"


@pytest.mark.parametrize("count", [1, 4, 9])
def test_fewer_than_ten_points_are_too_few_to_judge(count):
    finding = read(series(BEFORE[:count]))
    assert finding.headline.endswith("so far: too few to judge")
    assert titles(finding) == [("info", "Too few points to judge.")]
    assert finding.changed == frozenset()


def test_a_steady_baseline_is_no_change():
    finding = read(series(BEFORE))
    assert finding.headline == "No change beyond what chance does"
    assert "no proof that nothing changed" in finding.said[0].text


@pytest.mark.parametrize(
    ("before", "after", "goal", "tone", "title", "headline"),
    [
        (
            BEFORE,
            AFTER,
            Goal.LOWER,
            "ok",
            "A real change for the better.",
            "Fell from 9.8 to 6 hours and has held for 12 weeks",
        ),
        (
            AFTER,
            BEFORE,
            Goal.LOWER,
            "risk",
            "A real change for the worse.",
            "Rose from 6 to 9.8 hours and has held for 12 weeks",
        ),
        (
            AFTER,
            BEFORE,
            Goal.HIGHER,
            "ok",
            "A real change for the better.",
            "Rose from 6 to 9.8 hours and has held for 12 weeks",
        ),
        (
            BEFORE,
            AFTER,
            Goal.STEADY,
            "warn",
            "A real change.",
            "Fell from 9.8 to 6 hours and has held for 12 weeks",
        ),
    ],
)
def test_a_shift_is_told_with_its_direction_and_whether_that_was_wanted(
    before, after, goal, tone, title, headline
):
    finding = read(series(before, after, goal=goal))
    assert (finding.headline, titles(finding)[0]) == (headline, (tone, title))
    assert finding.changed == frozenset(range(12, 24))
    assert "says that something changed, not why" in finding.said[0].text


def test_after_the_change_all_is_judged_around_the_median_of_the_baseline():
    finding = read(series(BEFORE, AFTER))
    assert (finding.before, finding.after) == (9.75, 6.0)
    assert len(finding.runs.longest) == 12


def test_a_measure_that_should_stay_as_it_is_has_held():
    finding = read(series(BEFORE, BEFORE, goal=Goal.STEADY))
    assert titles(finding) == [("ok", "It held.")]


def test_a_change_that_did_not_last_is_not_said_to_have_held():
    finding = read(series(BEFORE, [*AFTER, 10, 11, 10, 11, 10]))
    assert finding.headline == "Fell from 9.8 to 6.5 hours, and has come back since"


def test_a_long_run_within_the_baseline_says_that_the_baseline_was_not_steady():
    finding = read(series([*AFTER, *BEFORE], [9, 8, 10, 5, 9, 5]))
    assert finding.headline == "The baseline was not steady"
    assert titles(finding)[0] == ("warn", "The baseline is not steady.")


@pytest.mark.parametrize(
    ("target", "goal", "title", "text"),
    [
        (6.0, Goal.LOWER, "Goal met.", "The median is 6 hours; the goal is 6 hours."),
        (4.0, Goal.LOWER, "Goal not met yet.", "The median is 2 hours above the goal of 4 hours."),
        (9.0, Goal.HIGHER, "Goal not met yet.", "The median is 3 hours below the goal of 9 hours."),
    ],
)
def test_the_goal_is_compared_with_the_median_after_the_change(target, goal, title, text):
    said = read(series(BEFORE, AFTER, goal=goal, target=target)).said[1]
    assert (said.title, said.text) == (title, text)


@pytest.mark.parametrize(
    ("count", "share"), [(4, 22), (5, 22), (6, 16), (8, 13), (10, 10), (11, 10)]
)
def test_a_short_baseline_is_called_a_trial_with_how_often_it_misleads(count, share):
    said = read(series(BEFORE[:count], AFTER)).said[-1]
    assert said.title == "Trial baseline."
    assert f"about {share} of 100 series" in said.text


def test_a_baseline_of_twelve_is_firm_and_none_is_said_to_be_none():
    assert "Trial baseline." not in [said.title for said in read(series(BEFORE, AFTER)).said]
    assert read(series([], AFTER)).said[-1].title == "No baseline."


def test_the_taught_rules_say_where_they_found_something():
    assert taught(series(BEFORE, AFTER)) == (
        "Shift, six or more in a row on one side of the median: found, 12 points between "
        "Mar 30, 2026 and Jun 15, 2026.",
        "Trend, five or more that only rise or only fall: none.",
    )


@pytest.mark.parametrize(("step", "words"), [(1, "12 days"), (7, "12 weeks"), (30, "12 points")])
def test_how_long_it_held_is_counted_in_the_time_between_points(step, words):
    assert read(series(BEFORE, AFTER, step=step)).headline.endswith(f"has held for {words}")


def test_a_few_values_on_one_side_are_told_and_not_called_a_change():
    finding = read(series(BEFORE, AFTER[:5]))
    assert finding.headline == "From 9.8 to 6 hours so far, not yet more than chance does"
    assert finding.changed == frozenset()
