"""What whoever looks after the site must see of the post."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Greatest
from django.db.models.functions import Now as RealNow

from qipathway.core.clock.services import Now

from .models import Heartbeat, Mail
from .querysets import MailQuerySet
from .states import MailState

SILENT = timedelta(minutes=2)
OVERDUE = timedelta(minutes=10)
UNSEEN = timedelta(days=1)
BOUNCES = 2
LONG = 120


@dataclass(frozen=True, slots=True)
class MailHealth:
    """How the post is doing; ages in the clock that each is kept in (see ``dispatch``)."""

    heartbeat_age: timedelta | None
    oldest_overdue: timedelta | None
    oldest_trouble: timedelta | None
    dead: int
    unknown: int
    expired: int

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong, in words; empty when all is well."""
        found = []
        if self.heartbeat_age is None:
            found.append("No dispatcher has ever run.")
        elif self.heartbeat_age > SILENT:
            found.append(f"The dispatcher was last seen {_in_words(self.heartbeat_age)} ago.")
        if self.oldest_overdue and self.oldest_overdue > OVERDUE:
            found.append(f"A mail has been due for {_in_words(self.oldest_overdue)}.")
        if self.oldest_trouble and self.oldest_trouble > UNSEEN:
            found.append("A mail that failed has waited for a person for more than a day.")
        return tuple(found)

    @property
    def is_well(self) -> bool:
        return not self.reasons


def _in_words(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < LONG:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours"


def mail_health(*, scope: int | None = None) -> MailHealth:
    """Return how the post is doing, for everybody or within one scope; two queries."""
    beat = Heartbeat.objects.aggregate(age=RealNow() - Max("at"))
    counted: dict[str, Any] = (
        Mail.objects.in_scope(scope)
        .exclude(state__in=[MailState.SENT, MailState.CANCELLED, MailState.SENDING])
        .aggregate(
            oldest_overdue=Now()
            - Min(
                Greatest("next_attempt_at", "not_before"),
                filter=Q(state=MailState.PENDING, next_attempt_at__lte=Now())
                & Q(not_before__lte=Now()),
            ),
            oldest_trouble=Now() - Min("closed_at", filter=Q(state__in=["dead", "unknown"])),
            dead=Count("pk", filter=Q(state=MailState.DEAD)),
            unknown=Count("pk", filter=Q(state=MailState.UNKNOWN)),
            expired=Count("pk", filter=Q(state=MailState.EXPIRED)),
        )
    )
    return MailHealth(heartbeat_age=beat["age"], **counted)


def troubled_mails(*, scope: int | None = None) -> MailQuerySet:
    """The mails that a person has to look at, newest first, each with its recipient."""
    troubled = Mail.objects.troubled().in_scope(scope)
    return troubled.select_related("recipient").order_by("-closed_at", "-id")
