"""What the projects measured, week by week."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from capstone.states import Goal, Phase

WEEK = timedelta(weeks=1)
WOBBLE = (
    0.4, -1.1, 0.8, -0.3, 1.5, -0.6, -1.4, 0.2, 0.9, -0.8, 1.1, -0.2, 0.6, -1.7, 0.3, 1.2, -0.5,
    -0.9, 1.8, 0.1, -1.2, 0.7, -0.4, 1.4, -0.7, 0.5, -1.0, 1.0, -0.1,
)  # fmt: skip
"""How weeks differ when nothing changes, in spreads; a prime number of them, so that no two
measures rise and fall together.
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Weeks in a row around one level, each up to two spreads away from it."""

    first: date
    weeks: int
    level: float
    spread: float
    phase: Phase = Phase.BASELINE


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure of a project: its name, what is wanted of it, and its weeks.

    ``shift`` is the place in the wobble where it starts; ``notes`` are those of single days.
    ``odd`` holds values that stand outside.
    """

    name: str
    unit: str
    goal: Goal
    counts: str
    weeks: tuple[Stretch, ...]
    target: Decimal | None = None
    shift: int = 0
    digits: int = 1
    notes: Mapping[date, str] = field(default_factory=dict)
    odd: Mapping[date, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Week:
    """One value as somebody types it in."""

    day: date
    value: Decimal
    phase: Phase
    note: str


def weeks_of(followed: Followed) -> Iterator[Week]:
    """Yield every value of a measure in order of time."""
    place = followed.shift
    for stretch in followed.weeks:
        for count in range(stretch.weeks):
            day = stretch.first + count * WEEK
            usual = stretch.level + stretch.spread * WOBBLE[place % len(WOBBLE)]
            value = max(0.0, followed.odd.get(day, usual))
            place += 1
            written = Decimal(f"{value:.{followed.digits}f}")
            yield Week(day, written, stretch.phase, followed.notes.get(day, ""))


NUMBERS = {
    "R2101": (
        Followed(
            "Triage to first antibiotic",
            "min",
            Goal.LOWER,
            "Median of all patients of the week in whom triage suspected sepsis.",
            (Stretch(date(2026, 9, 21), 12, 98, 7),),
            Decimal(60),
            digits=0,
        ),
    ),
    "R2102": (
        Followed(
            "Message to settling answer",
            "hours",
            Goal.LOWER,
            "Median of all messages of the week, from arrival to the answer that settled it.",
            (
                Stretch(date(2026, 4, 6), 23, 51, 4),
                Stretch(date(2026, 9, 21), 6, 33, 3, Phase.AFTER),
            ),
            Decimal(24),
            shift=7,
        ),
    ),
    "R2103": (
        Followed(
            "Patients called within five days",
            "percent",
            Goal.HIGHER,
            "Of all patients with heart failure who left in the week.",
            (Stretch(date(2026, 8, 24), 15, 61, 5),),
            Decimal(90),
            shift=12,
            digits=0,
        ),
    ),
    "R2104": (
        Followed(
            "Referral to a date",
            "days",
            Goal.LOWER,
            "Median of all referrals that came in during the week.",
            (
                Stretch(date(2025, 9, 22), 20, 13.1, 1.0),
                Stretch(date(2026, 2, 16), 32, 4.6, 0.7, Phase.AFTER),
            ),
            Decimal(5),
            shift=3,
            notes={date(2025, 12, 22): "Scheduling closed for the holidays"},
            odd={date(2025, 12, 22): 18.4},
        ),
        Followed(
            "Referrals sent back for missing information",
            "percent",
            Goal.STEADY,
            "Of all referrals of the week; a quick date must not mean more of them bounce.",
            (
                Stretch(date(2025, 9, 22), 20, 8.2, 1.3),
                Stretch(date(2026, 2, 16), 32, 8.1, 1.3, Phase.AFTER),
            ),
            shift=17,
        ),
    ),
}
"""By staff id. Nobody before the current state has measured anything."""
