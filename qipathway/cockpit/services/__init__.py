"""What happens on pages that draw on several apps, and moves something in more than one."""

from .blocks import set_block, swap_blocks, undo_blocks
from .clinics import set_clinic
from .deputies import dismiss_deputy, name_deputy
from .holds import hold_half_days, release_half_days, restore_half_days
from .leave import Moved, end_leave, record_leave, withdraw_leave
from .leaving import deactivate_person, release_person
from .members import change_members, undo_change
from .rotations import change_rotation, restore_rotation
from .snoozes import LASTS, snooze, unsnooze
from .ties import assign_coach, grant_role, reassign_residents

__all__ = [
    "LASTS",
    "Moved",
    "assign_coach",
    "change_members",
    "change_rotation",
    "deactivate_person",
    "dismiss_deputy",
    "end_leave",
    "grant_role",
    "hold_half_days",
    "name_deputy",
    "reassign_residents",
    "record_leave",
    "release_half_days",
    "release_person",
    "restore_half_days",
    "restore_rotation",
    "set_block",
    "set_clinic",
    "snooze",
    "swap_blocks",
    "undo_blocks",
    "undo_change",
    "unsnooze",
    "withdraw_leave",
]
