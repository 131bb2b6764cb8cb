"""Doors to rounds and applications."""

from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.doors import open_door

from .models import Application, Round


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
