"""The stages of a capstone project, the moves between them, and the words of its parts."""

from django.db.models import TextChoices

from qipathway.core.lib.states import arrow


class Stage(TextChoices):
    """What the resident is working on; the stage's gate lists what is needed to leave it."""

    IDEA = "idea", "Idea"
    CHARTER = "charter", "Charter"
    CURRENT_STATE = "current_state", "Current state"
    EVENT_READY = "event_ready", "Event ready"
    EVENT_HELD = "event_held", "Event held"
    IMPLEMENTING = "implementing", "Implementing"
    REMEASURED = "remeasured", "Remeasured"
    PRESENTED = "presented", "Presented"
    CLOSED = "closed", "Closed"


STAGES = tuple(Stage)


def number(stage: str) -> int:
    """Return the number by which people call a stage: 0 for the idea, 8 for closed."""
    return STAGES.index(Stage(stage))


PROJECT_MOVES = {
    "choose_process": arrow({Stage.IDEA}, Stage.CHARTER, "given a process"),
    "sign_charter": arrow({Stage.CHARTER}, Stage.CURRENT_STATE, "signed"),
}


ENTRIES = {
    f"enter_{stage}": arrow(STAGES[: number(stage)], stage, "entered there")
    for stage in STAGES
    if number(stage)
}
"""Where a project that began before this system can enter, on the director's signature."""

RETURNS = {
    f"return_to_{stage}": arrow(STAGES[number(stage) + 1 :], stage, "taken back")
    for stage in STAGES[:-1]
}
"""The way back of an entry that is withdrawn."""


class ScreenResult(TextChoices):
    """What the answers of a self-screen add up to."""

    OPEN = "open", "Not finished"
    IMPROVEMENT = "improvement", "Quality improvement"
    ASK_IRB = "ask_irb", "Ask the IRB"


class IrbOutcome(TextChoices):
    """What the institutional review board decided."""

    NOT_RESEARCH = "not_research", "Not research"
    EXEMPT = "exempt", "Research, exempt from review"
    APPROVED = "approved", "Research, approved"


class Goal(TextChoices):
    """Which way is better; a measure that only watches over the others should stay as it is."""

    LOWER = "lower", "Lower is better"
    HIGHER = "higher", "Higher is better"
    STEADY = "steady", "Should stay as it is"


class Phase(TextChoices):
    """Whether a value was measured before or after the change."""

    BASELINE = "baseline", "Baseline"
    AFTER = "after", "After the change"
