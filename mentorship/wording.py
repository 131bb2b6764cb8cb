"""Sentences about check-ins and promises: what is true, and who has the ball. Pure."""

from collections.abc import Sequence
from datetime import date

from qipathway.core.lib.dates import short_day, week_day
from qipathway.core.lib.templatetags.ui import days

from .models import CheckIn, Commitment
from .states import CommitmentState


def day_and_time(check_in: CheckIn) -> str:
    """Return when a check-in starts, by its own clock: "Thu Dec 3, 10:00"."""
    return f"{week_day(check_in.day)}, {check_in.clock:%H:%M}"


def promise_line(commitment: Commitment, today: date) -> str:
    """Return the line under a promise: done when, or due when and how late."""
    if commitment.state == CommitmentState.DONE and commitment.done_on:
        return f"Done {short_day(commitment.done_on)}"
    late = (today - commitment.due_on).days
    if late > 0:
        return f"Due {short_day(commitment.due_on)}, {days(late)} ago"
    return f"Due {short_day(commitment.due_on)}"


def names(people: Sequence[str]) -> str:
    """Join names as a sentence does: "Ana, Ben and Chi"."""
    if len(people) < 2:
        return "".join(people)
    return f"{', '.join(people[:-1])} and {people[-1]}"
