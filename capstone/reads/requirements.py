"""What the capstone asks of a resident that the director can credit or waive, and what is left.

Signatures and gates are nobody's to waive; the stages of before are entered on their own page.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from residents.models import Membership, Program, Resident
from residents.requirements import NOTHING_SETTLED, UNSETTLED, Requirement, Settlements

from ..models import Project
from ..requirements import BASELINE, CAPSTONE, remeasure_key
from ..states import Stage, number
from .standing import remeasures_of

GROUP = "Capstone"


def requirements_of(resident: Resident, today: date) -> list[Requirement]:
    """Read what the capstone asks of one resident; one query."""
    rows = Project.objects.filter(resident=resident).with_standing().latest_last()
    return list(_asked(rows.last(), resident.settled))


def requirements_for(
    members: Sequence[Membership],
    program: Program,
    settled: Mapping[int, Settlements],
    today: date,
) -> dict[int, list[Requirement]]:
    """Read what the capstone asks of each member, by resident; one query for any number."""
    keys = [member.resident_id for member in members]
    rows = Project.objects.filter(program=program, resident__in=keys).with_standing()
    latest = {row.resident_id: row for row in rows.latest_last()}
    return {key: list(_asked(latest.get(key), settled.get(key, NOTHING_SETTLED))) for key in keys}


def _asked(project: Any, settled: Settlements) -> Iterator[Requirement]:
    reached = number(project.state) if project else -1
    yield Requirement(
        key=CAPSTONE,
        text="A capstone, presented",
        group=GROUP,
        wanted=1,
        done=int(reached >= number(Stage.PRESENTED)),
        is_waivable=False,
        entered_at="capstone:entry",
        entered_uid=str(project.uid) if project else "",
    )
    if project:
        yield from _numbers(project, reached, settled)


def _numbers(project: Any, reached: int, settled: Settlements) -> Iterator[Requirement]:
    """Yield the baseline and the remeasures; a stage behind the project is done with its own."""
    has_baseline = project.few_explained or (project.baseline or 0) >= project.baseline_needed
    measured = {each.days for each in remeasures_of(project) if each.is_done}
    is_measured = reached > number(Stage.REMEASURED)
    facts = [
        (
            BASELINE,
            "Baseline of the capstone",
            has_baseline or reached > number(Stage.CURRENT_STATE),
        )
    ]
    facts += [
        (
            remeasure_key(days),
            f"Remeasure {days} days after the event",
            is_measured or days in measured,
        )
        for days in project.remeasure_days or ()
    ]
    for key, text, is_done in facts:
        yield Requirement(
            key=key,
            text=text,
            group=GROUP,
            wanted=1,
            done=int(is_done),
            settled=settled.get(key, UNSETTLED),
        )
