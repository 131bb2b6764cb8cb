"""The steps of a new director's first hour, in words: what, why, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from .words import counted

FILES = (
    ("people", "people and roles"),
    ("roster", "the roster of residents"),
    ("blocks", "the block schedule"),
    ("clinic", "the clinic pattern"),
    ("classes", "the class catalogue"),
    ("sessions", "the class sessions"),
)

SETTINGS = (
    "The mission, your words for the method, the time zone, and the counts of the pathway. "
    "Save them, also if nothing has to change."
)
NOT_OPEN = "Open a cohort: an intake with a first day. Then choose who of the roster is in it."
OPEN_NOW = "A cohort is open; choose who of the roster is in it."
COACH = "Each resident has one. Both are told by mail, and check-ins can be planned."
CALENDAR = (
    "Class sessions come with their file, and coaches plan check-ins; stand-ups are announced here."
)
TEST = "Send yourself a letter. This step is done once the mail server has taken it."
REMINDER = "It goes out by itself, a day before what is on the calendar."


@dataclass(frozen=True, slots=True)
class Facts:
    """Each a thing that is there or not."""

    settings: bool
    people: bool
    roster: bool
    blocks: bool
    clinic: bool
    classes: bool
    sessions: bool
    cohort: bool
    members: bool
    coach: bool
    calendar: bool
    test_mail: bool
    reminder: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of the hour: what it is, what is missing or there, and the name of its page."""

    title: str
    text: str
    page: str
    button: str
    done: bool


def steps_of(facts: Facts) -> list[Step]:
    """Return the steps in the order in which they make sense."""
    files = all(getattr(facts, name) for name, _ in FILES)
    enrol = ("Enrol members", OPEN_NOW) if facts.cohort else ("Open a cohort", NOT_OPEN)
    return [
        Step("Look the settings over", SETTINGS, "residents:settings", "Settings", facts.settings),
        Step("Bring your files in", files_in_words(facts), "imports:imports", "Files", files),
        Step("Enrol the first members", enrol[1], "residents:cohorts", enrol[0], facts.members),
        Step("Name a coach", COACH, "residents:coaching", "Name coaches", facts.coach),
        Step("Fill the calendar", CALENDAR, "curriculum:stand-ups", "Stand-ups", facts.calendar),
        Step("See that mail arrives", TEST, "reminders:deliveries", "Mail", facts.test_mail),
        Step("Wait for a reminder", REMINDER, "reminders:deliveries", "Mail", facts.reminder),
    ]


def files_in_words(facts: Facts) -> str:
    """Say which files are in and which are missing."""
    here = [label for name, label in FILES if getattr(facts, name)]
    missing = [label for name, label in FILES if not getattr(facts, name)]
    if not missing:
        return "All are in. Class completions from before can follow at any time."
    if not here:
        return f"Missing: {', '.join(missing)}."
    so_far = f"{counted(len(here))} of {counted(len(FILES)).lower()} in."
    return f"{so_far} Missing: {', '.join(missing)}."


def lead_of(steps: Sequence[Step]) -> str:
    """Say how far the hour has come."""
    left = [step for step in steps if not step.done]
    if not left:
        return "All set. The first reminder has gone out, and this list has done its work."
    done = len(steps) - len(left)
    if not done:
        return "Seven steps from an empty program to the first reminder. They tick themselves."
    return f"{counted(done)} of {counted(len(steps)).lower()} done. Next: {left[0].title.lower()}."
