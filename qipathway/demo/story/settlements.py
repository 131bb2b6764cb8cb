"""What the director waived: a meeting that did not take place while somebody could have gone."""

from datetime import date, datetime, time
from functools import partial

from curriculum.reads import requirements_of
from curriculum.requirements import PSA_MEETINGS
from qipathway.core.lib.dates import local_date
from residents.services import waive_requirement

from ..cast import Cast
from ..diary import Diary

STAFF_ID = "R2204"
SIGNED_ON, NOON = date(2026, 12, 9), time(12, 20)
REASON = "No resolution meeting was open to residents in the weeks of this rotation."


def plan_settlements(cast: Cast, diary: Diary) -> None:
    """Let the director sign for it once the rotation is over."""
    diary.on(SIGNED_ON, NOON, partial(_waive, cast))


def _waive(cast: Cast, at: datetime) -> None:
    resident = cast.residents[STAFF_ID]
    asked = requirements_of(resident, local_date(at, cast.program.zone))
    [meeting] = (each for each in asked if each.key == PSA_MEETINGS)
    waive_requirement(
        resident, requirement=meeting, amount=1, reason=REASON, by=cast.director, at=at
    )
