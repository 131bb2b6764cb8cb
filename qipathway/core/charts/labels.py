"""Labels that would lie on each other are moved apart."""

from collections.abc import Sequence


def push_apart(places: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Return places at least ``gap`` apart, in the given order, as near to the old as can be.

    Labels that touch are gathered into groups which are centred on the mean of their wishes; all
    stay between ``low`` and ``high`` while there is room for them, and start at ``low`` when not.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[list[int]] = []
    tops: list[float] = []
    for index in order:
        groups.append([index])
        tops.append(_top(groups[-1], places, gap, low, high))
        while len(groups) > 1 and tops[-1] - tops[-2] < gap * len(groups[-2]) - 1e-9:
            tail = groups.pop()
            tops.pop()
            groups[-1].extend(tail)
            tops[-1] = _top(groups[-1], places, gap, low, high)
    moved = [0.0] * len(places)
    for group, top in zip(groups, tops, strict=True):
        for step, index in enumerate(group):
            moved[index] = top + step * gap
    return tuple(moved)


def _top(
    group: Sequence[int], places: Sequence[float], gap: float, low: float, high: float
) -> float:
    length = gap * (len(group) - 1)
    middle = sum(places[index] for index in group) / len(group)
    return max(low, min(middle - length / 2, high - length))
