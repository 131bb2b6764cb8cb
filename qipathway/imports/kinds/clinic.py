"""Weekly half days of continuity clinic."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from curriculum.services import rebase_due_dates
from qipathway.core.lib.dates import Half
from qipathway.core.sheets import cells
from qipathway.core.sheets.cells import BadCell, fold
from residents.models import ClinicPattern, Resident
from residents.services.schedule import set_clinics
from residents.states import RotationKind

from ..columns import Field
from ..plan import Desk, Plan, Row, differences, doubles, labels_of
from .roster import STAFF_ID

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HALVES = {"AM": Half.AM, "morning": Half.AM, "PM": Half.PM, "afternoon": Half.PM}
KINDS = {kind.label: kind.value for kind in RotationKind} | {"SBP": RotationKind.SBP.value}


def weekday(text: str) -> int:
    """Return a day of the week, Monday being 0, by its name or its first three letters."""
    found = [n for n, name in enumerate(WEEKDAYS) if fold(text) in (fold(name), fold(name)[:3])]
    if not found:
        raise BadCell("is no day of the week")
    return found[0]


def kinds(text: str) -> list[str]:
    """Return the kinds of rotation that a cell lists."""
    return sorted({cells.one_of(word, KINDS) for word in cells.words(text)})


FIELDS = (
    STAFF_ID,
    Field("weekday", "Weekday", weekday, ("day of week", "day")),
    Field("half", "Half day", lambda text: Half(cells.one_of(text, HALVES)), ("session", "time")),
    Field("kinds", "Applies to", kinds, ("rotations", "on")),
)
LABELS = labels_of(FIELDS)


def plan(rows: Sequence[Row], desk: Desk) -> Plan:
    """Compare with the pattern of everybody the file names; what it leaves out for them goes."""
    draft = Plan(labels=LABELS)
    residents = residents_of(rows, desk, draft)
    for row, first in doubles(rows, _key):
        draft.error(row, "half", f"is already in line {first.line} for this resident", row["half"])
    if draft.errors:
        return draft
    there = ClinicPattern.objects.filter(program=desk.program).select_related("resident__person")
    patterns = {(p.resident.staff_id.casefold(), p.weekday, p.half): p for p in there}
    added, changed = [], []
    for row in rows:
        resident, pattern = residents[row["staff_id"].casefold()], patterns.pop(_key(row), None)
        facts: dict[str, Any] = {"kinds": row["kinds"]}
        if pattern is None:
            fresh = ClinicPattern(
                program=desk.program,
                resident=resident,
                weekday=row["weekday"],
                half=row["half"],
                **facts,
            )
            added.append(fresh)
            draft.new(_title(fresh), row.line)
            continue
        pattern.kinds = sorted(pattern.kinds)
        said = differences(pattern, facts, LABELS)
        if said:
            changed.append(pattern)
            draft.change(_title(pattern), row.line, said)
        else:
            draft.unchanged += 1
    removed = [pattern for key, pattern in patterns.items() if key[0] in residents]
    for pattern in removed:
        draft.remove(_title(pattern))
    moved = {pattern.resident for pattern in (*removed, *changed, *added)}
    draft.deeds += [
        desk.deed(set_clinics, removed=removed, changed=changed, added=added),
        partial(rebase_due_dates, moved, by=desk.by),
    ]
    return draft


def residents_of(rows: Sequence[Row], desk: Desk, draft: Plan) -> Mapping[str, Resident]:
    """Return whom the file names, by case-folded staff ID; somebody unknown is an error."""
    there = desk.program.residents.select_related("person", "program")
    residents = {resident.staff_id.casefold(): resident for resident in there}
    found = {}
    for row in rows:
        key = row["staff_id"].casefold()
        if key in residents:
            found[key] = residents[key]
        else:
            reason = "is not in the roster. Bring in the roster first, or correct the ID"
            draft.error(row, "staff_id", reason, row["staff_id"])
    return found


def _key(row: Row) -> tuple[str, int, str]:
    return row["staff_id"].casefold(), row["weekday"], row["half"]


def _title(pattern: ClinicPattern) -> str:
    return f"{pattern.resident.person.name}, {WEEKDAYS[pattern.weekday]} {pattern.half}"
