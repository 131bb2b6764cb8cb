"""Half days kept for something else: held in one go, released in one go, and held again."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY, Half, week_day
from qipathway.core.lib.states import DomainError
from qipathway.core.lib.words import plural
from qipathway.core.timeline.services import record

from ..models import HalfDayHold, Resident
from ..reads import schedule_of
from ..schedule import NIGHTS_BEFORE, Cause, HalfDay, about
from .locks import lock_resident

LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Held:
    """What was held, and the half days of working days that were not protected, with why."""

    together: uuid.UUID
    holds: tuple[HalfDayHold, ...]
    left_out: tuple[HalfDay, ...]


@transaction.atomic
def hold_half_days(
    resident: Resident,
    *,
    first: date,
    last: date,
    halves: Collection[Half],
    reason: str,
    by: User,
) -> Held:
    """Keep the protected half days from ``first`` to ``last`` for something else.

    What is not protected cannot be held: it is left out with its reason, and if nothing is left
    the hold is refused. The resident is locked, as for a booking, so that of two who hold the same
    half day the second is told what it is kept for.
    """
    resident = lock_resident(resident)
    _refuse_odd(first, last)
    asked = _asked(resident, first, last, halves)
    free = [each for each in asked if each.is_protected]
    if not free:
        why = asked[0].reason if asked else "no half day was chosen"
        raise DomainError(f"Not held: {why}.")
    together = uuid.uuid4()
    holds = HalfDayHold.objects.bulk_create(
        HalfDayHold(
            program_id=resident.program_id,
            resident=resident,
            together=together,
            day=each.day,
            half=each.half,
            reason=reason,
        )
        for each in free
    )
    _tell(by, "residents.hold_half_days", holds)
    left = (e for e in asked if not e.is_protected and e.cause != Cause.WEEKEND)
    return Held(together, tuple(holds), tuple(left))


@transaction.atomic
def release_half_days(hold: HalfDayHold, *, by: User, at: datetime) -> list[HalfDayHold]:
    """Release what was held in one go with ``hold``; it can be booked again."""
    lock_resident(hold.resident)
    holds = _together(hold)
    if any(each.released_at for each in holds):
        raise DomainError("These half days were released already.")
    HalfDayHold.objects.filter(pk__in=[each.pk for each in holds]).update(released_at=at)
    _tell(by, "residents.release_half_days", holds)
    return holds


@transaction.atomic
def restore_half_days(hold: HalfDayHold, *, by: User) -> list[HalfDayHold]:
    """Take a release back: hold the same half days again, if all of them are protected still."""
    resident = lock_resident(hold.resident)
    holds = _together(hold)
    if not all(each.released_at for each in holds):
        raise DomainError("These half days are held.")
    schedule = schedule_of(resident, holds[0].day - NIGHTS_BEFORE, holds[-1].day)
    voice = about(resident.person.given_name)
    for each in holds:
        found = schedule.half_day(each.day, Half(each.half), voice)
        if not found.is_protected:
            half = found.half.label.lower()
            raise DomainError(f"Not held: {week_day(each.day)}, {half}: {found.reason}.")
    HalfDayHold.objects.filter(pk__in=[each.pk for each in holds]).update(released_at=None)
    _tell(by, "residents.restore_half_days", holds)
    return holds


def _refuse_odd(first: date, last: date) -> None:
    if last < first:
        raise DomainError("Not held: the last day is before the first.")
    if last - first >= LONGEST:
        raise DomainError(f"Not held: hold at most {LONGEST.days} days in one go.")


def _asked(resident: Resident, first: date, last: date, halves: Collection[Half]) -> list[HalfDay]:
    schedule = schedule_of(resident, first - NIGHTS_BEFORE, last)
    voice = about(resident.person.given_name)
    days = (first + offset * DAY for offset in range((last - first).days + 1))
    return [schedule.half_day(day, half, voice) for day in days for half in Half if half in halves]


def _together(hold: HalfDayHold) -> list[HalfDayHold]:
    rows = HalfDayHold.objects.filter(resident=hold.resident_id, together=hold.together)
    return list(rows.select_related("resident__person").order_by("day", "half"))


def _tell(by: User, action: str, holds: Sequence[HalfDayHold]) -> None:
    """Tell it on the timeline: days and how many, never what for."""
    first = holds[0]
    record(
        by,
        action,
        first,
        about=first.resident.person,
        scope=first.program_id,
        first=first.day.isoformat(),
        last=holds[-1].day.isoformat(),
        count=plural(len(holds), "half day"),
    )
