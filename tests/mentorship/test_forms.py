from datetime import date, time
from uuid import uuid4

import pytest

from mentorship.forms import CheckInForm, SlotForm, UpdateForm
from mentorship.models import NOTE
from mentorship.services import Promise, Slot
from tests.factories.mentorship import (
    CheckInFactory,
    CoachNoteFactory,
    CommitmentFactory,
    UpdateFactory,
)

TODAY = date(2026, 12, 3)
NEXT = date(2026, 12, 17)


@pytest.fixture
def check_in(here):
    return CheckInFactory(resident=here.resident, coach=here.coach)


def form(check_in, data=None, **known):
    known = {"today": TODAY, "suggested": NEXT, **known}
    return CheckInForm(data, check_in=check_in, **known)


def typed(**change):
    return {"version": 0, "page": uuid4(), "mood": "moving", "level": "mine", **change}


def test_a_fresh_form_suggests_the_next_day_at_the_same_time_in_the_same_way(check_in):
    blank = form(check_in)
    assert blank["next_day"].value() == NEXT
    assert (blank["next_clock"].value(), blank["medium"].value()) == (time(10), "by video")
    assert [due.value() for _, due in blank.promise_rows] == [NEXT, NEXT, NEXT]
    assert blank["level"].value() == "mine"


def test_every_page_gets_a_token_of_its_own(check_in):
    assert form(check_in)["page"].value() != form(check_in)["page"].value()


def test_a_draft_is_put_back_as_it_was_typed(check_in):
    check_in.mood, check_in.learned, check_in.version = "stalled", "Half a sent", 3
    check_in.draft = {"promise_1": "Ask nursing", "due_1": "2026-12-1", "carry": ["x"]}
    note = CoachNoteFactory(check_in=check_in, level="us_two", drafted=True)
    back = form(check_in, note=note)
    assert back["version"].value() == 3
    assert (back["mood"].value(), back["learned"].value()) == ("stalled", "Half a sent")
    assert (back["promise_1"].value(), back["due_1"].value()) == ("Ask nursing", "2026-12-1")
    assert (back["note"].value(), back["level"].value()) == (note.body, "us_two")


def test_what_was_recorded_comes_out_as_the_service_takes_it(check_in):
    kept, late = CommitmentFactory(made_in=check_in), CommitmentFactory(made_in=check_in)
    wrote = UpdateFactory(resident=check_in.resident)
    data = typed(
        learned="Forty minutes.",
        note="Mind the scope.",
        level="shared",
        answers=[str(wrote.uid)],
        done=[str(kept.uid)],
        carry=[str(late.uid), str(kept.uid)],
        promise_0="Ask for a lead",
        due_0="2026-12-10",
        due_1="2026-12-10",
        next_day="2026-12-17",
        next_clock="09:30",
        medium="in room 4",
        ask_director="1",
    )
    bound = form(check_in, data, promised=[kept, late], updates=[wrote])
    assert bound.is_valid(), bound.errors
    recorded = bound.recorded()
    words, outcome = recorded["words"], recorded["outcome"]
    assert (recorded["reading"].version, recorded["reading"].page) == (0, data["page"])
    assert (words.mood, words.learned) == ("moving", "Forty minutes.")
    assert (words.note, words.level) == ("Mind the scope.", "shared")
    assert outcome.answered == {wrote.uid}
    assert outcome.done == {kept.uid}
    assert outcome.carried == {late.uid: NEXT}
    assert outcome.promised == (Promise("Ask for a lead", date(2026, 12, 10)),)
    assert outcome.next_slot == Slot(NEXT, time(9, 30), "in room 4")
    assert outcome.ask_director


def test_without_a_next_day_nothing_is_planned_and_promises_are_carried_two_weeks(check_in):
    late = CommitmentFactory(made_in=check_in)
    bound = form(check_in, typed(carry=[str(late.uid)]), promised=[late])
    assert bound.is_valid(), bound.errors
    assert bound.outcome().next_slot is None
    assert bound.outcome().carried == {late.uid: date(2026, 12, 17)}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"mood": ""}, "mood", "Choose how the project is going."),
        ({"promise_0": "Ask"}, "due_0", "Give a day by which it will be done."),
        (
            {"promise_2": "Ask", "due_2": "2026-12-02"},
            "due_2",
            "That day has passed. Choose a later one.",
        ),
        ({"next_day": "2026-12-03"}, "next_day", "The next check-in must come after today."),
        ({"next_day": "2026-02-30"}, "next_day", "Enter a valid date."),
        ({"done": ["not-a-promise"]}, "done", None),
        ({"answers": [str(uuid4())]}, "answers", None),
    ],
)
def test_a_slip_is_named_in_words_beside_its_field(check_in, change, field, words):
    bound = form(check_in, typed(**change))
    assert not bound.is_valid()
    assert list(bound.errors) == [field]
    assert words is None or bound.errors[field] == [words]


def test_what_could_point_to_a_patient_is_asked_about_and_can_be_confirmed(check_in):
    data = typed(learned="Patient MRN 00123456 waited.")
    asked = form(check_in, data)
    assert list(asked.errors) == ["learned"]
    assert asked.is_suspect
    confirmed = form(check_in, {**data, "no_patient": "on"})
    assert confirmed.is_valid()
    assert not confirmed.is_suspect


def test_a_draft_keeps_what_is_not_valid_yet(check_in):
    data = typed(mood="", learned="Half", promise_0="Ask", due_0="", level="", next_day="soon")
    bound = form(check_in, data)
    assert not bound.is_valid()
    drafted = bound.drafted()
    assert (drafted["words"].mood, drafted["words"].learned) == ("", "Half")
    assert drafted["words"].level == "mine"
    assert (drafted["rest"]["promise_0"], drafted["rest"]["next_day"]) == ("Ask", "soon")


def test_a_draft_is_cut_to_what_fits(check_in):
    bound = form(check_in, typed(note="x" * (NOTE + 5), promise_0="y" * 400))
    bound.full_clean()
    drafted = bound.drafted()
    assert len(drafted["words"].note) == NOTE
    assert len(drafted["rest"]["promise_0"]) == 300


@pytest.mark.parametrize("missing", ["version", "page"])
def test_a_draft_from_a_page_that_does_not_say_what_it_had_read_is_known(check_in, missing):
    bound = form(check_in, typed(**{missing: ""}))
    bound.full_clean()
    assert not bound.says_what_was_read


def test_who_can_read_stands_by_what_was_learned(check_in):
    name = check_in.resident.person.given_name
    reader = form(check_in).fields["learned"].reader
    assert reader == f"{name}, later coaches and the program director can read this."


def test_a_slot_is_a_day_a_time_and_a_way():
    bound = SlotForm({"day": "2026-12-17", "clock": "09:30", "medium": "by video"})
    assert bound.is_valid()
    assert bound.slot() == Slot(NEXT, time(9, 30), "by video")


def test_an_update_says_something():
    assert not UpdateForm({"text": "  "}).is_valid()
