"""Is this improvement or research? Six questions, asked of oneself. Pure.

The screen protects nobody by itself: it records, with a date, that the question was asked, and
sends everything that is not plainly local improvement to the institutional review board (IRB).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .states import ScreenResult


@dataclass(frozen=True, slots=True)
class Question:
    """One question, the answer that improvement work gives, and what we mean by it."""

    name: str
    text: str
    expected: bool
    meaning: str


QUESTIONS = (
    Question(
        "experimental",
        "Does it test an experimental drug or device?",
        False,
        "Something not yet approved, or approved for another use.",
    ),
    Question(
        "funded",
        "Is any part of it paid for by a research grant?",
        False,
        "Your protected time and the hospital's improvement budget are not research money.",
    ),
    Question(
        "multi_site",
        "Does it follow one protocol at more than one institution?",
        False,
        "Two units of this hospital count as one institution.",
    ),
    Question(
        "generalizes",
        "Is it designed to produce knowledge that holds beyond this hospital?",
        False,
        "Wanting to present or publish it later does not decide this; its design does.",
    ),
    Question(
        "improves_locally",
        "Is it meant to improve how care works here?",
        True,
        "For the patients and staff who use this process.",
    ),
    Question(
        "happens_anyway",
        "Would you do this work even if it were never published?",
        True,
        "The unit wants it better, whether or not anybody writes about it.",
    ),
)
NAMES = tuple(question.name for question in QUESTIONS)


def result(answers: Mapping[str, bool | None]) -> ScreenResult:
    """Say what the answers add up to; a question not answered yet is ``None`` or absent.

    Anything but no, no, no, no, yes, yes is for the IRB to decide, and one answer is enough to
    know that, but only a finished screen is a record.
    """
    if any(answers.get(name) is None for name in NAMES):
        return ScreenResult.OPEN
    if all(answers[question.name] is question.expected for question in QUESTIONS):
        return ScreenResult.IMPROVEMENT
    return ScreenResult.ASK_IRB
