"""What happens in a selection: rounds, applications, ratings, decisions and offers."""

from .applications import (
    defer_application,
    remove_cv,
    reopen_application,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from .decisions import decide_application, propose_decisions, release_decisions, undo_release
from .offers import accept_offer, enrol_accepted, lapse_offer, lapse_offers, refuse_offer
from .ratings import declare_conflict, submit_rating
from .reviewing import assign_reviewers, dismiss_reviewer, name_reviewer
from .rounds import (
    change_round,
    change_seats,
    close_round,
    invite_residents,
    open_intake,
    open_round,
)

__all__ = [
    "accept_offer",
    "assign_reviewers",
    "change_round",
    "change_seats",
    "close_round",
    "decide_application",
    "declare_conflict",
    "defer_application",
    "dismiss_reviewer",
    "enrol_accepted",
    "invite_residents",
    "lapse_offer",
    "lapse_offers",
    "name_reviewer",
    "open_intake",
    "open_round",
    "propose_decisions",
    "refuse_offer",
    "release_decisions",
    "remove_cv",
    "reopen_application",
    "save_application",
    "start_application",
    "submit_application",
    "submit_rating",
    "undo_release",
    "withdraw_application",
]
