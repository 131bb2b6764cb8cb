"""The rules of a run chart, against cases computed with R's qicharts2 0.8.1."""

import json
from pathlib import Path

import pytest

from qipathway.core.lib.runs import median, runs_of, taught_shift, taught_trend

CASES = json.loads(Path(__file__).with_name("run_chart_cases.json").read_text(encoding="utf-8"))
NAMES = [case["id"] for case in CASES]
TAUGHT = [case for case in CASES if case["taught"]]
LIMITS = {10: (6, 2), 12: (7, 3), 16: (7, 4), 17: (7, 5), 24: (8, 8), 36: (8, 13), 100: (10, 41)}


def values_of(case):
    counts = case["n"] or [1] * len(case["y"])
    pairs = zip(case["y"], counts, strict=True)
    return [None if y is None or not n else y / n * case["multiply"] for y, n in pairs]


def phases_of(case):
    """Yield each phase's values and its centre."""
    values, ends = values_of(case), [*(case["part"] or []), len(case["y"])]
    start = 0
    for end in dict.fromkeys(ends):
        phase = values[start:end]
        yield phase, median(phase[: case["freeze"]] if case["freeze"] else phase), start
        start = end


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_median_is_that_of_the_reference(case):
    for _, centre, start in phases_of(case):
        assert centre == pytest.approx(case["centre"][start], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_runs_and_crossings_are_those_of_the_reference(case):
    for (values, centre, _), expected in zip(phases_of(case), case["runs"], strict=True):
        found = runs_of(values, centre)
        assert (found.useful, found.is_signal) == (expected["n_useful"], expected["runs_signal"])
        if found.useful:
            assert (
                len(found.longest),
                found.longest_at_most,
                found.crossings,
                found.crossings_at_least,
            ) == (
                expected["longest_run"],
                expected["longest_run_max"],
                expected["n_crossings"],
                expected["n_crossings_min"],
            )


@pytest.mark.parametrize("case", TAUGHT, ids=[case["id"] for case in TAUGHT])
def test_the_rules_of_six_and_five_are_those_of_the_reference(case):
    values = values_of(case)
    shift = taught_shift(values, median(values))
    assert [place + 1 for place in shift] == case["taught"]["shift"]
    assert [place + 1 for place in taught_trend(values)] == case["taught"]["trend"]


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([1, 2, 3, 4], ()),
        ([1, 2, 3, 4, 5], (0, 1, 2, 3, 4)),
        ([9, 5, 4, 3, 3, 2, 1, 8], (0, 1, 2, 3, 5, 6)),
        ([1, 2, None, 3, 4, 5, 4], (0, 1, 3, 4, 5)),
    ],
)
def test_a_trend_is_five_points_that_only_rise_or_only_fall(values, places):
    assert taught_trend(values) == places


@pytest.mark.parametrize("useful", LIMITS)
def test_the_limits_are_those_of_the_table(useful):
    found = runs_of([0, 1] * (useful // 2) + [0] * (useful % 2), 0.5)
    assert (found.longest_at_most, found.crossings_at_least) == LIMITS[useful]


def test_twelve_times_a_tenth_lies_on_its_own_median():
    values = [sum([0.1] * 3), 0.3] * 6
    assert runs_of(values, median(values)).useful == 0


def test_fewer_than_ten_points_around_their_own_median_never_signal():
    for count in range(10):
        values = [float(number) for number in range(count)]
        assert not runs_of(values, median(values)).is_signal


def test_the_last_of_two_longest_runs_is_told_with_its_side():
    found = runs_of([1, 1, 9, 1, 9, 9], 5)
    assert (found.longest, found.below) == ((4, 5), False)
