"""The transport in two steps: address the envelope, commit, hand over.

Up to RCPT every refusal is certain: nothing was handed over. Then the caller commits that the
point of no return is about to be crossed, and only then does DATA go out. From the first byte of
the body on, silence is ambiguous and is reported as such, never guessed.

The relay is meant to be near (one on the same host or network): every step may take
``EMAIL_TIMEOUT`` seconds. Django's mail backend cannot do this, for it sends in one call.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Self

from django.conf import settings

from .states import Result

OK, GO_AHEAD, GOODBYE = 250, 354, 421
YES, NOT_NOW, NEVER = 2, 4, 5
PATIENCE = 30


class RelayDown(Exception):
    """There is no mail server to talk to right now; nothing was tried with any mail."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation ended, at which step, and what the server said."""

    result: Result
    phase: str = ""
    code: int | None = None
    reply: str = ""


class Courier:
    """One connection to the relay, opened when needed and used for a whole batch."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._smtp is not None and kind is None:
            self._say_goodbye(self._smtp)
        self.drop()

    def ready(self) -> None:
        """Make sure that somebody is listening, before any mail is claimed.

        A used connection is reset; one that the server closed meanwhile is opened again. Raises
        ``RelayDown``.
        """
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._smtp.rset()[0] == OK:
                    return
            self.drop()
        try:
            self._smtp = _open()
        except (smtplib.SMTPException, OSError) as error:
            raise RelayDown(clean(str(error))) from error

    def carry(self, body: bytes, *, sender: str, to: str, cross: Callable[[], None]) -> Outcome:
        """Hand one mail over; call ``cross`` just before DATA and go no further if it raises.

        ``ready`` was called before. Whatever ``cross`` raises comes out of here, with nothing
        handed over.
        """
        smtp = self._smtp
        if smtp is None:
            raise RelayDown("not connected")
        outcome = self._address(smtp, sender, to)
        if outcome is None:
            cross()
            outcome = self._hand_over(smtp, body)
        if outcome.code in (None, GOODBYE):
            self.drop()
        return outcome

    def drop(self) -> None:
        """Close the connection without a word."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    @staticmethod
    def _say_goodbye(smtp: smtplib.SMTP) -> None:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()

    @staticmethod
    def _address(smtp: smtplib.SMTP, sender: str, to: str) -> Outcome | None:
        """Say MAIL and RCPT; return how it ended, or None when the way is free."""
        phase = "mail"
        try:
            code, reply = smtp.mail(sender)
            if code // 100 != YES:
                return Outcome(Result.LATER, phase, code, clean(reply))
            phase = "rcpt"
            code, reply = smtp.rcpt(to)
            if code // 100 != YES:
                return Outcome(_refusal(code), phase, code, clean(reply))
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Result.LATER, phase, None, clean(str(error)))
        return None

    @staticmethod
    def _hand_over(smtp: smtplib.SMTP, body: bytes) -> Outcome:
        """Say DATA, send the body, and wait for the answer that decides."""
        try:
            code, reply = smtp.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Result.LATER, "data", None, clean(str(error)))
        if code != GO_AHEAD:
            return Outcome(_refusal(code), "data", code, clean(reply))
        try:
            smtp.send(stuff_dots(body) + b".\r\n")
            code, reply = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Result.DOUBT, "dot", None, clean(str(error)))
        if code // 100 == YES:
            return Outcome(Result.SENT, "dot", code, clean(reply))
        if code // 100 in (NOT_NOW, NEVER):
            return Outcome(_refusal(code), "dot", code, clean(reply))
        return Outcome(Result.DOUBT, "dot", None, clean(reply))


def _open() -> smtplib.SMTP:
    """Connect, greet and, where configured, encrypt and sign in."""
    place = (settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_DOMAIN)
    patience = settings.EMAIL_TIMEOUT or PATIENCE
    smtp: smtplib.SMTP = (
        smtplib.SMTP_SSL(*place, timeout=patience, context=_context())
        if settings.EMAIL_USE_SSL
        else smtplib.SMTP(*place, timeout=patience)
    )
    try:
        smtp.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            smtp.starttls(context=_context())
            smtp.ehlo()
        if settings.EMAIL_HOST_USER:
            smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        smtp.close()
        raise
    return smtp


@cache
def _context() -> ssl.SSLContext:
    """The certificates that the machine trusts; reading them takes longer than a mail."""
    return ssl.create_default_context()


def _refusal(code: int) -> Result:
    """A 5xx answer is for good.

    At MAIL even that is put off, for there it is about our set-up and the same for everybody.
    """
    return Result.REFUSED if code // 100 == NEVER else Result.LATER


def stuff_dots(body: bytes) -> bytes:
    """Return the body with leading dots doubled and a line end at its end."""
    stuffed = re.sub(rb"(?m)^\.", b"..", body)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def clean(reply: bytes | str) -> str:
    """Return what a server said as one short printable line."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:500]
