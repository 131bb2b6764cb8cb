from .charter import Charter, Screen
from .project import Project, StageEntry

__all__ = ["Charter", "Project", "Screen", "StageEntry"]
