"""Who teaches what is to come, handed over from one instructor to another."""

from collections.abc import Iterable

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.states import DomainError, can_move
from qipathway.core.timeline.services import record

from ..models import Session
from ..states import SESSION_MOVES
from .locks import lock_session


@transaction.atomic
def reassign_sessions(sessions: Iterable[Session], *, instructor: User, by: User) -> list[Session]:
    """Let ``instructor`` teach all of these sessions: all of them, or none.

    Each is locked in the order of their keys. One that was cancelled meanwhile is refused.
    """
    locked = [lock_session(each) for each in sorted(sessions, key=lambda each: each.pk)]
    for session in locked:
        if not can_move(session, "move", SESSION_MOVES):
            day = full_day(session.day)
            raise DomainError(f"{session.course.title} on {day} is not to come any more.")
        session.instructor = instructor
        session.save(update_fields=["instructor"])
        record(
            by,
            "curriculum.reassign_sessions",
            session,
            about=None,
            scope=session.program_id,
            course=session.course.title,
            day=session.day.isoformat(),
            person=instructor.pk,
        )
    return locked
