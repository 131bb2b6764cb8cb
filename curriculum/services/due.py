"""When homework is due: derived from the schedule, and again when the schedule changes."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.timeline.services import record
from residents.models import Membership, PathwayVersion, Resident
from residents.reads import schedules_of
from residents.schedule import Stay

from ..models import Homework
from ..querysets import HomeworkQuerySet

SCHEDULE_AHEAD = timedelta(days=400)
"""Longer than residents spend in a row outside blocks that protect time: 252 days at most."""


class DueDates:
    """The due dates of homework that opens from ``since`` on; five queries for any number.

    Source: principle 5, "after 28 days or at the end of the next block that protects time,
    whichever is later". Who has left the pathway is held to the default. ``leave`` asks what the
    dates would be with one more leave.
    """

    def __init__(
        self,
        residents: Collection[int],
        *,
        since: date,
        until: date,
        leave: Stay | None = None,
    ) -> None:
        running = Membership.objects.running().filter(resident__in=residents)
        self._versions = {
            member.resident_id: member.cohort.version
            for member in running.select_related("cohort__version")
        }
        self._schedules = schedules_of(residents, since, until + SCHEDULE_AHEAD)
        if leave:
            self._schedules = {key: s.with_stay(leave) for key, s in self._schedules.items()}

    def after(self, resident: int, day: date) -> date:
        """Return when a resident's homework is due that opens on ``day``."""
        version = self._versions.get(resident) or PathwayVersion()
        plain = day + timedelta(days=version.homework_due_days)
        return max(plain, self._schedules[resident].next_protected_block_end(day) or plain)


@transaction.atomic
def rebase_due_dates(residents: Iterable[Resident], *, by: User | None) -> list[Homework]:
    """Derive again when the open homework of some residents is due; return what changed.

    Called by whoever changes their blocks, clinic or holds. What is handed in keeps the date that
    it was held to, and so does that of a class done elsewhere. Calling it twice changes nothing
    the second time. Seven statements for any number, and one for each date that changes.
    """
    rows = _held_to_the_schedule(residents).select_for_update(no_key=True, of=("self",))
    changed = _derived(rows)
    for homework in changed:
        _tell(homework, by)
    Homework.objects.bulk_update(changed, ["due_on"])
    return changed


def due_dates_with(resident: Resident, leave: Stay) -> list[Homework]:
    """Return the open homework that a leave would move, with its new date; nothing is saved."""
    return _derived(_held_to_the_schedule([resident]), leave)


def _held_to_the_schedule(residents: Iterable[Resident]) -> HomeworkQuerySet:
    rows = Homework.objects.open().filter(resident__in=list(residents), booking__isnull=False)
    return rows.select_related("course", "booking__session", "resident__person").order_by("pk")


def _derived(rows: Iterable[Homework], leave: Stay | None = None) -> list[Homework]:
    """Return those of ``rows`` whose due date is another by the schedule, with that date."""
    opened = {row: row.booking.session.day for row in rows if row.booking}
    if not opened:
        return []
    keys = {row.resident_id for row in opened}
    days = opened.values()
    due = DueDates(keys, since=min(days), until=max(days), leave=leave)
    changed = []
    for homework, first in opened.items():
        day = due.after(homework.resident_id, first)
        if day != homework.due_on:
            homework.due_on = day
            changed.append(homework)
    return changed


def _tell(homework: Homework, by: User | None) -> None:
    record(
        by,
        "curriculum.rebase_due_dates",
        homework,
        about=homework.resident.person,
        scope=homework.program_id,
        course=homework.course.title,
        day=homework.due_on.isoformat(),
    )
