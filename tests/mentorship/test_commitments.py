from datetime import date

import pytest

from mentorship.services import complete_commitment, reopen_commitment
from qipathway.core.lib.states import IllegalMove
from qipathway.core.timeline.models import Event
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.mentorship.evidence import everything

TODAY = date(2026, 12, 8)


@pytest.fixture
def commitment(here):
    held = CheckInFactory(resident=here.resident, coach=here.coach, held=True)
    return CommitmentFactory(made_in=held, due_on=date(2026, 12, 10))


def test_complete_commitment_keeps_the_day_and_who_said_so(here, commitment):
    done = complete_commitment(commitment, by=here.resident.person, today=TODAY)
    assert (done.state, done.done_on, done.due_on) == ("done", TODAY, date(2026, 12, 10))
    event = Event.objects.get()
    assert (event.action, event.actor, event.about, event.data) == (
        "mentorship.complete_commitment",
        here.resident.person,
        here.resident.person,
        {"due_on": "2026-12-10"},
    )


def test_complete_commitment_is_told_once(here, commitment):
    complete_commitment(commitment, by=here.resident.person, today=TODAY)
    before = everything()
    with pytest.raises(IllegalMove):
        complete_commitment(commitment, by=here.coach, today=TODAY)
    assert everything() == before


def test_reopen_commitment_takes_the_tick_back_and_keeps_the_due_day(here, commitment):
    complete_commitment(commitment, by=here.coach, today=TODAY)
    again = reopen_commitment(commitment, by=here.coach)
    assert (again.state, again.done_on, again.due_on) == ("open", None, date(2026, 12, 10))


def test_reopen_commitment_refuses_what_is_open_and_writes_nothing(here, commitment):
    before = everything()
    with pytest.raises(IllegalMove):
        reopen_commitment(commitment, by=here.coach)
    assert everything() == before
