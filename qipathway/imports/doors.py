"""How a view gets a file that waits, and one that was brought in."""

from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.doors import open_door
from residents.doors import get_program

from .models import Import, Upload


def get_upload(user: User, slug: str, uid: UUID, action: str) -> Upload:
    """Return a file that the user sent and that waits; 404 or 403 otherwise."""
    program = get_program(user, slug, action)
    waiting = Upload.objects.visible_to(user).select_related("program", "by")
    return open_door(waiting, user, action, program=program, uid=uid)


def get_import(user: User, slug: str, uid: UUID) -> Import:
    """Return a file that was brought into a program of the user's; 404 or 403 otherwise."""
    program = get_program(user, slug, "imports.view_imports")
    brought = Import.objects.select_related("by", "program")
    return open_door(brought, user, "imports.view_imports", program=program, uid=uid)
