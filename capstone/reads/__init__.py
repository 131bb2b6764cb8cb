"""Page-shaped reads: where a project stands, in words, and who has the ball."""

from ..remeasures import Remeasure
from .boards import CapstoneFacts, for_board
from .measures import MeasurePage, MeasureRow, measure_page, measures_of
from .openings import Expected, Opening, baseline_needed, opening, opening_for
from .pages import (
    CapstoneCard,
    ProjectPage,
    Step,
    card_for,
    page_of,
    prior_work_of,
    project_of,
    readers_of,
    steps_of,
)
from .path import Path, path_of
from .requirements import requirements_for, requirements_of
from .standing import Line, Standing, standing_of, standing_of_project

__all__ = [
    "CapstoneCard",
    "CapstoneFacts",
    "Expected",
    "Line",
    "MeasurePage",
    "MeasureRow",
    "Opening",
    "Path",
    "ProjectPage",
    "Remeasure",
    "Standing",
    "Step",
    "baseline_needed",
    "card_for",
    "for_board",
    "measure_page",
    "measures_of",
    "opening",
    "opening_for",
    "page_of",
    "path_of",
    "prior_work_of",
    "project_of",
    "readers_of",
    "requirements_for",
    "requirements_of",
    "standing_of",
    "standing_of_project",
    "steps_of",
]
