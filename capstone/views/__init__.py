from .charters import charter_page, drop_draft, keep_draft, sign_charter, write_charter
from .entries import enter_at_stage, entry_file, entry_page, withdraw_entry
from .measures import (
    add_measure,
    add_point,
    correct_measure,
    correct_point,
    edit_measure_page,
    measure_page,
    new_measure_page,
    point_page,
    remove_point,
    restore_point,
)
from .projects import choose_process, open_project, own_page, project_page
from .screens import screen_page, screen_project

__all__ = [
    "add_measure",
    "add_point",
    "charter_page",
    "choose_process",
    "correct_measure",
    "correct_point",
    "drop_draft",
    "edit_measure_page",
    "enter_at_stage",
    "entry_file",
    "entry_page",
    "keep_draft",
    "measure_page",
    "new_measure_page",
    "open_project",
    "own_page",
    "point_page",
    "project_page",
    "remove_point",
    "restore_point",
    "screen_page",
    "screen_project",
    "sign_charter",
    "withdraw_entry",
    "write_charter",
]
