"""Every rotation of a program, what it allows, and what follows if it is of another kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Count

from curriculum.reads import collisions_of
from curriculum.wording import collision
from qipathway.core.lib.dates import DAY, Half, local_date
from qipathway.core.lib.words import plural
from residents.models import Block, Program, Rotation
from residents.reads import schedules_of
from residents.schedule import NIGHTS_BEFORE, Schedule
from residents.services import why_no_kind
from residents.states import PROTECTED_KINDS, QUIET_KINDS, RotationKind


@dataclass(frozen=True, slots=True)
class RotationRow:
    """A rotation, what its kind allows, and how many blocks are on it."""

    rotation: Rotation
    allows: str
    blocks: int


@dataclass(frozen=True, slots=True)
class RotationPreview:
    """What follows if a rotation is of another kind; with a refusal nothing does."""

    kind: RotationKind
    refusal: str
    facts: tuple[dict[str, str], ...]
    collisions: tuple[str, ...]


def rotations_of(program: Program) -> list[RotationRow]:
    """Read the rotations of a program by name; one query."""
    rows = program.rotations.annotate(size=Count("block")).order_by("name")
    return [RotationRow(row, allows(RotationKind(row.kind)), row.size) for row in rows]


def allows(kind: RotationKind) -> str:
    """Say what a kind of rotation allows: classes, clocks, and rest."""
    if kind == RotationKind.LEAVE:
        return "No half day is protected. Nothing is sent, and clocks stand still."
    if kind == RotationKind.NIGHTS:
        return "No half day is protected, nor the rest after it. Nothing is sent; clocks wait."
    if kind in QUIET_KINDS:
        return "No half day is protected. Nothing is sent, and clocks stand still."
    if kind in PROTECTED_KINDS:
        return "Half days without clinic are protected: classes can be booked."
    return "No half day is protected: no class can be booked. Reminders are sent."


def preview_rotation(rotation: Rotation, kind: RotationKind, at: datetime) -> RotationPreview:
    """Work out what follows if a rotation is of another kind; nothing is saved."""
    today = local_date(at, rotation.program.zone)
    blocks = list(Block.objects.filter(rotation=rotation))
    refusal = why_no_kind(rotation, kind, len(blocks))
    ahead = [block for block in blocks if block.end >= today]
    if refusal or not ahead:
        return RotationPreview(kind, refusal, _facts(len(ahead), 0, 0, 0), ())
    change = partial(_of_kind, name=rotation.name, kind=kind)
    keys = sorted({block.resident_id for block in ahead})
    schedules = schedules_of(keys, today - NIGHTS_BEFORE, max(block.end for block in ahead) + DAY)
    nights = RotationKind.NIGHTS in (rotation.kind, kind)
    before = after = 0
    for key in keys:
        days = _days(ahead, key, today, rest=nights)
        before += _count(schedules[key], days)
        after += _count(change(schedules[key]), days)
    found = collisions_of(dict.fromkeys(keys, change), after=at)
    facts = _facts(len(ahead), len(keys), before, after)
    return RotationPreview(kind, "", facts, tuple(collision(each) for each in found))


def _of_kind(schedule: Schedule, *, name: str, kind: RotationKind) -> Schedule:
    return schedule.with_kind(name, kind)


def _days(blocks: Iterable[Block], resident: int, today: date, *, rest: bool) -> set[date]:
    """Return the days of a resident's blocks from today on, with a day of ``rest`` after each."""
    own = (block for block in blocks if block.resident_id == resident)
    return {
        block.start + offset * DAY
        for block in own
        for offset in range((block.end - block.start).days + 1 + rest)
        if block.start + offset * DAY >= today
    }


def _count(schedule: Schedule, days: Iterable[date]) -> int:
    return sum(schedule.half_day(day, half).is_protected for day in days for half in Half)


def _facts(blocks: int, residents: int, before: int, after: int) -> tuple[dict[str, str], ...]:
    whose = f" of {plural(residents, 'resident')}" if residents else ""
    halves = str(after) if before == after else f"{after} instead of {before}"
    return (
        {"label": "Blocks from today on", "value": f"{blocks}{whose}"},
        {"label": "Protected half days on them", "value": halves},
    )
