"""Labels are pushed apart, in order, within bounds, and no further than needed."""

from itertools import pairwise
from random import Random

from qipathway.core.charts.labels import push_apart


def test_labels_with_room_stay_where_they_are():
    assert push_apart([10, 40, 80], 14, 0, 100) == (10, 40, 80)


def test_labels_that_touch_are_centred_on_their_wishes():
    assert push_apart([50, 50], 14, 0, 100) == (43, 57)


def test_a_group_stays_inside_and_keeps_the_callers_order():
    assert push_apart([99, 98], 14, 0, 100) == (100, 86)


def test_without_room_for_all_they_start_at_the_top():
    assert push_apart([5, 5, 5], 14, 0, 20) == (0, 14, 28)


def test_any_labels_end_up_apart_and_in_the_order_of_their_values():
    random = Random(7)
    for _ in range(200):
        places = [random.uniform(0, 300) for _ in range(random.randint(1, 9))]
        moved = sorted(zip(places, push_apart(places, 14, 0, 300), strict=True))
        tops = [top for _, top in moved]
        assert all(b - a >= 14 - 1e-6 for a, b in pairwise(tops))
        assert tops[0] >= -1e-6
        assert tops[-1] <= 300 + 1e-6


def test_no_labels_are_no_labels():
    assert push_apart([], 14, 0, 100) == ()
