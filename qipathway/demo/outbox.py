"""The mails that the demo would have sent, for everybody at this machine to read.

Open without signing in, because the code to sign in with arrives here. The address exists only
in the demo, which serves nobody but its own machine.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404

from qipathway.core.lib.dates import short_day

from .scene import ZONE
from .sink import SUFFIX

SHOWN = 100
NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")
HEADERS = ("From", "To", "Date", "Message-ID", "X-QI-Delivery", "Auto-Submitted")


@dataclass(frozen=True, slots=True)
class Header:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One kept mail, as a page shows it."""

    name: str
    subject: str
    to: str
    when: str
    headers: tuple[Header, ...]
    text: str
    html: str


def kept_letters() -> tuple[list[Letter], int]:
    """Read the newest of the kept mails, and count them all."""
    paths = sorted(Path(settings.OUTBOX_DIR).glob(f"*{SUFFIX}"), reverse=True)
    return [read_letter(path) for path in paths[:SHOWN]], len(paths)


def find_letter(name: str) -> Letter:
    """Return one kept mail as its reader would get it; 404 for a name that no mail has."""
    path = Path(settings.OUTBOX_DIR) / f"{name}{SUFFIX}"
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return read_letter(path)


def read_letter(path: Path) -> Letter:
    """Return what a kept mail says; whatever is odd in it is shown as text, never as markup."""
    mime = message_from_bytes(path.read_bytes(), policy=default)
    date = mime["Date"]
    return Letter(
        name=path.stem,
        subject=str(mime["Subject"] or "(no subject)"),
        to=str(mime["To"] or ""),
        when=_local(getattr(date, "datetime", None)),
        headers=tuple(Header(label, str(mime[label])) for label in HEADERS if mime[label]),
        text=_part(mime, "plain"),
        html=_part(mime, "html"),
    )


def _local(sent_at: datetime | None) -> str:
    """Return when a mail was sent by the clocks of the demo's program."""
    if sent_at is None:
        return ""
    local = sent_at.astimezone(ZoneInfo(ZONE))
    return f"{short_day(local)}, {local:%H:%M}"


def _part(mime: EmailMessage, kind: str) -> str:
    """Return the part of this kind decoded, or nothing."""
    part = mime.get_body(preferencelist=(kind,))
    return str(part.get_content()).replace("\r\n", "\n").strip() if part else ""
