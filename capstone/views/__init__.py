from .charters import CharterView, drop_draft, keep_draft, sign_charter, write_charter
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
    "keep_draft",
    "open_project",
    "remove_point",
    "restore_point",
    "screen_project",
    "sign_charter",
    "write_charter",
]
