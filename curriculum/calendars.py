"""A session as an entry for the calendar that a person keeps elsewhere (RFC 5545)."""

from datetime import datetime

from icalendar import Calendar, Event

from .models import Session
from .states import SessionState

PRODUCT = "-//qipathway//sessions//EN"


def calendar_of(session: Session, *, url: str, host: str, at: datetime) -> bytes:
    """Return the calendar file of one session, written at the instant ``at``.

    Its UID stays the same and SEQUENCE grows with each move, so that a calendar that takes the
    file again moves the entry instead of adding a second; a cancelled session takes it away.
    """
    entry = Event()
    entry.add("uid", f"session-{session.uid}@{host}")
    entry.add("sequence", session.revision - 1)
    entry.add("dtstamp", at)
    entry.add("dtstart", session.starts_at)
    entry.add("dtend", session.ends_at)
    entry.add("summary", session.course.title)
    entry.add("location", session.place)
    entry.add("url", url)
    cancelled = session.state == SessionState.CANCELLED
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical()
