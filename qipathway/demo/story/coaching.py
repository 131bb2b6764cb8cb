"""Check-ins: held, planned, what was promised in them and what became of it."""

from datetime import datetime, timedelta
from functools import partial

from mentorship.models import CheckIn, Commitment
from mentorship.services import (
    Outcome,
    Reading,
    Slot,
    Words,
    complete_commitment,
    record_check_in,
    schedule_check_in,
    write_update,
)
from mentorship.services import Promise as Promised
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from residents.models import Resident

from ..cast import Cast
from ..diary import Diary
from ..scene import ZONE, at, stable
from .conversations import CONVERSATIONS, UPDATES, Conversation, Promise, Talk
from .earlier import with_years_before
from .ties import coach_of

PLANNED_AHEAD = timedelta(days=14)
TALKED = timedelta(minutes=40)


def plan_coaching(cast: Cast, diary: Diary) -> None:
    """Write everybody's conversations and written words into the diary."""
    for staff_id, conversation in CONVERSATIONS.items():
        whole = with_years_before(cast, staff_id, conversation)
        _plan_conversation(cast, diary, staff_id, whole)
    for staff_id, day, clock, text in UPDATES:
        diary.on(day, clock, partial(_write, cast.residents[staff_id], text=text))


def _plan_conversation(cast: Cast, diary: Diary, staff_id: str, conversation: Conversation) -> None:
    """Plan the first check-in beforehand; each one held plans the next."""
    resident = cast.residents[staff_id]
    coach = coach_of(cast, staff_id) or cast.kpo_lead
    first, *later = (talk.slot for talk in conversation.talks)
    planned = at(first.day, first.clock) - PLANNED_AHEAD
    diary.note(planned, partial(_plan, resident, by=coach, slot=first))
    for talk, following in zip(conversation.talks, (*later, conversation.next), strict=True):
        held = at(talk.slot.day, talk.slot.clock) + TALKED
        diary.note(held, partial(_hold, resident, by=coach, talk=talk, following=following))
        for promise in talk.promises:
            if promise.done_on:
                done = at(promise.done_on, talk.slot.clock)
                diary.note(done, partial(_keep, resident, promise=promise))


def _plan(resident: Resident, at: datetime, *, by: User, slot: Slot) -> None:
    schedule_check_in(resident, by=by, at=at, slot=slot)


def _hold(
    resident: Resident, at: datetime, *, by: User, talk: Talk, following: Slot | None
) -> None:
    check_in = CheckIn.objects.scheduled().get(resident=resident)
    page = stable("page", resident.staff_id, talk.slot.day)
    promised = tuple(Promised(promise.text, promise.due_on) for promise in talk.promises)
    record_check_in(
        check_in,
        by=by,
        at=at,
        reading=Reading(check_in.version, page),
        words=Words(talk.mood, talk.learned, talk.note, talk.level),
        outcome=Outcome(promised=promised, next_slot=following, ask_director=talk.asks_director),
    )


def _keep(resident: Resident, at: datetime, *, promise: Promise) -> None:
    commitment = Commitment.objects.open().get(resident=resident, text=promise.text)
    complete_commitment(commitment, by=resident.person, today=local_date(at, ZONE))


def _write(resident: Resident, at: datetime, *, text: str) -> None:
    write_update(resident, by=resident.person, at=at, text=text)
