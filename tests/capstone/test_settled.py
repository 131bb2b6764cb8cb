"""What the director credits or waives of a capstone: its numbers, and never its signatures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from capstone.models import StageEntry
from capstone.reads import (
    for_board,
    requirements_for,
    requirements_of,
    standing_of_project,
)
from capstone.requirements import BASELINE, CAPSTONE, remeasure_key
from capstone.states import STAGES, Phase, Stage
from residents.models import Resident
from residents.reads import members, settled_in
from tests.factories.capstone import MeasureFactory, PointFactory, ProjectFactory
from tests.factories.residents import SettlementFactory

TODAY = date(2026, 11, 23)
EVENT = date(2026, 8, 3)


def asked(resident):
    resident = Resident.objects.get(pk=resident.pk)
    return {each.key: each for each in requirements_of(resident, TODAY)}


def settle(resident, key, **fields):
    return SettlementFactory(resident=resident, requirement=key, **fields)


def at_stage(resident, stage):
    project = ProjectFactory(resident=resident, state=stage)
    StageEntry.objects.filter(stage=Stage.EVENT_HELD).exclude(left_on=None).update(
        entered_on=EVENT, left_on=EVENT
    )
    return project


def need(project, key):
    return next(each for each in standing_of_project(project).gate.needs if each.key == key)


def test_who_has_no_project_is_asked_for_the_capstone_alone(here):
    [only] = asked(here.resident).values()
    assert (only.key, only.left, only.takes_credit, only.is_waivable) == (CAPSTONE, 1, False, False)
    assert only.entered_uid == ""


@pytest.mark.requirement(12)
@pytest.mark.parametrize("stage", STAGES)
def test_a_capstone_is_done_once_it_is_presented_and_entered_on_its_own_page(here, stage):
    project = at_stage(here.resident, stage)
    found = asked(here.resident)
    assert found[CAPSTONE].done == (stage in {Stage.PRESENTED, Stage.CLOSED})
    assert found[CAPSTONE].entered_uid == str(project.uid)
    late = {Stage.PRESENTED, Stage.CLOSED}
    assert found[remeasure_key(90)].done == (stage in late)


def test_a_waived_baseline_meets_its_need_in_words_and_taking_it_back_asks_again(here):
    project = at_stage(here.resident, Stage.CURRENT_STATE)
    assert not need(project, "baseline").is_met
    signed = settle(here.resident, BASELINE)
    found = need(project, "baseline")
    assert (found.is_met, found.text) == (
        True,
        "The baseline is credited or waived by the program director",
    )
    assert asked(here.resident)[BASELINE].left == 0
    signed.delete()
    settle(here.other, BASELINE)
    assert not need(project, "baseline").is_met


@pytest.mark.requirement(37)
def test_a_waived_remeasure_is_waited_for_no_more_by_page_or_board(here):
    project = at_stage(here.resident, Stage.REMEASURED)
    measure = MeasureFactory(project=project)
    PointFactory(
        measure=measure, day=EVENT + timedelta(days=31), phase=Phase.AFTER, value=Decimal(6)
    )
    assert for_board(here.program, TODAY)[here.resident.pk].remeasure.days == 60
    settle(here.resident, remeasure_key(60))
    assert for_board(here.program, TODAY)[here.resident.pk].remeasure.days == 90
    assert need(project, "remeasures").text == "Measure again 90 days after the event"
    settle(here.resident, remeasure_key(90), credited=True)
    assert for_board(here.program, TODAY)[here.resident.pk].remeasure is None
    found = need(project, "remeasures")
    assert (found.is_met, found.text) == (
        True,
        "Measured again after the event; 60 and 90 days after it credited or waived by the "
        "program director",
    )
    left = {key: each.left for key, each in asked(here.resident).items() if "remeasure" in key}
    assert left == {remeasure_key(30): 0, remeasure_key(60): 0, remeasure_key(90): 0}


@pytest.mark.parametrize("stage", STAGES)
def test_no_signature_is_ever_among_what_can_be_settled(here, stage):
    project = at_stage(here.resident, stage)
    gate = standing_of_project(project).gate
    keys = {each.key for each in gate.needs} if gate else set()
    assert not keys & {"signature", "approval", "closing"} & set(asked(here.resident))
    assert all(key.startswith(CAPSTONE) for key in asked(here.resident))


@pytest.mark.parametrize("more", [0, 2])
def test_several_are_asked_the_same_as_each_alone_with_one_query(
    here, more, django_assert_num_queries
):
    at_stage(here.resident, Stage.CURRENT_STATE)
    settle(here.resident, BASELINE)
    for number in range(more):
        at_stage(here.member(f"more{number}"), Stage.REMEASURED)
    people, settled = members(here.program), settled_in(here.program)
    with django_assert_num_queries(1):
        found = requirements_for(people, here.program, settled, TODAY)
    assert found == {each.resident_id: list(asked(each.resident).values()) for each in people}


def test_another_program_s_projects_are_not_read(here, world):
    at_stage(world.there.resident, Stage.CLOSED)
    people, settled = members(here.program), settled_in(here.program)
    found = requirements_for(people, here.program, settled, TODAY)
    assert {row.done for rows in found.values() for row in rows} == {0}
    assert world.there.resident.pk not in found
