"""By when a stage is expected, and when a project measures again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from capstone.models import StageEntry
from capstone.reads import for_board, opening_for
from capstone.remeasures import following, remeasures
from capstone.states import STAGES, Phase, Stage
from tests.factories.capstone import MeasureFactory, PointFactory, ProjectFactory

EVENT = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("today", "stage", "wanted"),
    [
        (date(2027, 1, 30), Stage.CHARTER, None),
        (date(2027, 1, 31), Stage.CHARTER, Stage.CURRENT_STATE),
        (date(2027, 1, 31), Stage.CURRENT_STATE, None),
        (date(2027, 5, 1), Stage.EVENT_READY, Stage.EVENT_HELD),
        (date(2027, 5, 1), Stage.EVENT_HELD, None),
        (date(2027, 10, 31), Stage.IMPLEMENTING, Stage.REMEASURED),
        (date(2028, 5, 1), Stage.REMEASURED, Stage.PRESENTED),
        (date(2028, 4, 30), Stage.PRESENTED, None),
        (date(2028, 4, 30), Stage.CLOSED, None),
        (date(2028, 4, 30), Stage.IDEA, None),
    ],
)
def test_a_project_is_behind_30_days_after_the_month_of_its_next_stage(here, today, stage, wanted):
    found = opening_for(here.resident, today).behind(stage)
    assert (found.stage if found else None) == wanted


def test_the_months_and_the_patience_are_settings_of_the_version(here):
    version = here.cohort.version
    version.current_state_month, version.behind_days = 18, 10
    version.save()
    days = (date(2026, 12, 10), date(2026, 12, 11))
    found = [opening_for(here.resident, day).behind(Stage.CHARTER) for day in days]
    assert [bool(each) for each in found] == [False, True]


@pytest.mark.parametrize(
    ("last", "done", "next_on"),
    [
        (None, [False] * 3, date(2026, 7, 31)),
        (date(2026, 7, 30), [False] * 3, date(2026, 7, 31)),
        (date(2026, 7, 31), [True, False, False], date(2026, 8, 30)),
        (date(2026, 10, 1), [True] * 3, None),
    ],
)
def test_a_remeasure_is_done_by_a_value_on_its_day_or_later(last, done, next_on):
    found = remeasures(EVENT, [90, 30, 60], last)
    assert [each.is_done for each in found] == done
    due = following(found)
    assert (due.due_on if due else None) == next_on


def test_without_an_event_nothing_is_measured_again():
    assert remeasures(None, [30, 60, 90], EVENT) == ()


@pytest.mark.parametrize("stage", STAGES)
def test_the_board_tells_what_a_project_waits_for_after_its_event(here, stage):
    project = ProjectFactory(resident=here.resident, state=stage)
    StageEntry.objects.filter(stage=Stage.EVENT_HELD).exclude(left_on=None).update(
        entered_on=EVENT, left_on=EVENT
    )
    measure = MeasureFactory(project=project)
    PointFactory(measure=measure, day=EVENT - timedelta(days=7))
    day = EVENT + timedelta(days=45)
    PointFactory(measure=measure, day=day, phase=Phase.AFTER, value=Decimal(6))
    found = for_board(here.program, date(2026, 11, 23))[here.resident.pk].remeasure
    waits = stage in {Stage.IMPLEMENTING, Stage.REMEASURED}
    assert (found.days if found else None) == (60 if waits else None)
