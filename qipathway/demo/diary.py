"""What happened before the demo's today, each deed done on its own day."""

from collections.abc import Callable
from datetime import date, datetime, time

from qipathway.core.clock.services import travel_to

from .scene import at

Deed = Callable[[datetime], object]
"""Something that somebody did; it is told when."""


class Diary:
    """Deeds in any order of writing, played in order of time.

    The clock travels to each, so that the services they call date everything as if it happened
    then. Deeds of one instant are played as they were written.
    """

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, Deed]] = []

    def note(self, instant: datetime, deed: Deed) -> None:
        """Write down what is done at an instant."""
        self._deeds.append((instant, deed))

    def on(self, day: date, clock: time, deed: Deed) -> None:
        """Write down what is done when the program's clock shows this."""
        self.note(at(day, clock), deed)

    def play(self) -> None:
        """Do everything; leaves the clock at the last deed."""
        clock: datetime | None = None
        for instant, deed in sorted(self._deeds, key=lambda entry: entry[0]):
            if instant != clock:
                travel_to(instant)
                clock = instant
            deed(instant)
