from .charters import CharterView, drop_draft, keep_draft, sign_charter, write_charter
from .entries import EntryView, enter_at_stage, entry_file, withdraw_entry
from .measures import (
    EditMeasureView,
    MeasureView,
    NewMeasureView,
    PointView,
    add_measure,
    add_point,
    correct_measure,
    correct_point,
    remove_point,
    restore_point,
)
from .projects import OwnView, ProjectView, choose_process, open_project
from .screens import ScreenView, screen_project

__all__ = [
    "CharterView",
    "EditMeasureView",
    "EntryView",
    "MeasureView",
    "NewMeasureView",
    "OwnView",
    "PointView",
    "ProjectView",
    "ScreenView",
    "add_measure",
    "add_point",
    "choose_process",
    "correct_measure",
    "correct_point",
    "drop_draft",
    "enter_at_stage",
    "entry_file",
    "keep_draft",
    "open_project",
    "remove_point",
    "restore_point",
    "screen_project",
    "sign_charter",
    "withdraw_entry",
    "write_charter",
]
