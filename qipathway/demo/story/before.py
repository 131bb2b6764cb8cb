"""Classes that were done before this system, signed by the director."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import partial

from curriculum.reads import Claim
from curriculum.services import record_completion
from residents.models import Resident

from ..cast import Cast
from ..diary import Diary
from .classes import ClassRecord

ENTERED = {"R2102": (date(2024, 9, 9), ("VL01", "VL02", "VL03"))}
EVIDENCE = "Certificates of the learning center, shown to the director."
NOON = time(12, 5)


def plan_before(cast: Cast, diary: Diary, records: Iterable[ClassRecord]) -> Iterator[ClassRecord]:
    """Write into the diary what was signed afterwards; yield the records that remain."""
    signed: dict[str, list[Claim]] = {staff_id: [] for staff_id in ENTERED}
    for record in records:
        if record.staff_id in ENTERED and record.code in ENTERED[record.staff_id][1]:
            resident, course = cast.residents[record.staff_id], cast.courses[record.code]
            claim = Claim(resident, course, record.day, homework_accepted=True)
            signed[record.staff_id].append(claim)
        else:
            yield record
    for staff_id, claims in signed.items():
        day = ENTERED[staff_id][0]
        diary.on(day, NOON, partial(_sign, cast, cast.residents[staff_id], claims=claims))


def _sign(cast: Cast, resident: Resident, at: datetime, *, claims: list[Claim]) -> None:
    record_completion(resident, by=cast.director, at=at, claims=claims, evidence=EVIDENCE)
