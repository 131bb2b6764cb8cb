"""Classes completed before this system, as the hospital's learning system lists them."""

from collections import defaultdict
from datetime import date

from curriculum.models import Session

from ..cast import Cast
from ..story.classes import ClassRecord, Outcome
from .files import rows

COMPLETED = "Completed"


def completed_classes(cast: Cast) -> list[ClassRecord]:
    """Return a record of an attended class with accepted homework for each completion.

    The file names the day of completion, not the session: it is the one of that day or, where
    the resident sat in another class at that hour, the last one before.
    """
    taken: dict[str, list[Session]] = defaultdict(list)
    records = []
    for row in rows("class_completions"):
        if row["Status"] != COMPLETED:
            continue
        staff_id, code = row["Staff ID"], row["Class code"]
        session = _session(cast, code, date.fromisoformat(row["Completed on"]), taken[staff_id])
        taken[staff_id].append(session)
        records.append(ClassRecord(staff_id, code, session.day, Outcome.ACCEPTED, is_imported=True))
    return records


def _session(cast: Cast, code: str, day: date, taken: list[Session]) -> Session:
    held = [s for (c, _), s in cast.sessions.items() if c == code and s.day <= day]
    free = (session for session in held if not any(_overlap(session, other) for other in taken))
    return max(free, key=lambda session: session.day)


def _overlap(one: Session, other: Session) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
