from datetime import UTC, datetime

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from qipathway.core.notices.models import Mail
from qipathway.core.notices.states import MailState, Reason

from .accounts import UserFactory

MORNING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class MailFactory(DjangoModelFactory):
    """A letter that did not go out and waits for a person."""

    class Meta:
        model = Mail

    scope_id = 1
    recipient = SubFactory(UserFactory)
    kind = "notices.test_mail"
    ambiguous = "resend"
    message_id = Sequence(lambda n: f"<{n}@mail.example.org>")
    state = MailState.DEAD
    not_before = next_attempt_at = closed_at = MORNING
    expires_at = MORNING.replace(year=2027)
    closed_reason = Reason.values[0]
