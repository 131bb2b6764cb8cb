"""What a change of blocks by hand would do, before it is done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from curriculum.reads import collisions_of
from curriculum.wording import collision
from qipathway.core.lib.dates import full_day
from residents.models import Block
from residents.schedule import Schedule, Stay
from residents.services import Draft


@dataclass(frozen=True, slots=True)
class BlocksPreview:
    """What goes and what comes, whose it is, and which booked classes collide."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    collisions: tuple[str, ...]


def preview_blocks(draft: Draft, at: datetime) -> BlocksPreview:
    """Say what a drafted change would do; nothing is saved."""
    before, after = _stays(draft.removed), _stays(draft.added)
    changes = {
        key: partial(Schedule.with_changes, removed=before[key], added=after[key])
        for key in {*before, *after}
    }
    found = collisions_of(changes, after=at)
    return BlocksPreview(
        tuple(map(_words, draft.removed)),
        tuple(map(_words, sorted(draft.added, key=_place))),
        tuple(collision(each) for each in found),
    )


def _stays(blocks: Iterable[Block]) -> dict[int, list[Stay]]:
    stays: dict[int, list[Stay]] = defaultdict(list)
    for block in blocks:
        stays[block.resident_id].append(block.stay)
    return stays


def _place(block: Block) -> tuple[int, date]:
    """Put what one resident gets together, in order of time."""
    return block.resident_id, block.start


def _words(block: Block) -> str:
    days = f"{full_day(block.start)} to {full_day(block.end)}"
    return f"{block.resident.person.name}, {block.rotation.name}, {days}"
