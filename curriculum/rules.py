"""Who teaches what, and what is left to the coach pool when nobody else can answer."""

from typing import Any

from rules import Predicate

from qipathway.core.accounts.models import User
from residents.rules import belongs, directs, is_coach, is_office, is_self, pools_of
from residents.states import Role

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


def _left_to_pool(user: User, obj: Any) -> bool:
    """The user is in the coach pool, nobody coaches the resident, and the instructor has left."""
    if obj is None or obj.program_id not in pools_of(user):
        return False
    taught = obj.booking and belongs.test(obj.booking.session.instructor, obj)
    return not taught and not obj.resident.ties.active().of_role(Role.COACH).exists()


left_to_pool = Predicate(_left_to_pool, name="left_to_pool")
