"""The question to open a check-in with, from what is known. Pure: no database, no clock."""

from dataclasses import dataclass

from .states import Mood


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a resident stands when the two sit down; the empty one is a first meeting."""

    name: str
    is_first: bool = False
    has_written: bool = False
    mood: str = ""
    overdue: str = ""
    overdue_days: int = 0
    homework_overdue: int = 0
    homework_open: int = 0
    capstone_wants: str = ""
    silent_days: int = 0
    silent_limit: int = 30


def suggested_question(situation: Situation) -> str:
    """Return one open question, for the most pressing thing that is known.

    It asks for the next small test and never for a justification: that is what a coach is for.
    """
    known = situation
    if known.has_written:
        return (
            f"Start with what {known.name} wrote: what has been tried so far, "
            "and what is the next small test?"
        )
    if known.is_first:
        return "Which part of your working day makes you think: this could be better?"
    if known.mood == Mood.STALLED:
        return (
            "What is the smallest step that could be tried before the next check-in, "
            "and who has to say yes to it?"
        )
    if known.overdue:
        late = "1 day" if known.overdue_days == 1 else f"{known.overdue_days} days"
        return f"“{known.overdue}” is {late} past its day. Is it still the right next step?"
    if known.homework_overdue:
        return "Which real process, on this rotation, could the late homework be done on?"
    if known.capstone_wants:
        return f"What would it take to get this done: {known.capstone_wants}?"
    if known.silent_days > known.silent_limit:
        return f"Nothing has been logged for {known.silent_days} days. What took its place?"
    if known.mood == Mood.NEEDS_A_HAND:
        return "What has changed since you were stuck, and what did you learn from it?"
    if known.homework_open:
        return "What did you see in your own clinical area that the class had not told you?"
    return "What did you expect to see, what did you see instead, and what will you test next?"
