"""When a project measures again after its event, and whether it did. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Remeasure:
    """One day on which what was changed is looked at again, so many days after the event.

    One that is settled was credited or waived by the director, and is asked for no more.
    """

    days: int
    due_on: date
    is_done: bool
    is_settled: bool = False

    @property
    def is_open(self) -> bool:
        return not self.is_done and not self.is_settled


def remeasures(
    event_on: date | None,
    days: Sequence[int],
    last_after: date | None,
    settled: Collection[int] = (),
) -> tuple[Remeasure, ...]:
    """Work out the remeasures of an event from the last value measured after the change.

    A value on or after the day answers for it: who measures each week is never asked again.
    """
    if event_on is None:
        return ()
    due = ((count, event_on + timedelta(days=count)) for count in sorted(days))
    return tuple(
        Remeasure(count, day, last_after is not None and last_after >= day, count in settled)
        for count, day in due
    )


def following(found: Sequence[Remeasure]) -> Remeasure | None:
    """Return the first that is neither done nor settled."""
    return next((each for each in found if each.is_open), None)
