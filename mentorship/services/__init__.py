"""What happens between a coach and a resident.

Locks are taken in one order: the resident, their check-in, their commitments. A resident's row is
locked without blocking the foreign keys of others.
"""

from .check_ins import Slot, cancel_check_in, move_check_in, reassign_check_in, schedule_check_in
from .commitments import complete_commitment, reopen_commitment
from .recording import Conflict, Outcome, Promise, Reading, Words, record_check_in, save_check_in
from .updates import write_update

__all__ = [
    "Conflict",
    "Outcome",
    "Promise",
    "Reading",
    "Slot",
    "Words",
    "cancel_check_in",
    "complete_commitment",
    "move_check_in",
    "reassign_check_in",
    "record_check_in",
    "reopen_commitment",
    "save_check_in",
    "schedule_check_in",
    "write_update",
]
