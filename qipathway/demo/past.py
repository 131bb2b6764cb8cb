"""The mail of days that were only told."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from curriculum.reminders import CLASS_UPCOMING, STAND_UP_UPCOMING
from mentorship.reminders import CHECK_IN_REMINDER
from qipathway.core.clock.services import Now
from qipathway.core.notices.doorbell import doorbell
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.notices.states import MailState, Reason
from residents.models import Program

UPCOMING = (CLASS_UPCOMING, STAND_UP_UPCOMING, CHECK_IN_REMINDER)


def let_past_mail_rest(program: Program) -> int:
    """Take back what became due on the way to the demo's today; return how many mails.

    What those mails told happened in the story only. A reminder of something that has not started
    yet is still of use, and stays.
    """
    due = Mail.objects.in_scope(program.pk).filter(state=MailState.PENDING, not_before__lte=Now())
    past = due.exclude(kind__in=UPCOMING, expires_at__gt=Now())
    ids = list(past.values_list("pk", flat=True))
    Notice.objects.filter(mail__in=ids).update(withdrawn_at=Now())
    return Mail.objects.filter(pk__in=ids).walk(
        "cancel", closed_at=Now(), closed_reason=Reason.WITHDRAWN
    )


@contextmanager
def bell_at_rest() -> Iterator[None]:
    """Leave the workers' bell alone: nobody need hurry for mail that will be taken back."""
    doorbell.broken_until = inf
    try:
        yield
    finally:
        doorbell.broken_until = 0.0
