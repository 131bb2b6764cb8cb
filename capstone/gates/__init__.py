"""What a stage still needs before it can be left, in words, and who can do something about it.

Pure: a gate is computed from facts, so that the page, the board and the service that moves a
project say the same. No request skips a gate.
"""

from ..states import Stage
from . import early, later
from .needs import COUNTED, Ball, Facts, Gate, Need, capital, listed

GATES = {
    Stage.IDEA: early.idea,
    Stage.CHARTER: early.charter,
    Stage.CURRENT_STATE: later.current_state,
    Stage.EVENT_READY: later.event_ready,
    Stage.EVENT_HELD: later.event_held,
    Stage.IMPLEMENTING: later.implementing,
    Stage.REMEASURED: later.remeasured,
    Stage.PRESENTED: later.presented,
}


def gate_for(stage: str, facts: Facts) -> Gate | None:
    """Return the gate of a stage; ``None`` of a closed project, which nobody leaves."""
    found = GATES.get(Stage(stage))
    return found(facts) if found else None


__all__ = ["COUNTED", "Ball", "Facts", "Gate", "Need", "capital", "gate_for", "listed"]
