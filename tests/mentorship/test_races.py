"""Two people press together: one has done it, the other is told, and it is written once."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from mentorship.models import CheckIn, Commitment, Update
from mentorship.reminders import CHECK_IN_REMINDER
from mentorship.services import (
    Conflict,
    Outcome,
    Promise,
    Reading,
    Slot,
    Words,
    cancel_check_in,
    complete_commitment,
    move_check_in,
    reassign_check_in,
    record_check_in,
    reopen_commitment,
    save_check_in,
    schedule_check_in,
    write_update,
)
from mentorship.states import Mood
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.together import together

AT = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
EARLY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
NEXT = Slot(date(2026, 12, 17), time(9))

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(results):
    return [result for result in results if isinstance(result, DomainError)]


def test_of_two_coaches_who_record_the_same_check_in_one_gets_both_texts(here):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)

    def recorder(by, text):
        return lambda: record_check_in(
            check_in,
            by=by,
            at=AT,
            reading=Reading(0, uuid4()),
            words=Words(Mood.MOVING, text),
            outcome=Outcome(promised=(Promise(text, NEXT.day),), next_slot=NEXT),
        )

    results = together(recorder(here.coach, "Mine"), recorder(here.other_coach, "Theirs"))
    [refused] = refusals(results)
    assert isinstance(refused, Conflict)
    assert {refused.mine.learned, refused.theirs.learned} == {"Mine", "Theirs"}
    assert CheckIn.objects.held().get().learned == refused.theirs.learned
    assert CheckIn.objects.scheduled().count() == 1
    assert Commitment.objects.get().text == refused.theirs.learned
    assert Event.objects.filter(action="mentorship.record_check_in").count() == 1


def test_of_six_who_plan_at_once_one_check_in_stands(here, at):
    def planner(number):
        slot = Slot(date(2026, 12, 3 + number), time(10))
        return lambda: schedule_check_in(here.resident, by=here.coach, at=at, slot=slot)

    results = together(*(planner(number) for number in range(6)))
    assert len(refusals(results)) == 5
    assert CheckIn.objects.count() == 1
    assert Notice.objects.count() == 2


def test_recording_and_planning_at_once_leave_one_planned_check_in(here, at):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    together(
        lambda: record_check_in(
            check_in,
            by=here.coach,
            at=AT,
            reading=Reading(0, uuid4()),
            words=Words(Mood.MOVING, ""),
            outcome=Outcome(next_slot=NEXT),
        ),
        lambda: schedule_check_in(here.resident, by=here.coach, at=at, slot=NEXT),
    )
    assert CheckIn.objects.held().count() == 1
    assert CheckIn.objects.scheduled().count() == 1


def test_recording_and_cancelling_at_once_let_one_win(here):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    results = together(
        lambda: record_check_in(
            check_in,
            by=here.coach,
            at=AT,
            reading=Reading(0, uuid4()),
            words=Words(Mood.MOVING, ""),
            outcome=Outcome(),
        ),
        lambda: cancel_check_in(check_in, by=here.coach, at=AT),
    )
    assert len(refusals(results)) == 1
    assert Event.objects.count() == 1


def test_a_move_pressed_twice_at_once_moves_and_tells_once(here, at):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    together(*[lambda: move_check_in(check_in, by=here.coach, at=at, slot=NEXT)] * 6)
    moved = CheckIn.objects.get()
    assert (moved.day, moved.clock, moved.revision) == (NEXT.day, NEXT.clock, 1)
    assert Event.objects.filter(action="mentorship.move_check_in").count() == 1
    assert Notice.objects.standing().count() == 3


def test_of_two_moves_at_once_the_later_one_stands_and_it_alone_is_reminded_of(here, at):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    slots = (NEXT, Slot(date(2026, 12, 18), time(11)))
    together(
        *(
            lambda slot=slot: move_check_in(check_in, by=here.coach, at=at, slot=slot)
            for slot in slots
        )
    )
    moved = CheckIn.objects.get()
    assert Slot(moved.day, moved.clock) in slots
    assert moved.revision == 2
    reminders = Notice.objects.standing().filter(kind=CHECK_IN_REMINDER)
    assert set(reminders.values_list("revision", "expires_at")) == {(2, moved.starts_at)}


def test_two_pages_that_save_a_draft_at_once_never_mix_their_words(here, at):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)

    def saver(text):
        return lambda: save_check_in(
            check_in,
            by=here.coach,
            at=at,
            reading=Reading(0, uuid4()),
            words=Words(Mood.MOVING, text, note=text),
            rest={"promise_0": text},
        )

    [refused] = refusals(together(saver("One"), saver("Two")))
    kept = CheckIn.objects.get()
    assert {kept.learned, refused.mine.learned} == {"One", "Two"}
    assert kept.draft["promise_0"] == kept.notes.get().body == kept.learned


def test_words_that_come_in_while_the_coach_records_are_answered_now_or_wait(here, at):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    together(
        lambda: write_update(here.resident, by=here.resident.person, at=at, text="Wait."),
        lambda: record_check_in(
            check_in,
            by=here.coach,
            at=AT,
            reading=Reading(0, uuid4()),
            words=Words(Mood.MOVING, ""),
            outcome=Outcome(),
        ),
    )
    assert Update.objects.unanswered().get().text == "Wait."
    assert CheckIn.objects.held().count() == 1


def test_a_tick_is_taken_back_once(here):
    held = CheckInFactory(resident=here.resident, coach=here.coach, held=True)
    commitment = CommitmentFactory(made_in=held, done=True)
    results = together(*[lambda: reopen_commitment(commitment, by=here.coach)] * 4)
    assert len(refusals(results)) == 3
    assert Commitment.objects.get().done_on is None
    assert Event.objects.filter(action="mentorship.reopen_commitment").count() == 1


def test_resident_and_coach_tick_the_same_commitment_off_once(here):
    held = CheckInFactory(resident=here.resident, coach=here.coach, held=True)
    commitment = CommitmentFactory(made_in=held)
    results = together(
        lambda: complete_commitment(commitment, by=here.coach, today=NEXT.day),
        lambda: complete_commitment(commitment, by=here.resident.person, today=NEXT.day),
    )
    assert len(refusals(results)) == 1
    assert Event.objects.filter(action="mentorship.complete_commitment").count() == 1


def test_a_check_in_given_to_two_coaches_at_once_is_one_s_and_reminds_them(here):
    planned = CheckInFactory(resident=here.resident, coach=here.coach)
    people = [here.other_coach, here.kpo_lead]
    together(
        *(
            lambda coach=coach: reassign_check_in(
                here.resident, coach=coach, by=here.director, at=EARLY
            )
            for coach in people
        )
    )
    planned.refresh_from_db()
    assert planned.coach in people
    live = Notice.objects.standing().filter(kind=CHECK_IN_REMINDER)
    assert {notice.recipient for notice in live} == {planned.coach, here.resident.person}
    assert planned.revision == 2
