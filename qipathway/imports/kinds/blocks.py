"""The block schedule. Leave lies over the block that it falls into."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from curriculum.reads import collisions_of
from curriculum.services import rebase_due_dates
from curriculum.wording import collision
from qipathway.core.lib.dates import full_day
from qipathway.core.sheets import cells
from qipathway.core.sheets.cells import fold
from residents.models import Block, Resident, Rotation
from residents.schedule import Schedule, Stay
from residents.services.schedule import name_rotations, set_blocks
from residents.states import RotationKind

from ..columns import Field
from ..plan import Desk, Plan, Question, Row, labels_of
from .clinic import residents_of
from .roster import STAFF_ID

ROTATIONS = "rotations"
GUESSES = (
    (r"\b(vacation|leave|holiday|loa|sick|parental|maternity|paternity|pto)\b", RotationKind.LEAVE),
    (r"\b(nights?|night ?float|nf)\b", RotationKind.NIGHTS),
    (r"\b([mcsn]?icu|ccu|intensive|critical care)\b", RotationKind.ICU),
    (r"\b(emergency|ed)\b", RotationKind.EMERGENCY),
    (r"\b(systems?[- ]based|sbp)\b", RotationKind.SBP),
    (r"\belectives?\b", RotationKind.ELECTIVE),
    (r"\b(ambulatory|clinic|outpatient)\b", RotationKind.AMBULATORY),
    (r"\b(wards?|inpatient|floors?|medicine team)\b", RotationKind.INPATIENT),
)
"""Words that say what a rotation is like; a name with none, or with two, is asked about."""

PROTECTED = "Electives and Systems-Based Practice give protected half days."
LONGEST_DAYS = 400
LONG = "is more than a year after the start. Check both days"

FIELDS = (
    STAFF_ID,
    Field(
        "staff_name",
        "Staff name",
        partial(cells.label, most=240),
        ("name", "resident"),
        is_needed=False,
        is_filled=False,
    ),
    Field("assignment", "Assignment", partial(cells.label, most=80), ("rotation", "block")),
    Field("start", "Start date", None, ("start", "from", "begins")),
    Field("end", "End date", None, ("end", "to", "until", "ends")),
)
LABELS = labels_of(FIELDS)


@dataclass
class _Stretch:
    """One resident's part of the file, next to the blocks that are there."""

    resident: Resident
    rows: list[Row] = field(default_factory=list)
    there: list[Block] = field(default_factory=list)


def plan(rows: Sequence[Row], desk: Desk) -> Plan:
    """Compare with the schedules of everybody the file names, over the days that it covers.

    On those days the file is the truth: a block that it leaves out goes, and so does leave if the
    file speaks of leave at all. A block that it covers in part only is an error, because nobody can
    tell what is meant for the rest.
    """
    draft = Plan(labels=LABELS)
    residents = residents_of(rows, desk, draft)
    stretches = {key: _Stretch(resident) for key, resident in residents.items()}
    for row in rows:
        stretch = stretches.get(row["staff_id"].casefold())
        if _has_days(row, draft) and stretch:
            stretch.rows.append(row)
    rotations, fresh = _rotations(rows, desk, draft)
    for stretch in stretches.values():
        _refuse_overlaps(stretch, rotations, draft)
    if draft.errors:
        return draft
    there = Block.objects.filter(program=desk.program, resident__in=list(residents.values()))
    for block in there.select_related("rotation", "resident__person"):
        stretches[block.resident.staff_id.casefold()].there.append(block)
    removed: list[Block] = []
    added: list[Block] = []
    off = any(_is_leave(row, rotations) for row in rows)
    for stretch in stretches.values():
        _warn_of_names(stretch, draft)
        _compare(stretch, rotations, draft, removed, added, speaks_of_leave=off)
    draft.collisions = _collisions(removed, added, desk) if not draft.errors else []
    draft.deeds += [
        partial(name_rotations, fresh),
        desk.deed(set_blocks, removed=removed, added=added),
        partial(rebase_due_dates, {b.resident for b in (*removed, *added)}, by=desk.by),
    ]
    return draft


