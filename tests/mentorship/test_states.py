import pytest

from mentorship.models import CheckIn, Commitment
from mentorship.states import (
    CHECK_IN_MOVES,
    COMMITMENT_MOVES,
    MEANING_OF_MOOD,
    READERS_OF_LEVEL,
    CheckInState,
    CommitmentState,
    Mood,
    NoteLevel,
)
from qipathway.core.lib.states import IllegalMove, move

SCHEDULED, HELD, CANCELLED = CheckInState
OPEN, DONE = CommitmentState

CHECK_IN = {
    ("move", SCHEDULED): SCHEDULED,
    ("save", SCHEDULED): SCHEDULED,
    ("hold", SCHEDULED): HELD,
    ("cancel", SCHEDULED): CANCELLED,
}
COMMITMENT = {
    ("complete", OPEN): DONE,
    ("carry_over", OPEN): OPEN,
    ("reopen", DONE): OPEN,
}


@pytest.mark.parametrize("state", CheckInState)
@pytest.mark.parametrize("name", CHECK_IN_MOVES)
def test_a_check_in_moves_along_these_arrows_and_no_other(name, state):
    walk(CheckIn(state=state), name, CHECK_IN_MOVES, CHECK_IN.get((name, state)))


@pytest.mark.parametrize("state", CommitmentState)
@pytest.mark.parametrize("name", COMMITMENT_MOVES)
def test_a_commitment_moves_along_these_arrows_and_no_other(name, state):
    walk(Commitment(state=state), name, COMMITMENT_MOVES, COMMITMENT.get((name, state)))


def walk(obj, name, table, target):
    left = obj.state
    if target is None:
        with pytest.raises(IllegalMove):
            move(obj, name, table)
        assert obj.state == left
    else:
        assert move(obj, name, table) == left
        assert obj.state == target


def test_every_mood_and_every_level_says_what_it_means():
    assert list(MEANING_OF_MOOD) == list(Mood)
    assert list(READERS_OF_LEVEL) == list(NoteLevel)
