from .catalogue import Course, Session
from .homework import Homework, HomeworkFile, Review
from .participation import Booking, StandUp, StandUpAttendance

__all__ = [
    "Booking",
    "Course",
    "Homework",
    "HomeworkFile",
    "Review",
    "Session",
    "StandUp",
    "StandUpAttendance",
]
