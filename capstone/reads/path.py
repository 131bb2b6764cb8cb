"""When a project came to its stages, as a plan draws it."""

from dataclasses import dataclass
from datetime import date

from ..models import Project
from ..remeasures import Remeasure
from ..states import Stage, number
from .standing import facts_of


@dataclass(frozen=True, slots=True)
class Path:
    """The stages that a project came to, each with its day, and the remeasures of its event."""

    entered: tuple[tuple[Stage, date], ...]
    remeasures: tuple[Remeasure, ...]

    def reached(self, stage: Stage) -> date | None:
        """Return when the project had come as far as ``stage``; it may have passed over it."""
        there = (day for each, day in self.entered if number(each) >= number(stage))
        return min(there, default=None)


def path_of(project: Project) -> Path:
    """Read the path of a project that was read ``with_standing``; one query."""
    now = number(project.state)
    entries = ((Stage(each.stage), each.entered_on) for each in project.entries.all())
    passed = tuple(each for each in entries if number(each[0]) <= now)
    return Path(passed, facts_of(project, "").remeasures)
