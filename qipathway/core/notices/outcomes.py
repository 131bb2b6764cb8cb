"""Write down how an attempt ended (T3), and decide what becomes of the mail."""

import logging
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

from django.db import InterfaceError, OperationalError, connection, transaction

from qipathway.core.clock.services import Now
from qipathway.core.lib.states import can_move, move

from . import limits
from .models import DeliveryAttempt, Mail
from .smtp import Outcome
from .states import MAIL_MOVES, Ambiguous, MailState, Reason, Result

logger = logging.getLogger(__name__)

WRITTEN = [
    "state",
    "next_attempt_at",
    "doubts",
    "ponr_at",
    "sent_at",
    "closed_at",
    "closed_reason",
    "smtp_code",
    "smtp_reply",
    "last_error",
]


def settle(mail: Mail, outcome: Outcome) -> None:
    """Record ``outcome`` for the attempt that ``mail`` was claimed with.

    The mail may be with its reader by now, so a database that does not answer is asked again for
    a minute. After that the reaper finds the row and treats it as ambiguous.
    """
    give_up = monotonic() + limits.RECORD_FOR.total_seconds()
    while True:
        try:
            _record(mail.pk, mail.attempt, outcome)
        except (OperationalError, InterfaceError):
            connection.close()
            if monotonic() > give_up:
                raise
            logger.warning("Mail %s: the outcome is not recorded yet, trying again.", mail.pk)
            sleep(0.5)
        else:
            return


@transaction.atomic
def _record(mail_id: int, attempt: int, outcome: Outcome) -> None:
    """Move the mail and append the evidence, once; ``attempt`` fences out who comes too late."""
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    evidence = DeliveryAttempt(
        mail=mail,
        attempt=attempt,
        started_at=mail.send_started_at,
        ponr_at=mail.ponr_at,
        result=_judge(mail, outcome),
        phase=outcome.phase,
        smtp_code=outcome.code,
        reply=outcome.reply,
    )
    if mail.attempts.filter(attempt=attempt, result=evidence.result).exists():
        return
    if mail.attempt == attempt and mail.state == MailState.SENDING:
        _note(mail, outcome)
        CONSEQUENCES[Result(evidence.result)](mail)
        mail.save(update_fields=WRITTEN)
    elif mail.attempt == attempt and outcome.result == Result.SENT:
        _confirm(mail)
    evidence.save(force_insert=True)


def _judge(mail: Mail, outcome: Outcome) -> Result:
    """A lost attempt that had crossed the point of no return is in doubt."""
    if outcome.result == Result.LOST and mail.ponr_at is not None:
        return Result.DOUBT
    return outcome.result


def _note(mail: Mail, outcome: Outcome) -> None:
    mail.smtp_code, mail.smtp_reply = outcome.code, outcome.reply
    bad = outcome.result != Result.SENT
    mail.last_error = f"{outcome.phase} {outcome.result.label}".strip() if bad else ""


def _confirm(mail: Mail) -> None:
    """Take the relay's late "yes" for a mail that the reaper had put in doubt."""
    if can_move(mail, "confirm", MAIL_MOVES):
        move(mail, "confirm", MAIL_MOVES)
        mail.sent_at, mail.closed_at, mail.closed_reason = Now(), None, ""
        mail.save(update_fields=WRITTEN)


def _sent(mail: Mail) -> None:
    move(mail, "deliver", MAIL_MOVES)
    mail.sent_at = Now()


def _later(mail: Mail) -> None:
    wait = limits.backoff(mail.tries, answered=mail.smtp_code is not None)
    _postpone(mail, wait, otherwise=Reason.TRIES)


def _lost(mail: Mail) -> None:
    _postpone(mail, timedelta(0), otherwise=Reason.CRASHED)


def _refused(mail: Mail) -> None:
    _close(mail, "give_up", Reason.REFUSED)


def _doubt(mail: Mail) -> None:
    """Resend where that is harmless, once; otherwise a person has to look."""
    if mail.ambiguous == Ambiguous.RESEND and mail.doubts < limits.RESENDS:
        mail.doubts += 1
        _postpone(mail, limits.backoff(mail.tries, answered=False), otherwise=Reason.DOUBT)
    else:
        _close(mail, "doubt", Reason.DOUBT)


def _letter(mail: Mail) -> None:
    """Wait once for the template's repair; then give this mail up, so that others go on."""
    if mail.attempts.filter(result=Result.LETTER).exists():
        _close(mail, "give_up", Reason.LETTER)
    else:
        _postpone(mail, limits.LETTER_WAIT, otherwise=Reason.LETTER)


def _stale(mail: Mail) -> None:
    _close(mail, "cancel", Reason.SOURCE)


CONSEQUENCES: dict[Result, Callable[[Mail], None]] = {
    Result.SENT: _sent,
    Result.LATER: _later,
    Result.LOST: _lost,
    Result.REFUSED: _refused,
    Result.DOUBT: _doubt,
    Result.LETTER: _letter,
    Result.STALE: _stale,
}


def _postpone(mail: Mail, wait: timedelta, *, otherwise: Reason) -> None:
    """Wait for another attempt; with none left, give up for the reason ``otherwise``."""
    if mail.tries >= limits.TRIES:
        _close(mail, "give_up", otherwise)
        return
    move(mail, "postpone", MAIL_MOVES)
    mail.ponr_at = None
    mail.next_attempt_at = Now() + wait


def _close(mail: Mail, arrow: str, reason: Reason) -> None:
    move(mail, arrow, MAIL_MOVES)
    mail.closed_at = Now()
    mail.closed_reason = reason
