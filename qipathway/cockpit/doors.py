"""The door to what was done to many members at once."""

from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.doors import open_door
from residents.doors import get_program

from .models import MemberChange


def get_member_change(user: User, slug: str, uid: UUID, action: str) -> MemberChange:
    """Return the change to which ``user`` may do ``action``; 404 or 403 otherwise."""
    seen = MemberChange.objects.filter(program=get_program(user, slug))
    return open_door(seen.select_related("program"), user, action, uid=uid)
