"""Words and tones that several pages of the cockpit share. Pure."""

from collections.abc import Sized
from datetime import date
from typing import Protocol

from qipathway.core.lib.dates import short_day, week_day
from qipathway.core.lib.words import plural
from residents.services import Held
from residents.training import Absence

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
YEARS = ("", "First year", "Second year", "Third year")


def counted(number: int) -> str:
    """Return a number as it opens a sentence: a word up to ten."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def year_name(pgy: int) -> str:
    """Return "Second year"; a fourth or later year is named by its number."""
    return YEARS[pgy] if pgy < len(YEARS) else f"Year {pgy}"


def gap_tone(gap: int, limit: int) -> str:
    """Return how far a gap between check-ins is past what the pathway allows."""
    return "ok" if gap <= limit else "warn" if gap <= 2 * limit else "risk"


def leave_words(absence: Absence, *, seen: date) -> str:
    """Return until when somebody is on leave, as it reads within a sentence."""
    if absence.last is None:
        return "on leave until further notice"
    return f"on leave until {short_day(absence.last, seen=seen)}"


class Followed(Protocol):
    """What moved with a leave."""

    @property
    def given_back(self) -> Sized: ...

    @property
    def due(self) -> Sized: ...


def moved_words(moved: Followed) -> str:
    """Say what moved with a leave: seats and due dates; nothing if nothing did."""
    seats = len(moved.given_back)
    said = []
    if seats:
        said.append("One seat was given back." if seats == 1 else f"{seats} seats were given back.")
    return " ".join(filter(None, (*said, due_words(moved.due))))


def due_words(due: Sized) -> str:
    """Say how many due dates moved; nothing if none did."""
    count = len(due)
    if not count:
        return ""
    return "One due date moved." if count == 1 else f"{count} due dates moved."


def held_message(held: Held) -> str:
    """Say how many half days are held, which were left out and why."""
    count = len(held.holds)
    said = f"{plural(count, 'half day is', 'half days are')} held."
    left = [
        f"{week_day(each.day)}, {each.half.label.lower()}: {each.reason}" for each in held.left_out
    ]
    return f"{said} Left out: {'; '.join(left)}." if left else said
