"""Where and when the demo plays."""

from datetime import date, datetime, time
from uuid import UUID, uuid5

from qipathway.core.lib.dates import at_local

SLUG = "cascade"
NAME = "Cascade Internal Medicine Residency"
MISSION = (
    "Every resident leaves able to see waste in daily work, to lead a team that removes it, and "
    "to show with numbers that care got better."
)
ZONE = "America/Los_Angeles"
FIRST_INTAKE = date(2024, 7, 1)
MONDAY = date(2026, 12, 28)
TODAY_AT = time(13, 10)
NOW = at_local(MONDAY, TODAY_AT, ZONE)
"""When the demo's clock starts to tick.

Of the Mondays of that winter, the only one on which the schedule gives every role something to
do: a class was taught in the morning and its attendance is open, the next one and a stand-up start
within 24 hours, somebody is on Systems-Based Practice, and all second-years are on electives.
"""
NAMESPACE = UUID("5a1c6f0e-3f0b-5d55-9b1e-0d2f6c0a7c11")


def stable(*words: object) -> UUID:
    """Return the uid of the thing that these words name, the same in every load."""
    return uuid5(NAMESPACE, "/".join(str(word) for word in words))


def at(day: date, clock: time) -> datetime:
    """Return the instant at which the program's clock shows this."""
    return at_local(day, clock, ZONE)
