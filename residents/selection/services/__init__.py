"""What happens in a selection: rounds, and the applications in them."""

from .applications import (
    defer_application,
    remove_cv,
    reopen_application,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from .rounds import change_round, close_round, invite_residents, open_intake, open_round

__all__ = [
    "change_round",
    "close_round",
    "defer_application",
    "invite_residents",
    "open_intake",
    "open_round",
    "remove_cv",
    "reopen_application",
    "save_application",
    "start_application",
    "submit_application",
    "withdraw_application",
]
