"""How a view gets a letter that waits for a person's decision."""

from uuid import UUID

from qipathway.core.accounts.models import User
from qipathway.core.lib.doors import open_door
from qipathway.core.notices.models import Mail
from qipathway.core.notices.reads import troubled_mails
from residents.doors import get_program


def get_mail(user: User, slug: str, uid: UUID, action: str) -> Mail:
    """Return the stuck letter of a program to which ``user`` may do ``action``; 404 or 403."""
    program = get_program(user, slug, "reminders.view_deliveries")
    return open_door(troubled_mails(scope=program.pk), user, action, uid=uid)
