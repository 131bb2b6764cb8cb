"""The gates from the current state on.

Most of what they ask for is done on paper so far. Each says so itself, so that the list is whole
and nobody takes it for a list of what this system knows.
"""

from ..remeasures import following
from ..requirements import SETTLED_BY
from ..states import Stage
from .needs import COUNTED, Ball, Facts, Gate, Need, listed

PROJECT = "capstone:project"
MEASURES = "measures"


def current_state(facts: Facts) -> Gate:
    needs = (
        _on_paper("observation", "Watch the process and write down what you see"),
        _on_paper("map", "Draw the value stream as it is today"),
        _on_paper("waste", "Name the waste, each at its step"),
        _baseline(facts),
        _on_paper("approval", "The coach approves the current state", Ball.COACH),
    )
    work = "Observe the process, map it and measure how it does today"
    return Gate(Stage.CURRENT_STATE, needs, work)


def event_ready(facts: Facts) -> Gate:
    needs = (
        _on_paper("team", "Bring the team together, with roles and departments"),
        _on_paper("dates", "Fix two days and a room"),
        _on_paper("approval", "The coach approves the event", Ball.COACH),
    )
    return Gate(Stage.EVENT_READY, needs, "Prepare the two-day event: team, dates and room")


def event_held(facts: Facts) -> Gate:
    needs = (
        _on_paper("ideas", "Gather ideas, test them and keep what the tests showed"),
        _on_paper("report_out", "Report out to the leaders"),
    )
    return Gate(Stage.EVENT_HELD, needs, "Hold the two-day event: gather ideas and test them")


def implementing(facts: Facts) -> Gate:
    closed = "Close every action, or have it waived with a reason"
    needs = (_on_paper("actions", closed),)
    return Gate(Stage.IMPLEMENTING, needs, "Turn what worked into daily practice")


def remeasured(facts: Facts) -> Gate:
    work = "Measure again and compare with the start"
    return Gate(Stage.REMEASURED, (_remeasures(facts),), work)


def presented(facts: Facts) -> Gate:
    needs = (
        _on_paper("results", "Present the results"),
        _on_paper("owner", "Hand the process over to its owner"),
        _on_paper("closing", "The program director signs the closing", Ball.DIRECTOR),
    )
    return Gate(Stage.PRESENTED, needs, "Present the results and hand the process over")


def _on_paper(key: str, text: str, ball: Ball = Ball.YOU) -> Need:
    return Need(key, text, text, is_met=False, ball=ball, page=PROJECT, is_kept=False)


def _baseline(facts: Facts) -> Need:
    """Source: product stage 2, a baseline of at least ten points or a stated reason."""
    there, needed = facts.baseline, facts.baseline_needed
    left = needed - there
    if left <= 0:
        text = f"The baseline has {there} points; {needed} are needed"
    elif facts.baseline_settled:
        text = f"The baseline is {SETTLED_BY}"
    elif facts.few_explained:
        text = f"The baseline has {there} of {needed} points, and the reason is stated"
    else:
        text = f"Measure the baseline: {there} of {needed} points are here, or state a reason"
    return Need(
        key="baseline",
        thing=f"{_counted(left)} more baseline point{'' if left == 1 else 's'}, or a reason",
        text=text,
        is_met=left <= 0 or facts.few_explained or facts.baseline_settled,
        page=PROJECT,
        anchor=MEASURES,
        why="Without knowing how it did before, nobody can tell whether it got better.",
    )


def _remeasures(facts: Facts) -> Need:
    if not facts.remeasures:
        return _on_paper("remeasures", "Measure again after the event, as often as was agreed")
    due = following(facts.remeasures)
    left = [f"{each.days}" for each in facts.remeasures if each.is_open]
    days = listed(left) if left else ""
    again = f"Measure again {days} days after the event"
    settled = [f"{each.days}" for each in facts.remeasures if each.is_settled]
    met = "Measured again after the event"
    if settled:
        met = f"{met}; {listed(settled)} days after it {SETTLED_BY}"
    return Need(
        key="remeasures",
        thing=f"the values of {days} days after the event",
        text=again if due else met,
        is_met=due is None,
        page=PROJECT,
        anchor=MEASURES,
        why="A change that lasts shows in the numbers of the months after it.",
    )


def _counted(count: int) -> str:
    return COUNTED[count] if 0 <= count < len(COUNTED) else str(count)
