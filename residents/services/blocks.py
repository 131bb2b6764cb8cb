"""One resident's blocks changed by hand, or those of two swapped: all of it, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY, full_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Block, BlockChange, Resident, Rotation
from ..models.changes import kept
from ..states import RotationKind
from .locks import lock_program, lock_residents
from .schedule import set_blocks

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Draft:
    """The blocks that a change takes out and puts in; nothing has happened yet."""

    removed: tuple[Block, ...]
    added: tuple[Block, ...]


def draft_block(resident: Resident, *, first: date, last: date, rotation: Rotation) -> Draft:
    """Work out what setting a block replaces; leave lies over what is there.

    Raises ``DomainError`` for days out of order, and for leave on days of leave.
    """
    _refuse_odd(first, last)
    is_leave = rotation.kind == RotationKind.LEAVE
    there = _blocks_of(resident, first, last, overrides=is_leave)
    block = _block(resident, rotation, first, last, overrides=is_leave)
    if not is_leave:
        rests = (rest for old in there for rest in _rests(old, first, last))
        return Draft(tuple(there), (*rests, block))
    if there:
        name, day = resident.person.given_name, full_day(there[0].start)
        raise DomainError(f"{name} has {there[0].rotation.name} from {day} already.")
    return Draft((), (block,))


def draft_swap(resident: Resident, *, other: Resident, first: date, last: date) -> Draft:
    """Work out what two residents get of each other's blocks on some days; leave stays theirs.

    Raises ``DomainError`` where there is nothing to swap.
    """
    _refuse_odd(first, last)
    if resident == other or resident.program_id != other.program_id:
        raise DomainError("Choose another resident of this program to swap with.")
    mine, theirs = (_blocks_of(who, first, last, overrides=False) for who in (resident, other))
    if _work(mine, first, last) == _work(theirs, first, last):
        raise DomainError("There is nothing to swap: both have the same on these days.")
    added: list[Block] = []
    for blocks, taker in ((mine, other), (theirs, resident)):
        for old in blocks:
            added += _rests(old, first, last)
            begin, end = max(old.start, first), min(old.end, last)
            added.append(_block(taker, old.rotation, begin, end, overrides=False))
    return Draft((*mine, *theirs), tuple(added))


@transaction.atomic
def set_block(
    resident: Resident, *, first: date, last: date, rotation: Rotation, by: User
) -> BlockChange:
    """Put a resident on a rotation for some days; what was there before gives way.

    The program is locked, as for a file that comes in, and then the resident, as for a booking.
    """
    _lock(resident.program_id, [resident.pk])
    draft = draft_block(resident, first=first, last=last, rotation=rotation)
    return _change(resident, draft, "residents.set_block", by)


@transaction.atomic
def swap_blocks(
    resident: Resident, *, other: Resident, first: date, last: date, by: User
) -> BlockChange:
    """Let two residents take each other's blocks on some days."""
    _lock(resident.program_id, [resident.pk, other.pk])
    draft = draft_swap(resident, other=other, first=first, last=last)
    return _change(resident, draft, "residents.swap_blocks", by)


@transaction.atomic
def undo_blocks(change: BlockChange, *, by: User, at: datetime) -> BlockChange:
    """Take a change back, if what it put in is there as it was, and what it took out still fits."""
    touched = {values[0] for values in (*change.removed, *change.added)}
    _lock(change.program_id, sorted(touched))
    change = BlockChange.objects.select_related("program").get(pk=change.pk)
    if change.undone_at:
        raise DomainError("This was taken back already.")
    rows = Block.objects.filter(resident__in=touched).select_related("rotation", "resident__person")
    there = {tuple(values): block for block in rows for values in kept([block])}
    gone = [there[tuple(v)] for v in change.added if tuple(v) in there]
    added = change.blocks(change.removed)
    stay = [block for block in there.values() if block not in gone]
    if len(gone) != len(change.added) or any(_clash(old, new) for old in stay for new in added):
        raise DomainError("Not taken back: the schedule has been changed since.")
    set_blocks(program=change.program, removed=gone, added=added, by=by)
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    record(by, "residents.undo_blocks", change, about=None, scope=change.program_id)
    return change


def _lock(program: int, residents: Sequence[int]) -> None:
    lock_program(program)
    lock_residents(residents)


def _change(resident: Resident, draft: Draft, action: str, by: User) -> BlockChange:
    values = {"removed": kept(draft.removed), "added": kept(draft.added)}
    change = BlockChange.objects.create(program=resident.program, **values)
    set_blocks(program=resident.program, removed=draft.removed, added=draft.added, by=by)
    record(by, action, change, about=None, scope=resident.program_id)
    return change


def _refuse_odd(first: date, last: date) -> None:
    if last < first:
        raise DomainError("The last day is before the first.")
    if last - first >= LONGEST:
        raise DomainError("Change at most a year in one go.")


def _blocks_of(resident: Resident, first: date, last: date, *, overrides: bool) -> list[Block]:
    rows = Block.objects.filter(resident=resident, overrides=overrides).overlapping(first, last)
    return list(rows.select_related("rotation", "resident__person").order_by("start"))


def _clash(one: Block, other: Block) -> bool:
    """Tell whether two blocks cannot both be; leave overrides others, and no leave on itself."""
    is_alike = (one.resident_id, one.overrides) == (other.resident_id, other.overrides)
    return is_alike and one.start <= other.end and other.start <= one.end


def _work(blocks: Iterable[Block], first: date, last: date) -> list[tuple[int, date, date]]:
    """Return who is where on some days, whoever it is."""
    return [(b.rotation_id, max(b.start, first), min(b.end, last)) for b in blocks]


def _rests(block: Block, first: date, last: date) -> Iterable[Block]:
    """Return what is left of a block before and after the days that are taken from it."""
    if block.start < first:
        yield _block(block.resident, block.rotation, block.start, first - DAY, overrides=False)
    if block.end > last:
        yield _block(block.resident, block.rotation, last + DAY, block.end, overrides=False)


def _block(
    resident: Resident, rotation: Rotation, start: date, end: date, *, overrides: bool
) -> Block:
    return Block(
        program_id=resident.program_id,
        resident=resident,
        rotation=rotation,
        start=start,
        end=end,
        overrides=overrides,
    )
