"""The doors to projects and what they measure, and as whom somebody stands in them."""

from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.doors import open_door
from residents.rules import is_coach, is_self, is_sponsor

from .gates import Ball
from .models import Measure, Point, Project


def get_project(user: User, program: str, uid: UUID, action: str) -> Project:
    """Return the project to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Project.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.for_page(), user, action, uid=uid)


def get_measure(user: User, program: str, uid: UUID, action: str) -> Measure:
    """Return the measure to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Measure.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.for_page(), user, action, uid=uid)


def get_point(user: User, program: str, uid: UUID, action: str) -> Point:
    """Return the data point to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Point.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.for_page(), user, action, uid=uid)


def viewer_of(user: User, obj: object) -> Ball | None:
    """Return as whom the user looks at what belongs to a resident: the one called "you"."""
    stands = {Ball.YOU: is_self, Ball.SPONSOR: is_sponsor, Ball.COACH: is_coach}
    return next((ball for ball, rule in stands.items() if rule.test(user, obj)), None)
