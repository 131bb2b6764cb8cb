"""The vocabulary for asking about notices and mails."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.db.models.functions import Now as RealNow

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import Now
from qipathway.core.lib.states import move_all

from .kinds import registered
from .states import MAIL_MOVES, TROUBLED, MailState

if TYPE_CHECKING:
    from .models import Mail, Notice


def carried_notices() -> NoticeQuerySet:
    """The notices of the mail that an outer query is looking at."""
    notices: NoticeQuerySet = apps.get_model("notices", "Notice").objects.all()
    return notices.filter(mail=OuterRef("pk"))


def still_true() -> Exists:
    """The condition that at least one notice of the mail is live."""
    return Exists(carried_notices().live())


def person_is_active() -> Exists:
    """The condition that the mail's recipient has an open account."""
    return Exists(User.objects.filter(pk=OuterRef("recipient_id"), is_active=True))


class NoticeQuerySet(QuerySet["Notice"]):
    def standing(self) -> NoticeQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def live(self) -> NoticeQuerySet:
        """Not withdrawn, and what each announces still holds, as its kind tells."""
        nothing = Q(pk__in=[])
        holds = (Q(kind=kind.name) & Exists(kind.live()) for kind in registered())
        return self.standing().filter(reduce(or_, holds, nothing))


class MailQuerySet(QuerySet["Mail"]):
    def walk(self, name: str, **fields: Any) -> int:
        """Move every mail at the start of the arrow called ``name``; return how many."""
        return move_all(self, name, MAIL_MOVES, **fields)

    def due(self) -> MailQuerySet:
        """Waiting, and their time has come by the application's clock."""
        return self.filter(
            state=MailState.PENDING, next_attempt_at__lte=Now(), not_before__lte=Now()
        )

    def known(self) -> MailQuerySet:
        """Of a kind that this process can judge; a newer process will take the others."""
        return self.filter(kind__in=[kind.name for kind in registered()])

    def useful(self) -> MailQuerySet:
        """Somebody active still has something true to learn from it, in time."""
        return self.filter(person_is_active(), still_true(), expires_at__gt=Now())

    def stale(self, grace: timedelta) -> MailQuerySet:
        """Claimed longer ago than ``grace``, by the real clock, with no outcome."""
        latest = Greatest(F("send_started_at"), F("ponr_at"))
        return (
            self.filter(state=MailState.SENDING)
            .alias(latest=latest)
            .filter(latest__lt=RealNow() - grace)
        )

    def troubled(self) -> MailQuerySet:
        """Those a person has to look at."""
        return self.filter(state__in=TROUBLED)

    def in_scope(self, scope: int | None) -> MailQuerySet:
        return self if scope is None else self.filter(scope_id=scope)

    def carrying(self, notices: Collection[int]) -> MailQuerySet:
        """Those that carry one of the notices of these ids."""
        return self.filter(Exists(carried_notices().filter(pk__in=notices)))
