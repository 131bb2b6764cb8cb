"""What a project measures is named, and measured."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError

from ..models import Measure, Point, Project
from ..states import Phase
from .projects import locked, tell

MEASURE_FIELDS = ("name", "unit", "goal", "target", "counts", "few_points")
POINT_FIELDS = ("day", "value", "phase", "note")


@transaction.atomic
def add_measure(project: Project, *, by: User, fields: Mapping[str, Any]) -> Measure:
    """Name a number that the project will follow; two of one name are refused."""
    project = _open(project)
    _refuse_unknown(fields, MEASURE_FIELDS)
    measure = Measure(project=project, program=project.program, **fields)
    _save_named(measure)
    tell(project, by, "capstone.add_measure")
    return measure


@transaction.atomic
def correct_measure(measure: Measure, *, by: User, fields: Mapping[str, Any]) -> Measure:
    """Say better what is measured, its goal, or why its baseline stays short."""
    project = _open(measure.project)
    _refuse_unknown(fields, MEASURE_FIELDS)
    measure = Measure.objects.select_related("program").get(pk=measure.pk)
    changed = _changed(measure, fields)
    if changed:
        _save_named(measure)
        tell(project, by, "capstone.correct_measure", fields=changed)
    return measure


@transaction.atomic
def add_point(measure: Measure, *, by: User, today: date, fields: Mapping[str, Any]) -> Point:
    """Write down what was measured on a day; the baseline lies before everything after it."""
    project = _open(measure.project)
    _refuse_unknown(fields, POINT_FIELDS)
    point = Point(measure=measure, program=project.program, **fields)
    _refuse_misplaced(point, today)
    _save_dated(point)
    tell(project, by, "capstone.add_point", day=point.day.isoformat())
    return point


@transaction.atomic
def correct_point(point: Point, *, by: User, today: date, fields: Mapping[str, Any]) -> Point:
    """Put a value, its day, its phase or its note right."""
    project = _open(point.measure.project)
    _refuse_unknown(fields, POINT_FIELDS)
    point = _there(point)
    changed = _changed(point, fields)
    if changed:
        _refuse_misplaced(point, today)
        _save_dated(point)
        tell(project, by, "capstone.correct_point", day=point.day.isoformat(), fields=changed)
    return point


@transaction.atomic
def remove_point(point: Point, *, by: User, at: datetime) -> Point:
    """Take a point out of the chart; its row stays, so that this can be undone."""
    project = _open(point.measure.project)
    point = _there(point)
    point.removed_at = at
    point.save(update_fields=["removed_at"])
    tell(project, by, "capstone.remove_point", day=point.day.isoformat())
    return point


@transaction.atomic
def restore_point(point: Point, *, by: User, today: date) -> Point:
    """Put a point back that was taken out, unless its day has another one by now."""
    project = _open(point.measure.project)
    point = Point.objects.select_related("measure").get(pk=point.pk)
    if point.removed_at is None:
        return point
    point.removed_at = None
    _refuse_misplaced(point, today)
    _save_dated(point)
    tell(project, by, "capstone.restore_point", day=point.day.isoformat())
    return point


def _open(project: Project) -> Project:
    """Lock the project; a closed one keeps its numbers as they were handed over."""
    project = locked(project)
    if project.is_sealed:
        raise DomainError("The project is closed and handed over, so its numbers stay as they are.")
    return project


def _there(point: Point) -> Point:
    found = Point.objects.there().select_related("measure").filter(pk=point.pk).first()
    if found is None:
        raise DomainError("Nothing was changed: this point was taken out of the chart before.")
    return found


def _refuse_unknown(fields: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = set(fields) - set(known)
    if unknown:
        raise ValueError(f"No such fields: {', '.join(sorted(unknown))}.")


def _changed(row: Measure | Point, fields: Mapping[str, Any]) -> list[str]:
    """Set what is new and return the names of it."""
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _refuse_misplaced(point: Point, today: date) -> None:
    if point.day > today:
        raise DomainError("This day is in the future; a point is added once it is measured.")
    others = Point.objects.there().filter(measure=point.measure_id).exclude(pk=point.pk)
    if point.phase == Phase.BASELINE:
        first = others.filter(phase=Phase.AFTER).order_by("day").first()
        if first and first.day <= point.day:
            raise DomainError(
                f"The first point after the change is of {_day(first.day)}, so the baseline ends "
                "before it. Choose “After the change”, or an earlier day."
            )
        return
    last = others.filter(phase=Phase.BASELINE).order_by("day").last()
    if last and last.day >= point.day:
        raise DomainError(
            f"The baseline reaches to {_day(last.day)}, so what comes after the change is later "
            "than that. Choose “Baseline”, or a later day."
        )


def _save_named(measure: Measure) -> None:
    try:
        with transaction.atomic():
            measure.save()
    except IntegrityError as error:
        if not measure.name or not measure.unit:
            raise DomainError("A measure needs a name and a unit.") from error
        raise DomainError(f"The project has a measure called “{measure.name}” already.") from error


def _save_dated(point: Point) -> None:
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        raise DomainError(
            f"There is a point of {_day(point.day)} already. Correct that one instead."
        ) from error


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
