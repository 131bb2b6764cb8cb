"""Who teaches what: the instructor of a session sees it, its bookings and its homework."""

from typing import Any

from rules import Predicate

from qipathway.core.accounts.models import User
from residents.rules import belongs


def _teaches(user: User, obj: Any) -> bool:
    """The user is the instructor of the object's session, and still holds a role there."""
    return obj is not None and obj.taught_by == user.pk and belongs.test(user, obj)


teaches = Predicate(_teaches, name="teaches")
