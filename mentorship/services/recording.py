"""What is written in a check-in: drafts while it lasts, and the record that ends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import short_day
from qipathway.core.lib.states import DomainError, move
from qipathway.core.notices.services import owe_each, withdraw_notices
from residents.services.locks import lock_resident

from ..models import CheckIn, CoachNote, Commitment, Update
from ..reads import directors_of
from ..reminders import ASK_DIRECTOR, CALL_LASTS, CHECK_IN_REMINDER
from ..states import CHECK_IN_MOVES, COMMITMENT_MOVES, Mood, NoteLevel
from .check_ins import Slot, locked, plan, tell


@dataclass(frozen=True, slots=True)
class Reading:
    """What the writer's page had read: the version, and a token that is the page's own."""

    version: int
    page: UUID


@dataclass(frozen=True, slots=True)
class Words:
    """What a coach writes: for both to read, and a note for whom its level says."""

    mood: str
    learned: str
    note: str = ""
    level: str = NoteLevel.MINE


@dataclass(frozen=True, slots=True)
class Promise:
    """Something to be done by a day."""

    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two people leave a check-in with; promises and updates are named by their uid.

    ``answered`` are the resident's words that stood on the writer's page: what came in while they
    wrote waits for the next check-in.
    """

    answered: frozenset[UUID] = frozenset()
    done: frozenset[UUID] = frozenset()
    carried: Mapping[UUID, date] = field(default_factory=dict)
    promised: tuple[Promise, ...] = ()
    next_slot: Slot | None = None
    ask_director: bool = False


class Conflict(DomainError):
    """Somebody saved other words in the meantime; nothing was written, and both are here."""

    def __init__(self, theirs: CheckIn, mine: Words) -> None:
        who = theirs.saved_by.name if theirs.saved_by else "Somebody"
        super().__init__(
            f"Not saved: {who} saved this check-in while you were writing. "
            "Both texts are below; nothing of yours is lost."
        )
        self.theirs = theirs
        self.mine = mine


@transaction.atomic
def save_check_in(
    check_in: CheckIn,
    *,
    by: User,
    at: datetime,
    reading: Reading,
    words: Words,
    rest: Mapping[str, Any],
) -> CheckIn:
    """Keep a draft of a check-in that is going on.

    Raises ``Conflict`` when other words were saved since the writer's page was read, unless that
    page itself saved them. ``rest`` is what else stood in the form, as typed, to be put back
    there. A draft makes no story.
    """
    check_in = locked(check_in)
    _refuse_overtaken(check_in, reading, words)
    move(check_in, "save", CHECK_IN_MOVES)
    check_in.draft = dict(rest)
    fields = _write(check_in, by, at, reading, words)
    check_in.save(update_fields=[*fields, "state", "draft"])
    _keep_note(check_in, by, words, given_at=None)
    return check_in


@transaction.atomic
def record_check_in(
    check_in: CheckIn,
    *,
    by: User,
    at: datetime,
    reading: Reading,
    words: Words,
    outcome: Outcome,
) -> CheckIn:
    """Record a check-in as held: its words, what became of old promises, new ones, the next date.

    All of it or nothing. One recorded after its time was held as planned; one recorded before,
    now. Of two coaches who record at once the second gets both texts in a ``Conflict``.
    """
    lock_resident(check_in.resident)
    check_in = locked(check_in)
    _refuse_overtaken(check_in, reading, words)
    if words.mood not in Mood.values:
        raise DomainError("Not saved: choose how the project is going.")
    move(check_in, "hold", CHECK_IN_MOVES)
    check_in.held_at = min(at, check_in.starts_at)
    check_in.coach, check_in.ask_director, check_in.draft = by, outcome.ask_director, {}
    fields = _write(check_in, by, at, reading, words)
    check_in.save(update_fields=[*fields, "state", "held_at", "coach", "ask_director", "draft"])
    _settle(check_in, outcome)
    _keep_note(check_in, by, words, given_at=at)
    _tell_and_owe(check_in, by, at, outcome)
    return check_in


