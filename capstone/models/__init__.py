from .charter import Charter, Screen
from .measure import Measure, Point
from .project import Project, StageEntry

__all__ = ["Charter", "Measure", "Point", "Project", "Screen", "StageEntry"]
