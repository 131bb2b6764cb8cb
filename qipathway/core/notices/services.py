"""What happens to notices: they are owed and withdrawn; people settle the mails that got stuck."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Model, Q, QuerySet
from django.db.models.functions import Now as RealNow

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import Now
from qipathway.core.lib.states import DomainError, move

from .doorbell import doorbell
from .kinds import Kind, get_kind
from .models import DeliveryAttempt, Mail, Notice
from .querysets import carried_notices
from .states import MAIL_MOVES, MailState, Reason, Result

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
TEST_MAIL = "notices.test_mail"


def owe(
    kind: str,
    to: User,
    obj: Model,
    *,
    scope: int,
    due: datetime,
    expires: datetime,
    rule: str = "",
) -> Notice | None:
    """Owe ``to`` a notice about ``obj``; return it, or None if this very one was owed before.

    Written in the caller's transaction, so it exists exactly if what it announces does. ``due``
    and ``expires`` are instants of the application's clock; between them it goes out, late if
    need be, and never after. Raises ``UnknownKind`` for a kind that nobody registered.
    """
    fresh = owe_each(kind, [to], obj, scope=scope, due=due, expires=expires, rule=rule)
    return fresh[0] if fresh else None


def owe_now(
    kind: str,
    to: User,
    obj: Model,
    *,
    scope: int,
    at: datetime,
    rule: str = "",
    lasts: timedelta = WEEK,
) -> Notice | None:
    """Owe ``to`` a notice that is due at once and of no more use after ``lasts``."""
    return owe(kind, to, obj, scope=scope, due=at, expires=at + lasts, rule=rule)


@transaction.atomic
def owe_each(
    kind: str,
    to: Iterable[User],
    obj: Model,
    *,
    scope: int,
    due: datetime,
    expires: datetime,
    rule: str = "",
) -> list[Notice]:
    """Owe each person a notice about ``obj``; return those that had not been owed before.

    Two transactions that owe the same meet at the unique key: the second waits for the first and
    then writes nothing. Four statements, however many people.
    """
    if expires <= due:
        raise ValueError(f"{kind}: a notice must be due before it expires.")
    about = get_kind(kind)
    revision: int = getattr(obj, "revision", 0)
    notices = [
        Notice(
            key=f"v1|{scope}|{person.pk}|{kind}|{obj.pk}|{revision}|{rule}|mail",
            scope_id=scope,
            recipient=person,
            kind=kind,
            object_id=obj.pk,
            revision=revision,
            rule=rule,
            due_at=due,
            expires_at=expires,
        )
        for person in to
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    fresh = Notice.objects.filter(uid__in=[notice.uid for notice in notices])
    return _put_in_mails(about, list(fresh.annotate(is_due=Q(due_at__lte=Now())).order_by("id")))


def _put_in_mails(kind: Kind, notices: list[Notice]) -> list[Notice]:
    """Give every notice a mail of its own, and ring if one is due already."""
    mails = [
        Mail(
            scope_id=notice.scope_id,
            recipient_id=notice.recipient_id,
            kind=notice.kind,
            ambiguous=kind.ambiguous,
            message_id=message_id(notice.key),
            not_before=notice.due_at,
            next_attempt_at=notice.due_at,
            expires_at=notice.expires_at,
        )
        for notice in notices
    ]
    for notice, mail in zip(notices, Mail.objects.bulk_create(mails), strict=True):
        notice.mail = mail
    Notice.objects.bulk_update(notices, ["mail"])
    if any(notice.is_due for notice in notices):  # type: ignore[attr-defined]  # annotated
        transaction.on_commit(doorbell.ring, robust=True)
    return notices


def message_id(key: str) -> str:
    """Return the Message-ID of the mail about ``key``, the same however often it is sent."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{settings.MAIL_DOMAIN}>"


