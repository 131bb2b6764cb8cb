from .charter import Charter, Screen
from .measure import Measure, Point
from .prior import PriorWork
from .project import Project, StageEntry

__all__ = ["Charter", "Measure", "Point", "PriorWork", "Project", "Screen", "StageEntry"]
