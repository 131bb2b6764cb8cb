import pytest

from capstone.models import Project
from capstone.states import PROJECT_MOVES, STAGES, Stage, number
from qipathway.core.lib.states import IllegalMove, move


def test_the_nine_stages_are_called_by_their_numbers():
    assert [(number(stage), stage.value) for stage in STAGES] == [
        (0, "idea"),
        (1, "charter"),
        (2, "current_state"),
        (3, "event_ready"),
        (4, "event_held"),
        (5, "implementing"),
        (6, "remeasured"),
        (7, "presented"),
        (8, "closed"),
    ]


def test_the_table_holds_the_moves_that_a_service_makes_and_no_others():
    arrows = {name: (set(arrow.sources), arrow.target) for name, arrow in PROJECT_MOVES.items()}
    assert arrows == {
        "choose_process": ({Stage.IDEA}, Stage.CHARTER),
        "sign_charter": ({Stage.CHARTER}, Stage.CURRENT_STATE),
    }


@pytest.mark.parametrize("name", PROJECT_MOVES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_move_leaves_its_own_stage_only(name, stage):
    project = Project(state=stage)
    if stage in PROJECT_MOVES[name].sources:
        assert move(project, name, PROJECT_MOVES) == stage
        assert project.state == PROJECT_MOVES[name].target
    else:
        with pytest.raises(IllegalMove):
            move(project, name, PROJECT_MOVES)
        assert project.state == stage


def test_every_move_goes_one_stage_on_so_that_none_skips_a_gate():
    steps = {
        number(arrow.target) - number(source)
        for arrow in PROJECT_MOVES.values()
        for source in arrow.sources
    }
    assert steps == {1}