def guess(name: str) -> RotationKind | None:
    """Return what a rotation is like by the words of its name, if they say one thing."""
    if name.casefold().startswith("elective"):
        return RotationKind.ELECTIVE
    found = {kind for pattern, kind in GUESSES if re.search(pattern, name, re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None


def _has_days(row: Row, draft: Plan) -> bool:
    """Tell whether a line's days can be meant; says so if not."""
    if row["end"] < row["start"]:
        draft.error(
            row, "end", f"is before the start, {full_day(row['start'])}", full_day(row["end"])
        )
    elif (row["end"] - row["start"]).days > LONGEST_DAYS:
        draft.error(row, "end", LONG, full_day(row["end"]))
    else:
        return True
    return False


def _rotations(
    rows: Sequence[Row], desk: Desk, draft: Plan
) -> tuple[Mapping[str, Rotation], list[Rotation]]:
    """Return the rotations by name; those that are not here yet are asked about, with a guess."""
    known = {rotation.name: rotation for rotation in desk.program.rotations.all()}
    fresh = []
    for name in sorted({row["assignment"] for row in rows} - known.keys()):
        guessed = guess(name)
        given = desk.answer(ROTATIONS, name) or (guessed.value if guessed else "")
        draft.questions.append(
            Question(
                group=ROTATIONS,
                key=name,
                text=f"What is “{name}”?",
                choices=tuple(RotationKind.choices),
                given=given,
                help_text="" if given in RotationKind.values else PROTECTED,
                is_open=given not in RotationKind.values,
            )
        )
        known[name] = Rotation(program=desk.program, name=name, kind=given)
        fresh.append(known[name])
    _say_kinds(fresh, draft)
    return known, fresh


def _say_kinds(fresh: Sequence[Rotation], draft: Plan) -> None:
    """Say in one sentence what new rotations were taken for."""
    found = [
        f"{kind.label} ({', '.join(names)})"
        for kind in RotationKind
        if (names := [rotation.name for rotation in fresh if rotation.kind == kind])
    ]
    if found:
        draft.notes.append(f"New rotations are taken for: {'; '.join(found)}.")


def _warn_of_names(stretch: _Stretch, draft: Plan) -> None:
    """Say where a line's name is not that of its staff ID: one of the two may be mistaken."""
    person = stretch.resident.person
    known = {fold(person.name), fold(person.family_name + person.given_name)}
    for row in stretch.rows:
        name = row.get("staff_name")
        if name and fold(name) not in known:
            draft.warn(
                row, "staff_name", f"is {person.name} in the roster, who has this staff ID", name
            )
            return


def _compare(
    stretch: _Stretch,
    rotations: Mapping[str, Rotation],
    draft: Plan,
    removed: list[Block],
    added: list[Block],
    *,
    speaks_of_leave: bool,
) -> None:
    there = {(b.rotation.name, b.start, b.end): b for b in stretch.there}
    leave = {row.line for row in stretch.rows if _is_leave(row, rotations)}
    plain = [row for row in stretch.rows if row.line not in leave]
    kept = set()
    fresh: list[tuple[Block, int]] = []
    for row in stretch.rows:
        key = (row["assignment"], row["start"], row["end"])
        if key in there:
            kept.add(key)
            draft.unchanged += 1
            continue
        block = Block(
            program_id=stretch.resident.program_id,
            resident=stretch.resident,
            rotation=rotations[row["assignment"]],
            start=row["start"],
            end=row["end"],
            overrides=row.line in leave,
        )
        fresh.append((block, row.line))
    gone = _replaced(stretch, plain, kept, draft, speaks_of_leave=speaks_of_leave)
    _tell(gone, fresh, draft)
    removed += gone
    added += [block for block, _ in fresh]


def _replaced(
    stretch: _Stretch,
    plain: Sequence[Row],
    kept: set[tuple[str, date, date]],
    draft: Plan,
    *,
    speaks_of_leave: bool,
) -> list[Block]:
    """Return the blocks that the file replaces by saying something else about their days."""
    worked = _days(plain)
    known = worked | _days(stretch.rows) if speaks_of_leave else set()
    gone = []
    for block in stretch.there:
        if (block.rotation.name, block.start, block.end) in kept:
            continue
        if _days_of(block.start, block.end) <= (known if block.overrides else worked):
            gone.append(block)
        elif not block.overrides:
            _refuse_part(block, plain, draft)
    return gone


def _tell(gone: Sequence[Block], fresh: Sequence[tuple[Block, int]], draft: Plan) -> None:
    """Say what changes for one resident as people say it.

    Other work on the same days is one change, and so is the same work on other days; what is left
    is new, or gone.
    """
    left, rest = list(gone), []
    for block, line in fresh:
        old = next((each for each in left if _span(each) == _span(block)), None)
        if old is None:
            rest.append((block, line))
            continue
        left.remove(old)
        words = ("Rotation", old.rotation.name, block.rotation.name)
        draft.change(f"{block.resident.person.name}, {_span(block)}", line, (words,))
    for block, line in sorted(rest, key=lambda each: each[0].start):
        same = (each for each in left if each.rotation.name == block.rotation.name)
        old = min(same, key=lambda each: abs(each.start - block.start), default=None)
        if old is None:
            draft.new(_title(block), line)
            continue
        left.remove(old)
        words = ("Days", _span(old), _span(block))
        draft.change(f"{block.resident.person.name}, {block.rotation.name}", line, (words,))
    for block in left:
        draft.remove(_title(block))


def _collisions(removed: Sequence[Block], added: Sequence[Block], desk: Desk) -> list[str]:
    """Name the booked classes that the changed schedules leave without protected time."""
    before: dict[int, list[Stay]] = defaultdict(list)
    after: dict[int, list[Stay]] = defaultdict(list)
    for blocks, stays in ((removed, before), (added, after)):
        for block in blocks:
            stays[block.resident_id].append(block.stay)
    changes = {
        key: partial(Schedule.with_changes, removed=before[key], added=after[key])
        for key in {*before, *after}
    }
    return [collision(found) for found in collisions_of(changes, after=desk.at)]


def _is_leave(row: Row, rotations: Mapping[str, Rotation]) -> bool:
    return rotations[row["assignment"]].kind == RotationKind.LEAVE


def _is_worked(row: Row, rotations: Mapping[str, Rotation]) -> bool:
    return rotations[row["assignment"]].kind not in ("", RotationKind.LEAVE)


def _refuse_overlaps(stretch: _Stretch, rotations: Mapping[str, Rotation], draft: Plan) -> None:
    """Refuse two blocks of one resident on the same day: only leave may lie over a block.

    A rotation that nobody has named yet may turn out to be leave.
    """
    rows = [row for row in stretch.rows if _is_worked(row, rotations)]
    for one, other in pairwise(sorted(rows, key=lambda row: (row["start"], row["end"]))):
        if other["start"] <= one["end"]:
            draft.error(
                other,
                "start",
                f"is within {one['assignment']} of line {one.line}, which ends on "
                f"{full_day(one['end'])}. Only leave may lie over a block",
                full_day(other["start"]),
            )


def _refuse_part(block: Block, rows: Sequence[Row], draft: Plan) -> None:
    for row in rows:
        if row["start"] <= block.end and row["end"] >= block.start:
            draft.error(
                row,
                "start",
                f"overlaps {_title(block)}, which is in the schedule already and goes beyond what "
                "the file says. Put all of this resident's blocks of that time into the file",
                full_day(row["start"]),
            )
            return


def _days(rows: Sequence[Row]) -> set[date]:
    return {day for row in rows for day in _days_of(row["start"], row["end"])}


def _days_of(start: date, end: date) -> set[date]:
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


def _span(block: Block) -> str:
    return f"{full_day(block.start)} to {full_day(block.end)}"


def _title(block: Block) -> str:
    return f"{block.resident.person.name}, {block.rotation.name}, {_span(block)}"
