"""Where residents are: rotations, blocks and continuity clinic."""

from datetime import date, datetime

from residents.models import Block, ClinicPattern, Rotation
from residents.states import RotationKind

from ..cast import Cast
from .files import rows, words

ELECTIVE = "Elective:"
KINDS = {
    "Systems-Based Practice": RotationKind.SBP,
    "Ambulatory GIM": RotationKind.AMBULATORY,
    "Wards A": RotationKind.INPATIENT,
    "Wards B": RotationKind.INPATIENT,
    "ICU": RotationKind.ICU,
    "Night Float": RotationKind.NIGHTS,
    "Emergency Medicine": RotationKind.EMERGENCY,
    "Vacation": RotationKind.LEAVE,
}
CLINIC_KINDS = {
    "elective": RotationKind.ELECTIVE,
    "ambulatory": RotationKind.AMBULATORY,
    "systems-based practice": RotationKind.SBP,
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def load_blocks(cast: Cast) -> None:
    """Enter the block schedule; vacation lies over the block that it falls into."""
    schedule = rows("block_schedule")
    names = dict.fromkeys(row["Assignment"] for row in schedule)
    entered = Rotation.objects.bulk_create(
        Rotation(program=cast.program, name=name, kind=kind_of(name)) for name in names
    )
    rotations = {rotation.name: rotation for rotation in entered}
    Block.objects.bulk_create(
        Block(
            program=cast.program,
            resident=cast.residents[row["Staff unique ID"]],
            rotation=rotations[row["Assignment"]],
            start=_day(row["Start date"]),
            end=_day(row["End date"]),
            overrides=kind_of(row["Assignment"]) == RotationKind.LEAVE,
        )
        for row in schedule
    )


def load_clinics(cast: Cast) -> None:
    """Enter the weekly half days of continuity clinic."""
    ClinicPattern.objects.bulk_create(
        ClinicPattern(
            program=cast.program,
            resident=cast.residents[row["Staff unique ID"]],
            weekday=WEEKDAYS.index(row["Weekday"]),
            half=row["Half day"],
            kinds=[CLINIC_KINDS[word] for word in words(row["Applies to"])],
        )
        for row in rows("clinic_pattern")
    )


def kind_of(assignment: str) -> RotationKind:
    """Return what a rotation is like, by the name that the schedule gives it."""
    return RotationKind.ELECTIVE if assignment.startswith(ELECTIVE) else KINDS[assignment]


def _day(cell: str) -> date:
    """Read a date as the schedule writes it: month, day, year."""
    return datetime.strptime(cell, "%m/%d/%Y").date()  # noqa: DTZ007 (a day has no zone)
