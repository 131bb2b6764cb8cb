"""Who stands where in a selection. Predicates never read a state."""

from typing import Any

from rules import Predicate

from qipathway.core.accounts.models import User

from ..rules import holds
from ..states import Role


def _rates(user: User, obj: Any) -> bool:
    """Asked to judge this application, and not too close to the applicant."""
    return user.ratings_given.filter(application=obj.pk, conflict="").exists()


def _was_asked(user: User, obj: Any) -> bool:
    return getattr(obj, "reviewer_id", None) == user.pk


reviews_here = holds(Role.REVIEWER)
rates = reviews_here & Predicate(_rates, name="rates")
judges = reviews_here & Predicate(_was_asked, name="was_asked")
