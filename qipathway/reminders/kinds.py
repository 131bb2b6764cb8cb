"""Every kind of notice, in one place."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet

import capstone.reminders
import curriculum.reminders
import mentorship.reminders
import residents.reminders
import residents.selection.outcomes
import residents.selection.reminders
from qipathway.core.accounts.models import User
from qipathway.core.notices.kinds import Kind, Message
from qipathway.core.notices.letters import letter
from qipathway.core.notices.models import Notice
from qipathway.core.notices.services import TEST_MAIL


def live_people() -> QuerySet[User]:
    """The person to whom a test mail goes, whom the claim asks for being active anyway."""
    return User.objects.filter(pk=OuterRef("object_id"))


def write_test_mail(notices: Sequence[Notice], recipient: User) -> Message:
    """Say that letters arrive."""
    return letter("test_mail", person=recipient)


KINDS = (
    Kind(TEST_MAIL, live=live_people, render=write_test_mail),
    *residents.reminders.KINDS,
    *residents.selection.reminders.KINDS,
    *residents.selection.outcomes.KINDS,
    *curriculum.reminders.KINDS,
    *mentorship.reminders.KINDS,
    *capstone.reminders.KINDS,
)
