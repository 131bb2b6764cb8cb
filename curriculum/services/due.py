"""When homework is due: derived from the schedule, and again when the schedule changes."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.timeline.services import record
from residents.models import Membership, PathwayVersion, Resident
from residents.reads import schedules_of

from ..models import Homework

SCHEDULE_AHEAD = timedelta(days=400)
"""Longer than residents spend in a row outside blocks that protect time: 252 days at most."""


class DueDates:
    """The due dates of homework that opens from ``since`` on; four queries for any number.

    Source: principle 5, "after 28 days or at the end of the next block that protects time,
    whichever is later". Who has left the pathway is held to the default.
    """

    def __init__(self, residents: Collection[int], *, since: date, until: date) -> None:
        running = Membership.objects.running().filter(resident__in=residents)
        self._versions = {
            member.resident_id: member.cohort.version
            for member in running.select_related("cohort__version")
        }
        self._schedules = schedules_of(residents, since, until + SCHEDULE_AHEAD)

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
    the second time. Six statements for any number, and one for each date that changes.
    """
    rows = Homework.objects.open().filter(resident__in=list(residents), booking__isnull=False)
    rows = rows.select_for_update(no_key=True, of=("self",)).select_related(
        "course", "booking__session", "resident__person"
    )
    opened = {row: row.booking.session.day for row in rows.order_by("pk") if row.booking}
    if not opened:
        return []
    keys = {row.resident_id for row in opened}
    due = DueDates(keys, since=min(opened.values()), until=max(opened.values()))
    changed = []
    for homework, first in opened.items():
        day = due.after(homework.resident_id, first)
        if day == homework.due_on:
            continue
        homework.due_on = day
        changed.append(homework)
        _tell(homework, by)
    Homework.objects.bulk_update(changed, ["due_on"])
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
