"""The gates, for every combination of what they look at."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from capstone.gates import Ball, Facts, gate_for, listed
from capstone.remeasures import Remeasure
from capstone.states import STAGES, ScreenResult, Stage, number

KEYS = ("process", "scope", "owner", "reason", "screen", "sponsor", "signature")
COMPLETE = Facts(
    has_process=True,
    has_scope=True,
    owner="Anneke de Wit",
    has_reason=True,
    sponsor="Ingrid Solheim",
    screen=ScreenResult.IMPROVEMENT,
    answered=6,
    signer="Ingrid Solheim",
)
WITHOUT = {
    "process": {"has_process": False},
    "scope": {"has_scope": False},
    "owner": {"owner": ""},
    "reason": {"has_reason": False},
    "screen": {"screen": ScreenResult.OPEN, "answered": 0},
    "sponsor": {"sponsor": ""},
    "signature": {"signer": ""},
}


def charter(*lacking, **changes):
    missing = {name: value for key in lacking for name, value in WITHOUT[key].items()}
    return gate_for(Stage.CHARTER, replace(COMPLETE, **missing, **changes))


@pytest.mark.parametrize("present", list(product((True, False), repeat=len(KEYS))))
def test_the_charter_lacks_exactly_what_is_not_there(present):
    lacking = tuple(key for key, there in zip(KEYS, present, strict=True) if not there)
    gate = charter(*lacking)
    assert tuple(need.key for need in gate.needs) == KEYS
    assert tuple(need.key for need in gate.missing) == lacking
    assert gate.is_open == (not lacking)
    assert gate.next == (gate.missing[0] if lacking else None)


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ((), "The charter has everything it needs."),
        (("owner",), "The charter needs one more thing: a process owner."),
        (
            ("reason", "signature"),
            "The charter needs two more things: why it matters and Ingrid Solheim's signature.",
        ),
        (
            ("sponsor", "signature"),
            "The charter needs two more things: a sponsor and the sponsor's signature.",
        ),
        (
            ("scope", "screen", "signature"),
            "The charter needs three more things: its first and last step, the self-screen and "
            "Ingrid Solheim's signature.",
        ),
        (
            ("owner", "reason", "screen", "signature"),
            "The charter needs four more things. The next is a process owner.",
        ),
        (KEYS, "The charter needs seven more things. The next is the area and the process."),
    ],
)
def test_the_sentence_counts_and_names_what_is_missing(lacking, sentence):
    assert charter(*lacking).sentence == sentence


def test_only_the_signature_is_in_the_sponsor_s_hands():
    balls = {need.key: need.ball for need in charter(*KEYS).needs}
    assert balls == dict.fromkeys(KEYS[:-1], Ball.YOU) | {"signature": Ball.SPONSOR}


def test_what_is_met_says_what_meets_it():
    assert [need.text for need in charter().needs] == [
        "The area and the process are named",
        "Its first and last step are named",
        "Anneke de Wit owns the process",
        "Why it matters is written",
        "Self-screen: this is quality improvement",
        "Ingrid Solheim is the sponsor",
        "Ingrid Solheim signed",
    ]


def test_what_is_missing_says_what_to_do():
    assert [need.text for need in charter(*KEYS).needs] == [
        "Name the area and the process",
        "Say where it starts and where it ends",
        "Choose the one person who owns the process",
        "Say why it matters",
        "Answer the six questions of the self-screen",
        "Find a sponsor; the program office enters who has agreed",
        "The sponsor signs the charter",
    ]


@pytest.mark.parametrize(
    ("screen", "answered", "decided", "met", "text"),
    [
        ("open", 0, False, False, "Answer the six questions of the self-screen"),
        ("open", 4, False, False, "Finish the self-screen: two to answer"),
        ("ask_irb", 6, False, False, "Ask the IRB, and enter what it decides"),
        ("ask_irb", 6, True, True, "The IRB has decided"),
        ("improvement", 6, False, True, "Self-screen: this is quality improvement"),
    ],
)
def test_the_screen_is_met_by_improvement_or_by_what_the_irb_decided(
    screen, answered, decided, met, text
):
    gate = charter(screen=ScreenResult(screen), answered=answered, irb_decided=decided)
    [need] = [need for need in gate.needs if need.key == "screen"]
    assert (need.is_met, need.text) == (met, text)


def test_the_idea_needs_a_process():
    gate = gate_for(Stage.IDEA, Facts())
    assert gate.sentence == "The idea needs one more thing: a process."
    assert gate_for(Stage.IDEA, Facts(has_process=True)).is_open


def test_every_stage_but_the_last_has_a_gate():
    assert [stage for stage in STAGES if not gate_for(stage, COMPLETE)] == [Stage.CLOSED]


LATER = [stage for stage in STAGES if number(stage) > number(Stage.CHARTER)][:-1]
FULL = replace(COMPLETE, baseline=12, remeasures=(Remeasure(30, date(2026, 9, 1), is_done=True),))


@pytest.mark.parametrize("stage", LATER)
def test_what_is_kept_on_paper_never_opens_a_later_gate_and_its_work_is_what_comes_next(stage):
    gate = gate_for(stage, FULL)
    on_paper = [need for need in gate.needs if not need.is_kept]
    assert gate.is_open == (not on_paper)
    assert all(not need.is_met for need in on_paper)
    if on_paper:
        assert (gate.sentence, gate.next.text) == (f"{gate.work}.", gate.work)


@pytest.mark.parametrize(
    ("baseline", "needed", "thing"),
    [
        (0, 10, "ten more baseline points, or a reason"),
        (9, 10, "one more baseline point, or a reason"),
        (4, 24, "20 more baseline points, or a reason"),
    ],
)
def test_the_current_state_says_how_many_baseline_points_are_left(baseline, needed, thing):
    gate = gate_for(
        Stage.CURRENT_STATE, replace(COMPLETE, baseline=baseline, baseline_needed=needed)
    )
    assert gate.next.key == "baseline"
    assert gate.sentence.endswith(f"Still needed here: {thing}.")


def test_the_remeasured_stage_needs_a_value_after_each_agreed_day():
    due = (
        Remeasure(30, date(2026, 9, 1), is_done=True),
        Remeasure(60, date(2026, 10, 1), is_done=False),
        Remeasure(90, date(2026, 10, 31), is_done=False),
    )
    [need] = gate_for(Stage.REMEASURED, replace(COMPLETE, remeasures=due)).needs
    assert need.text == "Measure again 60 and 90 days after the event"
    assert not need.is_met


def test_a_gate_without_one_need_tells_whether_the_rest_is_there():
    assert charter("signature").without("signature").is_open
    assert not charter("owner", "signature").without("signature").is_open


@pytest.mark.parametrize(
    ("things", "words"), [("a", "a"), ("ab", "a and b"), ("abc", "a, b and c")]
)
def test_things_are_listed_as_people_do(things, words):
    assert listed(things) == words