def _refuse_overtaken(check_in: CheckIn, reading: Reading, words: Words) -> None:
    """Refuse to write over words that the writer has not read."""
    if reading.version != check_in.version and reading.page != check_in.saved_from:
        raise Conflict(check_in, words)


def _write(check_in: CheckIn, by: User, at: datetime, reading: Reading, words: Words) -> list[str]:
    """Set the words of a check-in and who wrote them when; return the fields that were set."""
    check_in.mood, check_in.learned = words.mood, words.learned
    check_in.saved_at, check_in.saved_by, check_in.saved_from = at, by, reading.page
    check_in.version += 1
    return ["mood", "learned", "saved_at", "saved_by", "saved_from", "version"]


def _keep_note(check_in: CheckIn, by: User, words: Words, *, given_at: datetime | None) -> None:
    """Keep the writer's note, one a check-in; an emptied draft goes."""
    if not words.note:
        CoachNote.objects.filter(check_in=check_in, author=by).delete()
        return
    CoachNote.objects.update_or_create(
        check_in=check_in,
        author=by,
        defaults={
            "program": check_in.program,
            "level": words.level,
            "body": words.note,
            "given_at": given_at,
        },
    )


def _settle(check_in: CheckIn, outcome: Outcome) -> None:
    """Answer the resident's words, tick off or carry over old promises, write down new ones.

    A promise that somebody ticked off meanwhile stays as they left it.
    """
    words = Update.objects.unanswered().filter(resident=check_in.resident)
    words.filter(uid__in=outcome.answered).update(answered_in=check_in)
    named = {*outcome.done, *outcome.carried}
    rows = Commitment.objects.open().filter(resident=check_in.resident, uid__in=named)
    promised = list(rows.order_by("pk").select_for_update())
    for commitment in promised:
        if commitment.uid in outcome.done:
            move(commitment, "complete", COMMITMENT_MOVES)
            commitment.done_on = check_in.held_on
        else:
            move(commitment, "carry_over", COMMITMENT_MOVES)
            commitment.due_on = outcome.carried[commitment.uid]
    Commitment.objects.bulk_update(promised, ["state", "done_on", "due_on"])
    Commitment.objects.bulk_create(
        Commitment(
            program=check_in.program,
            resident=check_in.resident,
            made_in=check_in,
            text=promise.text,
            due_on=promise.due_on,
        )
        for promise in outcome.promised
    )


def _tell_and_owe(check_in: CheckIn, by: User, at: datetime, outcome: Outcome) -> None:
    """Tell the story, take back the reminder, call the directors, plan what comes next."""
    tell(check_in, by, "mentorship.record_check_in", mood=check_in.get_mood_display())
    withdraw_notices(check_in, kinds=[CHECK_IN_REMINDER])
    if outcome.ask_director:
        _call_directors(check_in, at)
    if outcome.next_slot:
        _plan_next(check_in, by, at, outcome.next_slot)


def _call_directors(check_in: CheckIn, at: datetime) -> None:
    """Ask whoever directs the program to step in."""
    owe_each(
        ASK_DIRECTOR,
        directors_of(check_in.program_id),
        check_in,
        scope=check_in.program_id,
        due=at,
        expires=at + CALL_LASTS,
    )


def _plan_next(check_in: CheckIn, by: User, at: datetime, slot: Slot) -> None:
    """Plan the next check-in, which comes after the one that was held."""
    held_on = check_in.held_on
    if held_on is not None and slot.day <= held_on:
        raise DomainError(f"Not saved: the next check-in must come after {short_day(held_on)}.")
    following = plan(check_in.resident, by=by, at=at, slot=slot)
    tell(following, by, "mentorship.schedule_check_in", day=following.day.isoformat())
