"""The self-screen is answered, and what the IRB decided is entered."""

from datetime import date

import pytest

from capstone.models import Screen
from capstone.screening import NAMES
from capstone.services import screen_project
from capstone.states import IrbOutcome, ScreenResult
from qipathway.core.lib.states import DomainError, IllegalMove
from qipathway.core.timeline.models import Event
from tests.factories.capstone import IMPROVEMENT, IdeaFactory

from .evidence import everything

TODAY = date(2026, 11, 23)
ASK = IMPROVEMENT | {"multi_site": True}


def screen(project, at, answers, **irb):
    return screen_project(project, by=project.resident.person, at=at, answers=answers, **irb)


def test_a_finished_screen_is_a_dated_record(project, at):
    screen(project, at, IMPROVEMENT)
    saved = Screen.objects.get()
    assert (saved.answers, saved.result) == (IMPROVEMENT, ScreenResult.IMPROVEMENT)
    assert saved.screened_on == TODAY
    event = Event.objects.get()
    assert (event.action, event.data) == (
        "capstone.screen_project",
        {"result": "improvement", "irb": ""},
    )


def test_an_unfinished_screen_is_kept_without_a_date(project, at):
    screen(project, at, {"experimental": False})
    saved = Screen.objects.get()
    assert (saved.experimental, saved.funded, saved.screened_on) == (False, None, None)
    assert saved.result == ScreenResult.OPEN


def test_taking_an_answer_back_takes_the_date_away(project, at):
    screen(project, at, IMPROVEMENT)
    screen(project, at, IMPROVEMENT | {"funded": None})
    assert Screen.objects.get().screened_on is None


def test_the_same_answers_again_write_nothing(project, at):
    screen(project, at, IMPROVEMENT)
    before = everything()
    screen(project, at, IMPROVEMENT)
    assert everything() == before


def test_what_the_irb_decided_is_kept_where_it_is_asked(project, at):
    decided = {"irb_outcome": IrbOutcome.EXEMPT, "irb_decided_on": TODAY}
    saved = screen(project, at, ASK, **decided)
    saved.refresh_from_db()
    assert (saved.result, saved.irb_outcome, saved.irb_decided_on) == ("ask_irb", "exempt", TODAY)


def test_what_the_irb_decided_goes_when_the_answers_no_longer_ask_for_it(project, at):
    screen(project, at, ASK, irb_outcome=IrbOutcome.EXEMPT, irb_decided_on=TODAY)
    screen(project, at, IMPROVEMENT, irb_outcome=IrbOutcome.EXEMPT, irb_decided_on=TODAY)
    saved = Screen.objects.get()
    assert (saved.irb_outcome, saved.irb_decided_on) == ("", None)


@pytest.mark.parametrize(
    ("irb", "words"),
    [
        ({"irb_outcome": "exempt"}, "both what it decided and the day"),
        ({"irb_decided_on": TODAY}, "both what it decided and the day"),
        ({"irb_outcome": "exempt", "irb_decided_on": date(2026, 11, 24)}, "in the future"),
    ],
)
def test_half_an_answer_of_the_irb_is_refused_and_writes_nothing(project, at, irb, words):
    before = everything()
    with pytest.raises(DomainError, match=words):
        screen(project, at, ASK, **irb)
    assert everything() == before


def test_screen_project_refuses_before_a_process_is_chosen(resident, at):
    project = IdeaFactory(resident=resident)
    before = everything()
    with pytest.raises(DomainError, match="Choose the process first"):
        screen(project, at, IMPROVEMENT)
    assert everything() == before


def test_screen_project_refuses_once_the_charter_is_signed(signed, at):
    before = everything()
    with pytest.raises(IllegalMove, match="signed this charter"):
        screen(signed, at, ASK)
    assert everything() == before


def test_a_name_that_is_no_question_is_passed_over(project, at):
    screen(project, at, IMPROVEMENT | {"screened_on": date(2020, 1, 1)})
    assert Screen.objects.get().screened_on == TODAY
    assert set(IMPROVEMENT) == set(NAMES)
