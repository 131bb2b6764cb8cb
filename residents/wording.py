"""Sentences about how far somebody has come, and what a change would move; what a role is. Pure."""

from collections.abc import Mapping
from datetime import date

from qipathway.core.lib.dates import full_day

from .states import Role
from .training import YEARS, Training

DUTIES: Mapping[Role, str] = {
    Role.DIRECTOR: "you see everything in the program, choose who takes part, and name the coaches",
    Role.COORDINATOR: "you keep people, cohorts, schedules, classes and mail in order",
    Role.CHIEF: "you see the board and the schedule of all residents",
    Role.KPO_LEAD: "you name the coaches, and look after classes and stand-ups",
    Role.COACH: "you meet residents one on one and answer their homework",
    Role.INSTRUCTOR: "you teach classes, take attendance and answer homework",
    Role.SPONSOR: "you sign the charter of a resident's improvement project and clear its way",
    Role.MENTOR: "you stand by a resident who asks you",
    Role.REVIEWER: "you read applications and rate them",
}
"""For every role that is offered; each follows "the role of ...:"."""


def year_words(training: Training, today: date) -> str:
    """Say which year holds, and when the next one begins: "PGY-2 since Jul 1, 2026; ..."."""
    pgy = training.pgy(today)
    if today < training.starts_on:
        return f"Starts residency on {full_day(training.starts_on)}."
    since = full_day(training.year_begins(pgy, today))
    if pgy > YEARS:
        return f"PGY-{pgy} since {since}."
    following = full_day(training.year_begins(pgy + 1, today))
    then = f"PGY-{pgy + 1} begins" if pgy < YEARS else "the three years end"
    return f"PGY-{pgy} since {since}; {then} on {following}."


def turn_facts(before: Training, after: Training, today: date) -> tuple[dict[str, str], ...]:
    """Say what a change to somebody's training moves: the year of today, the next, and the end."""
    now, then = before.pgy(today), after.pgy(today)
    year = f"PGY-{then} instead of PGY-{now}" if now != then else f"PGY-{now}, as before"
    following = then + 1
    turns = {"The three years end": (before.ends(today), after.ends(today))}
    if following <= YEARS:
        begins = [each.year_begins(following, today) for each in (before, after)]
        turns = {f"PGY-{following} begins": (begins[0], begins[1])} | turns
    moved = ({"label": label, "value": _moved(*days)} for label, days in turns.items())
    return ({"label": "Today", "value": year}, *moved)


def _moved(before: date, after: date) -> str:
    if before == after:
        return f"{full_day(after)}, as before"
    return f"{full_day(after)} instead of {full_day(before)}"
