"""When homework is due follows the schedule."""

from datetime import date

import pytest

from curriculum.models import Homework
from curriculum.services import rebase_due_dates
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Block
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory
from tests.factories.residents import BlockFactory

pytestmark = pytest.mark.requirement(18)


@pytest.fixture
def homework(here, session):
    """Of a class on December 3; due 28 days later, for no block with time is known after it."""
    seat = BookingFactory(session=session, resident=here.resident, state="attended")
    return HomeworkFactory(booking=seat, due_on=date(2026, 12, 31))


def elective(here, start, end):
    return BlockFactory(
        program=here.program,
        resident=here.resident,
        rotation=here.rotation(RotationKind.ELECTIVE, "Elective: Renal"),
        start=start,
        end=end,
    )


def rebase(here):
    return rebase_due_dates([here.resident], by=here.coordinator)


def test_a_block_that_protects_time_later_moves_the_due_date_to_its_end(here, homework):
    elective(here, date(2027, 1, 11), date(2027, 2, 7))
    assert rebase(here) == [homework]
    homework.refresh_from_db()
    assert homework.due_on == date(2027, 2, 7)
    [line] = tell(Event.objects.all(), zone=here.program.zone)
    assert line.text.startswith("The homework of Value-stream mapping is due on Feb 7")


def test_calling_it_again_or_for_nothing_writes_nothing(here, homework):
    assert rebase(here) == []
    elective(here, date(2027, 1, 11), date(2027, 2, 7))
    rebase(here)
    assert rebase(here) == []
    assert Event.objects.count() == 1


def test_a_block_that_was_taken_away_moves_it_back(here, homework):
    elective(here, date(2027, 1, 11), date(2027, 2, 7))
    rebase(here)
    Block.objects.filter(start=date(2027, 1, 11)).delete()
    rebase(here)
    assert Homework.objects.get().due_on == date(2026, 12, 31)


def test_what_is_handed_in_and_what_is_of_others_is_left_alone(here, homework):
    elective(here, date(2027, 1, 11), date(2027, 2, 7))
    Homework.objects.update(state="submitted", submitted_at=homework.booking.attended_at)
    HomeworkFactory(booking__resident=here.other, booking__session__program=here.program)
    before = list(Homework.objects.values())
    assert rebase(here) == []
    assert list(Homework.objects.values()) == before