@transaction.atomic
def withdraw_notices(obj: Model, *, kinds: Collection[str], to: User | None = None) -> int:
    """Take back what is owed about ``obj`` and has not gone out; return how many notices.

    A digest goes on with what is left in it. A mail that is being handed over at this moment
    goes out.
    """
    owed = Notice.objects.standing().filter(kind__in=kinds, object_id=obj.pk)
    return _withdraw(owed.filter(recipient=to) if to else owed)


@transaction.atomic
def withdraw_all(person: User) -> int:
    """Take back whatever ``person`` is owed and has not gone out; return how many notices."""
    return _withdraw(Notice.objects.standing().filter(recipient=person))


def _withdraw(owed: QuerySet[Notice]) -> int:
    waiting = Mail.objects.filter(state=MailState.PENDING)
    ids = list(owed.filter(mail__in=waiting).values_list("pk", flat=True))
    Notice.objects.filter(pk__in=ids).update(withdrawn_at=Now())
    left = Exists(carried_notices().standing())
    Mail.objects.carrying(ids).filter(~left, state=MailState.PENDING).walk(
        "cancel", closed_at=Now(), closed_reason=Reason.WITHDRAWN
    )
    return len(ids)


@transaction.atomic
def retry_mail(mail: Mail, *, by: User, at: datetime) -> Mail:
    """Send a stuck mail again, as if for the first time but under the same Message-ID."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if mail.expires_at <= at:
        raise DomainError(
            "Nothing was changed: what this mail announced is over by now. Write to the person "
            "yourself if it still matters, then mark the mail as sent or let it rest."
        )
    move(mail, "retry", MAIL_MOVES)
    mail.next_attempt_at = at
    mail.tries = mail.doubts = 0
    mail.ponr_at = mail.closed_at = None
    mail.closed_reason = ""
    mail.save(
        update_fields=[
            "state", "next_attempt_at", "tries", "doubts", "ponr_at", "closed_at", "closed_reason"
        ]
    )  # fmt: skip
    DeliveryAttempt.objects.create(mail=mail, attempt=mail.attempt, result=Result.RETRIED, by=by)
    transaction.on_commit(doorbell.ring, robust=True)
    return mail


@transaction.atomic
def settle_mail(mail: Mail, *, by: User, at: datetime) -> Mail:
    """Record that a person knows a stuck mail to have arrived, or told its news themselves."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    move(mail, "settle", MAIL_MOVES)
    mail.sent_at, mail.closed_at, mail.closed_reason = at, None, ""
    mail.save(update_fields=["state", "sent_at", "closed_at", "closed_reason"])
    DeliveryAttempt.objects.create(mail=mail, attempt=mail.attempt, result=Result.MARKED, by=by)
    return mail


@transaction.atomic
def dismiss_mail(mail: Mail, *, by: User, at: datetime) -> Mail:
    """Let a stuck mail rest: somebody has seen it and nothing more is to be done."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    move(mail, "dismiss", MAIL_MOVES)
    mail.closed_at, mail.closed_reason = at, Reason.DISMISSED
    mail.save(update_fields=["state", "closed_at", "closed_reason"])
    DeliveryAttempt.objects.create(mail=mail, attempt=mail.attempt, result=Result.DISMISSED, by=by)
    return mail


def send_test_mail(person: User, *, scope: int, at: datetime) -> Notice | None:
    """Owe a person a letter that says only that letters arrive; at most one a minute."""
    minute = at.strftime("%Y%m%d%H%M")
    return owe_now(TEST_MAIL, person, person, scope=scope, at=at, rule=minute, lasts=HOUR)


@transaction.atomic
def hold_due_mail() -> int:
    """Put every mail that is due before a person, as of unknown fate; return how many.

    For a database that was restored from a backup: what was due since then went out or not, and
    nothing in it can tell. Both steps are moves of the table, so what another process holds is
    left to it.
    """
    due = list(Mail.objects.due().select_for_update(skip_locked=True).values_list("pk", flat=True))
    held = Mail.objects.filter(pk__in=due)
    held.walk("claim", attempt=F("attempt") + 1, send_started_at=RealNow())
    return held.walk("doubt", closed_at=Now(), closed_reason=Reason.DOUBT)
