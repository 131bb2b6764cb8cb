from .charters import CharterView, drop_draft, keep_draft, sign_charter, write_charter
from .projects import OwnView, ProjectView, choose_process, open_project
from .screens import ScreenView, screen_project

__all__ = [
    "CharterView",
    "OwnView",
    "ProjectView",
    "ScreenView",
    "choose_process",
    "drop_draft",
    "keep_draft",
    "open_project",
    "screen_project",
    "sign_charter",
    "write_charter",
]
