"""What happens to people: their places on the pathway, roles, schedules, and who coaches them."""

from .coaches import assign_coach
from .enrolment import enrol, why_not_eligible
from .grants import end_grant, grant_role

__all__ = [
    "assign_coach",
    "end_grant",
    "enrol",
    "grant_role",
    "why_not_eligible",
]
