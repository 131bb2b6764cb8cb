"""Who stands where towards what was said between a coach and a resident."""

from typing import TYPE_CHECKING

from rules import Predicate

from qipathway.core.accounts.models import User
from residents.rules import directs, is_coach, is_self

from .states import NoteLevel

if TYPE_CHECKING:
    from .models import CoachNote


def _reads_note(user: User, note: "CoachNote | None") -> bool:
    """The author always; once it was given, by recording the check-in, whom its level names.

    "Us two" are its author and the resident: a later coach was not among them.
    """
    if note is None:
        return False
    if note.author_id == user.pk:
        return True
    if note.given_at is None:
        return False
    if note.level == NoteLevel.US_TWO:
        return bool(is_self.test(user, note))
    return note.level == NoteLevel.SHARED and bool((is_self | is_coach | directs).test(user, note))


reads_note = Predicate(_reads_note, name="reads_note")
