"""What happens to a capstone project.

Every service locks the project's row first, whichever of its parts it writes, so that a charter
cannot change under the hand that signs it. Others may still point at the locked row.
"""

from .asking import ask_sponsor
from .charters import CHARTER_FIELDS, Conflict, drop_draft, keep_draft, sign_charter, write_charter
from .entries import enter_at_stage, withdraw_entry
from .measures import (
    MEASURE_FIELDS,
    add_measure,
    add_point,
    correct_measure,
    correct_point,
    remove_point,
    restore_point,
)
from .projects import choose_process, open_project
from .screens import screen_project

__all__ = [
    "CHARTER_FIELDS",
    "MEASURE_FIELDS",
    "Conflict",
    "add_measure",
    "add_point",
    "ask_sponsor",
    "choose_process",
    "correct_measure",
    "correct_point",
    "drop_draft",
    "enter_at_stage",
    "keep_draft",
    "open_project",
    "remove_point",
    "restore_point",
    "screen_project",
    "sign_charter",
    "withdraw_entry",
    "write_charter",
]
