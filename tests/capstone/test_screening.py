from itertools import product

from capstone.models import Screen
from capstone.screening import NAMES, QUESTIONS, result
from capstone.states import ScreenResult

ALL = [dict(zip(NAMES, answers, strict=True)) for answers in product((None, False, True), repeat=6)]


def test_only_no_no_no_no_yes_yes_is_quality_improvement():
    found = [tuple(answers.values()) for answers in ALL if result(answers) == "improvement"]
    assert found == [(False, False, False, False, True, True)]


def test_a_question_left_open_makes_no_record_whatever_the_others_say():
    undecided = [answers for answers in ALL if result(answers) == ScreenResult.OPEN]
    assert undecided == [answers for answers in ALL if None in answers.values()]


def test_every_other_finished_screen_asks_the_irb():
    asks = [answers for answers in ALL if result(answers) == ScreenResult.ASK_IRB]
    assert len(ALL) == 3**6
    assert len(asks) == 2**6 - 1


def test_an_answer_that_is_absent_counts_as_open():
    assert result({}) == ScreenResult.OPEN


def test_each_question_is_a_column_of_the_screen():
    assert [getattr(Screen, question.name).field.null for question in QUESTIONS] == [True] * 6


def test_an_intent_to_publish_is_said_not_to_decide():
    [design] = [question for question in QUESTIONS if question.name == "generalizes"]
    assert "does not decide" in design.meaning
