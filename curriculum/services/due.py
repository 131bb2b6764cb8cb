"""When homework is due: after the version's days, or later if no time is protected."""

from collections.abc import Collection
from datetime import date, timedelta

from residents.models import Membership, PathwayVersion
from residents.reads import schedules_of

SCHEDULE_AHEAD = timedelta(days=400)


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
