"""Two people press together: one has done it, the other is told, and it is written once."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from mentorship.models import CheckIn, Commitment
from mentorship.services import (
    Conflict,
    Outcome,
    Promise,
    Reading,
    Slot,
    Words,
    cancel_check_in,
    complete_commitment,
    record_check_in,
    schedule_check_in,
)
from mentorship.states import Mood
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.together import together

AT = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
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
        lambda: cancel_check_in(check_in, by=here.coach),
    )
    assert len(refusals(results)) == 1
    assert Event.objects.count() == 1


def test_resident_and_coach_tick_the_same_commitment_off_once(here):
    held = CheckInFactory(resident=here.resident, coach=here.coach, held=True)
    commitment = CommitmentFactory(made_in=held)
    results = together(
        lambda: complete_commitment(commitment, by=here.coach, today=NEXT.day),
        lambda: complete_commitment(commitment, by=here.resident.person, today=NEXT.day),
    )
    assert len(refusals(results)) == 1
    assert Event.objects.filter(action="mentorship.complete_commitment").count() == 1
