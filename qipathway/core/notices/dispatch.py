"""The dispatcher: find what is due, claim it, hand it over, write down what happened.

Three commits a mail. T1 claims the row by one UPDATE that asks again whether everything still
holds. T2 marks the point of no return just before DATA. T3 (``outcomes``) records the answer.
Whoever dies between them leaves a row from which the next tick can tell how far it had come.

Two clocks, both the database's. What concerns people (is it due, has it expired, when was it
sent) is in the application's time, ``qi_now()``, which a demo may shift. What concerns processes
(claims, grace, heartbeat) is in real time: a demo that travels must not make live claims look
abandoned, nor dead ones fresh.
"""

import logging
from functools import partial
from time import monotonic

from django.db import DatabaseError, transaction
from django.db.models import F
from django.db.models.functions import Now as RealNow

from qipathway.core.accounts.models import User
from qipathway.core.clock import services as clock
from qipathway.core.clock.services import Now

from . import limits
from .kinds import get_kind
from .letters import sender_address, to_mime, wire_address
from .locks import mail_lock, relay_slot
from .models import Heartbeat, Mail
from .outcomes import settle
from .querysets import MailQuerySet, person_is_active, still_true
from .smtp import Courier, Outcome, RelayDown
from .states import MailState, Reason, Result

logger = logging.getLogger(__name__)

HEARTBEAT = "dispatch"


class Superseded(Exception):
    """The claim was taken from this process before the point of no return."""


class NothingToSay(Exception):
    """What the mail was to announce ended between the claim and the writing."""


def tick() -> int:
    """Send what is due; return how many mails were taken up.

    Any number of processes may tick at any time: they share the work and never a mail. Ends when
    nothing is due, when the relay does not answer, or after a minute.
    """
    beat()
    expire()
    reap()
    with relay_slot() as ours:
        return _send_due() if ours else 0


def beat() -> None:
    """Show that the dispatcher is going."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=HEARTBEAT, at=RealNow())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def expire() -> int:
    """Close what could not go out while it was of use; return how many."""
    return Mail.objects.filter(expires_at__lte=Now()).walk(
        "expire", closed_at=Now(), closed_reason=Reason.LATE
    )


def reap() -> None:
    """Settle claims whose process is gone: old enough, and their lock is free.

    Without a point of no return nothing was handed over and the mail simply waits again; past it
    the mail is in doubt, and its kind says what then.
    """
    for mail in Mail.objects.stale(limits.GRACE):
        with mail_lock(mail.pk) as ours:
            if ours:
                settle(mail, Outcome(Result.LOST))


def _send_due() -> int:
    """Work through everything due over one connection, for at most the budget of a tick."""
    until = monotonic() + limits.BUDGET.total_seconds()
    taken = 0
    with Courier() as courier:
        while True:
            before = taken
            for mail_id, attempt in candidates():
                if monotonic() > until:
                    return taken
                try:
                    taken += deliver(mail_id, attempt, courier)
                except RelayDown as error:
                    logger.warning("The mail server does not answer: %s", error)
                    return taken
            if taken == before:
                return taken


def candidates() -> list[tuple[int, int]]:
    """Return id and attempt of the next mails due, passing over rows that are being written."""
    due = Mail.objects.due().known().order_by("next_attempt_at", "id")
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=True, no_key=True)
        return list(rows.values_list("pk", "attempt")[: limits.BATCH])


def deliver(mail_id: int, attempt: int, courier: Courier) -> bool:
    """Take one mail as far as it goes; return False when it is somebody else's.

    The relay is asked first whether it listens, so a claim is never spent on a closed door.
    Raises ``RelayDown`` with the mail untouched.
    """
    with mail_lock(mail_id) as ours:
        if not ours:
            return False
        courier.ready()
        if not claim(mail_id, attempt):
            return close_useless(mail_id)
        mail = Mail.objects.select_related("recipient").get(pk=mail_id)
        mail.attempt = attempt + 1
        try:
            settle(mail, converse(mail, courier))
        except Superseded:
            logger.warning("Mail %s was taken over before it was handed over.", mail_id)
        return True


def claim(mail_id: int, attempt: int) -> bool:
    """T1: take the mail if nobody has since ``attempt`` and everything still holds."""
    taken = (
        Mail.objects.filter(pk=mail_id, attempt=attempt)
        .due()
        .useful()
        .walk(
            "claim",
            attempt=attempt + 1,
            tries=F("tries") + 1,
            send_started_at=RealNow(),
            ponr_at=None,
        )
    )
    return taken == 1


def close_useless(mail_id: int) -> bool:
    """Close a mail that could not be claimed because it has nobody or nothing left to tell.

    Each UPDATE tests its reason itself, so a mail that became useful again meanwhile, or went to
    another process, is left alone; returns whether it was closed.
    """
    mail: MailQuerySet = Mail.objects.filter(pk=mail_id).due()
    closed = partial(MailQuerySet.walk, closed_at=Now())
    return bool(
        closed(mail.filter(expires_at__lte=Now()), "expire", closed_reason=Reason.LATE)
        or closed(mail.filter(~person_is_active()), "cancel", closed_reason=Reason.PERSON)
        or closed(mail.filter(~still_true()), "cancel", closed_reason=Reason.SOURCE)
    )


def converse(mail: Mail, courier: Courier) -> Outcome:
    """Write the letter and hand it over; a letter that cannot be written stops only itself."""
    try:
        body = write(mail)
        to = wire_address(mail.recipient.email)
    except NothingToSay:
        return Outcome(Result.STALE, "letter")
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("The letter of mail %s could not be written.", mail.pk)
        return Outcome(Result.LETTER, "letter", None, type(error).__name__)
    return courier.carry(body, sender=sender_address(), to=to, cross=partial(cross, mail))


def write(mail: Mail) -> bytes:
    """Render the notices that hold at this moment, for the address of this moment."""
    notices = list(mail.notices.live().order_by("due_at", "id"))
    if not notices:
        raise NothingToSay
    person: User = mail.recipient
    return to_mime(
        get_kind(mail.kind).render(notices, person),
        name=person.name,
        address=wire_address(person.email),
        message_id=mail.message_id,
        delivery=str(mail.uid),
        at=clock.now(),
    )


def cross(mail: Mail) -> None:
    """T2: commit that the body goes out next. Raises ``Superseded`` if the claim is gone."""
    held = Mail.objects.filter(
        pk=mail.pk, attempt=mail.attempt, state=MailState.SENDING, ponr_at=None
    )
    if not held.update(ponr_at=RealNow()):
        raise Superseded
