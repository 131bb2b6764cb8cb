"""Scales and ticks: round numbers around what is shown."""

import pytest

from qipathway.core.charts.scale import Scale, nice_ticks, number, with_air


def test_a_scale_maps_ends_to_ends_and_may_point_downwards():
    y = Scale(0, 10, 100, 0)
    assert (y(0), y(5), y(10)) == (100, 50, 0)


def test_a_scale_without_width_maps_to_the_middle():
    assert Scale(3, 3, 0, 10)(3) == 5


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (109, 236, (100, 150, 200, 250)),
        (0, 8, (0, 2, 4, 6, 8)),
        (0.1, 0.9, (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (-3, 3, (-4, -2, 0, 2, 4)),
    ],
)
def test_ticks_are_round_and_enclose_the_values(low, high, ticks):
    assert nice_ticks(low, high) == ticks


@pytest.mark.parametrize(
    ("low", "high"), [(5, 5), (0, 0), (-2, -2), (9, 1), (1e-6, 2e-6), (0, 1e9)]
)
def test_ticks_enclose_even_strange_intervals(low, high):
    ticks = nice_ticks(low, high)
    assert len(ticks) >= 2
    assert ticks[0] <= min(low, high)
    assert ticks[-1] >= max(low, high)


def test_a_value_on_the_axis_gets_air_below_unless_it_is_zero():
    assert with_air((100, 150), 100) == (50, 100, 150)
    assert with_air((100, 150), 120) == (100, 150)
    assert with_air((0, 2), 0) == (0, 2)


@pytest.mark.parametrize(
    ("value", "said"), [(120.0, "120"), (0.5, "0.5"), (-0.01, "0"), (1 / 3, "0.3")]
)
def test_numbers_have_no_needless_digits(value, said):
    assert number(value) == said
