import pytest

from mentorship.services import write_update
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from tests.mentorship.evidence import everything


@pytest.mark.requirement(48)
def test_write_update_waits_for_the_next_check_in(here, at):
    text = "  Transport cannot spare anyone.\n"
    update = write_update(here.resident, by=here.resident.person, at=at, text=text)
    assert (update.text, update.at) == ("Transport cannot spare anyone.", at)
    assert update.answered_in is None


def test_write_update_leaves_its_words_out_of_the_story(here, at):
    write_update(here.resident, by=here.resident.person, at=at, text="Transport.")
    event = Event.objects.get()
    assert (event.action, event.data) == ("mentorship.write_update", {})


def test_write_update_refuses_blanks_and_writes_nothing(here, at):
    before = everything()
    with pytest.raises(DomainError, match="write a sentence first"):
        write_update(here.resident, by=here.resident.person, at=at, text=" \n ")
    assert everything() == before
