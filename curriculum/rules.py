"""Who teaches what: the instructor of a session sees it, its bookings and its homework."""

from typing import Any

from rules import Predicate

from qipathway.core.accounts.models import User
from residents.rules import belongs, directs, is_coach, is_office, is_self

from .states import ActivityKind


def _teaches(user: User, obj: Any) -> bool:
    """The user is the instructor of the object's session, and still holds a role there."""
    return obj is not None and obj.taught_by == user.pk and belongs.test(user, obj)


teaches = Predicate(_teaches, name="teaches")


def _reads_activity(user: User, obj: Any) -> bool:
    """The resident, their coach and the director; the rest of the office all but PSA meetings.

    Asked of a resident, the answer is about the log as a whole.
    """
    if (is_self | is_coach | directs).test(user, obj):
        return True
    is_psa = getattr(obj, "kind", "") == ActivityKind.PSA_MEETING
    return bool(is_office.test(user, obj)) and not is_psa


reads_activity = Predicate(_reads_activity, name="reads_activity")
