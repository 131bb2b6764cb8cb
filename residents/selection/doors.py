"""Doors to rounds, applications and ratings."""

from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.doors import open_door

from ..doors import get_program
from ..models import RoleGrant
from ..states import Role
from .models import Application, Rating, Round


def get_round(user: User, program: str, uid: UUID, action: str) -> Round:
    """Return the round to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Round.objects.visible_to(user).filter(program__slug=program)
    return open_door(visible.select_related("program", "cohort"), user, action, uid=uid)


def get_application(user: User, program: str, uid: UUID, action: str) -> Application:
    """Return the application to which ``user`` may do ``action``; 404 or 403 otherwise."""
    visible = Application.objects.visible_to(user).filter(program__slug=program)
    visible = visible.select_related(
        "program", "round__cohort", "round__program", "resident__person", "cv"
    )
    return open_door(visible, user, action, uid=uid)


def get_reviewer(user: User, slug: str, uid: UUID, action: str) -> RoleGrant:
    """Return the reviewer's role to which ``user`` may do ``action``; 404 or 403 otherwise."""
    program = get_program(user, slug, "selection.view_rounds")
    grants = RoleGrant.objects.active().of_role(Role.REVIEWER).filter(program=program)
    return open_door(grants.select_related("person"), user, action, uid=uid)


def get_rating(user: User, program: str, uid: UUID, action: str) -> Rating:
    """Return the rating that ``user`` was asked for; 404 or 403 otherwise."""
    visible = Rating.objects.visible_to(user).filter(program__slug=program)
    visible = visible.select_related(
        "program", "application__round", "application__resident__person", "application__cv"
    ).defer("application__resident__career_interest", "application__resident__specialty")
    return open_door(visible, user, action, uid=uid)
