"""Where residents are, day by day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, FilteredRelation, Q

from qipathway.core.lib.dates import Half

from ..models import Block, ClinicPattern, HalfDayHold, Leave, Resident
from ..querysets import Day
from ..schedule import REST_DAYS, WORKING_DAYS, Clinic, Hold, Schedule, Stay, merged
from ..states import MembershipState, RotationKind

LONGEST = date(2999, 12, 31)
"""Stands for the last day of a leave that nobody knows the end of."""
REST = "place__cohort__version__rest_days_after_nights"
WEEK = "program__working_days"


def schedules_of(residents: Iterable[int], start: date, end: date) -> dict[int, Schedule]:
    """Read the schedules of residents around ``start`` to ``end``; four queries for any number.

    Every resident asked for has an entry, an empty one if nothing is known. Rest after nights is
    that of the resident's version of the pathway, working days are those of the program. A leave
    without a last day lasts until ``end``.
    """
    ids = list(residents)
    stays: dict[int, list[Stay]] = defaultdict(list)
    rest: dict[int, int] = {}
    week: dict[int, frozenset[int]] = {}
    running = Q(resident__memberships__state=MembershipState.ACTIVE)
    blocks = Block.objects.filter(resident__in=ids).overlapping(start, end)
    blocks = blocks.annotate(place=FilteredRelation("resident__memberships", condition=running))
    for resident, days, works, *stay in blocks.values_list(
        "resident_id", REST, WEEK, "start", "end", "rotation__kind", "rotation__name"
    ):
        stays[resident].append(Stay(*stay))
        rest[resident] = REST_DAYS if days is None else days
        week[resident] = frozenset(works)
    away = Leave.objects.filter(resident__in=ids).overlapping(start, end)
    for resident, first, last in away.values_list("resident_id", "first", "last"):
        stays[resident].append(on_leave(first, last or end))
    clinics: dict[int, list[Clinic]] = defaultdict(list)
    patterns = ClinicPattern.objects.filter(resident__in=ids)
    for resident, weekday, half, kinds in patterns.values_list(
        "resident_id", "weekday", "half", "kinds"
    ):
        clinics[resident].append(Clinic(weekday, Half(half), frozenset(kinds)))
    holds: dict[int, list[Hold]] = defaultdict(list)
    held = HalfDayHold.objects.standing().filter(resident__in=ids, day__range=(start, end))
    for resident, day, half, reason in held.values_list("resident_id", "day", "half", "reason"):
        holds[resident].append(Hold(day, Half(half), reason))
    return {
        key: Schedule(
            merged(stays[key]),
            tuple(clinics[key]),
            tuple(holds[key]),
            working_days=week.get(key, WORKING_DAYS),
            rest_days_after_nights=rest.get(key, REST_DAYS),
        )
        for key in ids
    }


def on_leave(first: date, last: date) -> Stay:
    """Return leave as a stretch of a schedule."""
    return Stay(first, last, RotationKind.LEAVE, "Leave")


def away(day: Day, **whose: Any) -> Q:
    """Say in a query that somebody is on leave that day, by their record or by their schedule.

    ``whose`` finds the rows of the person, by what leaves and blocks have in common.
    """
    taken = Leave.objects.filter(**whose).overlapping(day, day)
    blocks = Block.objects.filter(rotation__kind=RotationKind.LEAVE, **whose)
    return Q(Exists(taken)) | Q(Exists(blocks.overlapping(day, day)))


def schedule_of(resident: Resident, start: date, end: date) -> Schedule:
    """Read one resident's schedule around ``start`` to ``end``."""
    return schedules_of([resident.pk], start, end)[resident.pk]
