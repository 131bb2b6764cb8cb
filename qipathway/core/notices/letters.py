"""How a letter is written: a text template, and the MIME message that carries it.

Letters are plain text. They hold labels, dates and links only, which every mail program shows
and makes clickable; a second copy in HTML could drift from the first and adds nothing.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.template import Context, engines

from .kinds import Message

SEVEN_BIT = SMTP.clone(cte_type="7bit")


def letter(name: str, **context: Any) -> Message:
    """Write ``templates/emails/<name>.txt``: the first line is the subject, the rest the text.

    Nothing is escaped, for this is text. ``site_url`` is always there, without a slash at its end.
    """
    values = {"site_url": settings.SITE_URL.rstrip("/"), **context}
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the stubs know no engine
    template = engine.get_template(f"emails/{name}.txt")
    written = template.render(Context(values, autoescape=False)).strip()
    subject, _, text = written.partition("\n")
    return Message(subject=subject.strip(), text=text.strip() + "\n")


def sender_address() -> str:
    """Return the bare address that mails come from and bounces go to."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def wire_address(address: str) -> str:
    """Return the address as every relay can take it: the domain in its ASCII form.

    Raises ``UnicodeError`` for a local part outside ASCII, which few relays would take.
    """
    local, _, domain = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def to_mime(
    message: Message, *, name: str, address: str, message_id: str, delivery: str, at: datetime
) -> bytes:
    """Return the message as it goes over the wire: CRLF, 7-bit, RFC 2047 headers.

    ``message_id`` stays the same over retries and ``delivery`` names the row, for relays rewrite
    Message-IDs. Raises ``ValueError`` when a header would hold a line break.
    """
    mime = EmailMessage(policy=SEVEN_BIT)
    mime["Subject"] = message.subject
    mime["From"] = settings.DEFAULT_FROM_EMAIL
    mime["To"] = Address(display_name=name, addr_spec=address)
    mime["Date"] = format_datetime(at)
    mime["Message-ID"] = message_id
    mime["X-QI-Delivery"] = delivery
    mime["Auto-Submitted"] = "auto-generated"
    mime["X-Auto-Response-Suppress"] = "All"
    mime.set_content(message.text)
    return mime.as_bytes()
