"""From values to places on paper, and back to round numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from an interval of values to an interval of pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where ``value`` lies; an interval without width maps to the middle."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def nice_ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Return about ``count`` round values that enclose the interval from ``low`` to ``high``.

    Steps are 1, 2, 2.5 or 5 times a power of ten, so that people can read between them.
    """
    if high < low:
        low, high = high, low
    if high == low:
        low, high = low - (abs(low) / 2 or 1), high + (abs(high) / 2 or 1)
    rough = (high - low) / max(count - 1, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(index * step, 10) for index in range(first, last + 1))


def with_air(ticks: Sequence[float], lowest: float) -> tuple[float, ...]:
    """Return the ticks with one more below when ``lowest`` would lie on the axis itself.

    Zero stays zero: nothing is counted below it.
    """
    step = ticks[1] - ticks[0]
    if lowest - ticks[0] > step * 0.15 or ticks[0] == 0:
        return tuple(ticks)
    return (round(ticks[0] - step, 10), *ticks)


def number(value: float, digits: int = 1) -> str:
    """Write a number without a needless ".0": 120, 0.5, -3."""
    written = f"{value:.{digits}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
