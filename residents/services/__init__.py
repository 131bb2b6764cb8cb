"""What happens to programs, people and their places on the pathway."""

from .places import end_grant, enrol, grant_role, why_not_eligible

__all__ = ["end_grant", "enrol", "grant_role", "why_not_eligible"]
