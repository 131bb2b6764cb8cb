"""When: the life of a check-in and of what was promised in it, and the words of both."""

from types import MappingProxyType

from django.db.models import TextChoices

from qipathway.core.lib.states import Move, arrow


class CheckInState(TextChoices):
    SCHEDULED = "scheduled", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Mood(TextChoices):
    """How the project is going, in the coach's judgement."""

    MOVING = "moving", "Moving"
    NEEDS_A_HAND = "needs_a_hand", "Needs a hand"
    STALLED = "stalled", "Stalled"


MEANING_OF_MOOD = MappingProxyType(
    {
        Mood.MOVING: "On plan, no help needed",
        Mood.NEEDS_A_HAND: "Stuck on something specific",
        Mood.STALLED: "No progress since last time",
    }
)


class NoteLevel(TextChoices):
    """Who may read a coach's note; chosen when writing and shown wherever it stands."""

    MINE = "mine", "Only me"
    US_TWO = "us_two", "Us two"
    SHARED = "shared", "Shared"


READERS_OF_LEVEL = MappingProxyType(
    {
        NoteLevel.MINE: "Nobody else, and in no export",
        NoteLevel.US_TWO: "You and the resident",
        NoteLevel.SHARED: "You, the resident, later coaches and the program director",
    }
)


class CommitmentState(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"


S = CheckInState
CHECK_IN_MOVES: dict[str, Move] = {
    "move": arrow({S.SCHEDULED}, S.SCHEDULED, "moved"),
    "save": arrow({S.SCHEDULED}, S.SCHEDULED, "saved"),
    "hold": arrow({S.SCHEDULED}, S.HELD, "held"),
    "cancel": arrow({S.SCHEDULED}, S.CANCELLED, "cancelled"),
}

C = CommitmentState
COMMITMENT_MOVES: dict[str, Move] = {
    "complete": arrow({C.OPEN}, C.DONE, "ticked off"),
    "carry_over": arrow({C.OPEN}, C.OPEN, "carried over"),
    "reopen": arrow({C.DONE}, C.OPEN, "opened again"),
}
