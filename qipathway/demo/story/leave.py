"""Who is on leave today, as the coordinator recorded it."""

from datetime import date, datetime, time
from functools import partial

from qipathway.cockpit.services import record_leave
from residents.states import LeaveReason

from ..cast import Cast
from ..diary import Diary

STAFF_ID = "R2104"
TOLD_ON, FIRST, LAST = date(2026, 12, 1), date(2026, 12, 16), date(2027, 1, 31)
MORNING = time(9, 50)


def plan_leave(cast: Cast, diary: Diary) -> None:
    """Let the coordinator record the leave two weeks before it starts."""
    diary.on(TOLD_ON, MORNING, partial(_record, cast))


def _record(cast: Cast, at: datetime) -> None:
    record_leave(
        cast.residents[STAFF_ID],
        first=FIRST,
        last=LAST,
        extends=True,
        reason=LeaveReason.PARENTAL,
        by=cast.people["Bertrand Achterberg"],
        at=at,
    )
