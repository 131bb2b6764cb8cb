"""Who teaches what: the instructor of a session sees it, its bookings and its homework."""

from typing import Any

from rules import predicate

from qipathway.core.accounts.models import User


@predicate
def teaches(user: User, obj: Any) -> bool:
    """The user is the instructor of the session that the object belongs to."""
    return obj is not None and obj.taught_by == user.pk
