"""What happens on pages that draw on several apps, and moves something in more than one."""

from .blocks import set_block, swap_blocks, undo_blocks
from .clinics import set_clinic
from .holds import hold_half_days, release_half_days, restore_half_days
from .leave import Moved, end_leave, record_leave, withdraw_leave
from .rotations import change_rotation, restore_rotation
from .snoozes import LASTS, snooze, unsnooze
from .ties import grant_role

__all__ = [
    "LASTS",
    "Moved",
    "change_rotation",
    "end_leave",
    "grant_role",
    "hold_half_days",
    "record_leave",
    "release_half_days",
    "restore_half_days",
    "restore_rotation",
    "set_block",
    "set_clinic",
    "snooze",
    "swap_blocks",
    "undo_blocks",
    "unsnooze",
    "withdraw_leave",
]
