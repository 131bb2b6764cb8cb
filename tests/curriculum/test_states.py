"""The state tables, arrow by arrow, for every state and every move."""

import pytest

from curriculum.models import Booking, Homework, Session
from curriculum.states import (
    BOOKING_MOVES,
    HOMEWORK_MOVES,
    KEPT,
    SESSION_MOVES,
    BookingState,
    HomeworkState,
    SessionState,
)
from qipathway.core.lib.states import IllegalMove, can_move, move

BOOKED, ATTENDED, MISSED, WITHDRAWN = BookingState
DRAFT, SUBMITTED, RETURNED, ACCEPTED = HomeworkState
SCHEDULED, CANCELLED = SessionState

TABLES = [
    (
        Booking,
        BookingState,
        BOOKING_MOVES,
        {
            ("attend", BOOKED): ATTENDED,
            ("attend", MISSED): ATTENDED,
            ("miss", BOOKED): MISSED,
            ("miss", ATTENDED): MISSED,
            ("withdraw", BOOKED): WITHDRAWN,
        },
    ),
    (
        Homework,
        HomeworkState,
        HOMEWORK_MOVES,
        {
            ("submit", DRAFT): SUBMITTED,
            ("submit", RETURNED): SUBMITTED,
            ("return", SUBMITTED): RETURNED,
            ("accept", SUBMITTED): ACCEPTED,
        },
    ),
    (
        Session,
        SessionState,
        SESSION_MOVES,
        {("move", SCHEDULED): SCHEDULED, ("cancel", SCHEDULED): CANCELLED},
    ),
]
EVERY = [
    pytest.param(model, state, name, moves, arrows.get((name, state)), id=f"{state}-{name}")
    for model, states, moves, arrows in TABLES
    for state in states
    for name in moves
]


@pytest.mark.parametrize(("model", "state", "name", "moves", "target"), EVERY)
def test_things_move_along_these_arrows_and_no_other(model, state, name, moves, target):
    thing = model(state=state)
    assert can_move(thing, name, moves) is (target is not None)
    if target is None:
        with pytest.raises(IllegalMove) as told:
            move(thing, name, moves)
        assert str(told.value).startswith(
            f"Nothing was changed: this is {thing.get_state_display().lower()} by now, "
        )
        assert thing.state == state
    else:
        assert move(thing, name, moves) == state
        assert thing.state == target


def test_a_seat_is_kept_while_it_is_booked_or_was_sat_in():
    assert KEPT == [BOOKED, ATTENDED]
