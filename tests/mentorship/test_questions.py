import pytest

from mentorship.questions import Situation, suggested_question

PRESSING = {
    "has_written": True,
    "is_first": True,
    "mood": "stalled",
    "overdue": "Shadow one discharge",
    "overdue_days": 5,
    "homework_overdue": 1,
    "capstone_wants": "name a process owner",
    "silent_days": 40,
    "homework_open": 2,
}
ORDER = [
    ("has_written", "Start with what Amaya wrote"),
    ("is_first", "Which part of your working day"),
    ("mood", "What is the smallest step"),
    ("overdue", "“Shadow one discharge” is 5 days past its day"),
    ("homework_overdue", "could the late homework be done on"),
    ("capstone_wants", "What would it take to get this done: name a process owner?"),
    ("silent_days", "Nothing has been logged for 40 days"),
    ("homework_open", "What did you see in your own clinical area"),
]


@pytest.mark.parametrize("position", range(len(ORDER)))
def test_the_most_pressing_thing_that_is_known_is_asked_about(position):
    gone = {name for name, _ in ORDER[:position]}
    known = {name: value for name, value in PRESSING.items() if name not in gone}
    assert ORDER[position][1] in suggested_question(Situation("Amaya", **known))


def test_with_nothing_pressing_it_asks_for_the_next_test():
    assert suggested_question(Situation("Amaya", mood="moving")).startswith(
        "What did you expect to see"
    )


def test_a_question_says_one_day_as_people_do():
    known = Situation("Amaya", overdue="Post the tally", overdue_days=1)
    assert "is 1 day past" in suggested_question(known)


def test_every_question_is_one():
    for name, _ in ORDER:
        only = {name: PRESSING[name], "overdue_days": 5}
        assert suggested_question(Situation("Amaya", **only)).endswith("?")
