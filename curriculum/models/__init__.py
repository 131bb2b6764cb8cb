from .activity import Activity
from .catalogue import Course, Session
from .completion import Completion
from .contribution import Contribution
from .homework import Homework, HomeworkFile, Review
from .participation import Booking, StandUp

__all__ = [
    "Activity",
    "Booking",
    "Completion",
    "Contribution",
    "Course",
    "Homework",
    "HomeworkFile",
    "Review",
    "Session",
    "StandUp",
]
