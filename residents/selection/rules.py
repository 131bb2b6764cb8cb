"""Who stands where in a selection. Predicates never read a state."""

from typing import Any

from rules import Predicate

from qipathway.core.accounts.models import User

from ..rules import holds, ties
from ..states import Role


def _rates(user: User, obj: Any) -> bool:
    """Asked to judge this application, and not too close to the applicant."""
    if obj is None or not any(tie.program_id == obj.program_id for tie in ties(user)):
        return False
    return user.ratings_given.filter(application=obj.pk, conflict="").exists()


def _was_asked(user: User, obj: Any) -> bool:
    return getattr(obj, "reviewer_id", None) == user.pk


rates = Predicate(_rates, name="rates")
reviews_here = holds(Role.REVIEWER)
judges = reviews_here & Predicate(_was_asked, name="was_asked")
