"""Every arrow of the product can say in words that it came too late."""

import pytest

from capstone.states import PROJECT_MOVES
from curriculum.states import BOOKING_MOVES, HOMEWORK_MOVES, SESSION_MOVES
from mentorship.states import CHECK_IN_MOVES, COMMITMENT_MOVES
from qipathway.core.files.states import SCAN_MOVES
from qipathway.core.lib.states import IllegalMove, arrow, move
from qipathway.core.notices.states import MAIL_MOVES

TABLES = (
    PROJECT_MOVES,
    BOOKING_MOVES,
    HOMEWORK_MOVES,
    SESSION_MOVES,
    CHECK_IN_MOVES,
    COMMITMENT_MOVES,
    SCAN_MOVES,
    MAIL_MOVES,
)


class Door:
    """Something with a state and no table."""

    state = "shut"

    def get_state_display(self):
        return "Shut"


def test_a_refused_move_speaks_in_the_words_of_its_own_table_and_moves_nothing():
    door = Door()
    with pytest.raises(IllegalMove, match="this is shut by now, so it cannot be pulled to"):
        move(door, "pull", {"pull": arrow({"open"}, "shut", "pulled to")})
    assert door.state == "shut"


@pytest.mark.parametrize("table", TABLES)
def test_no_table_shows_a_person_the_name_of_an_arrow(table):
    assert [name for name, each in table.items() if not each.past or "_" in each.past] == []
