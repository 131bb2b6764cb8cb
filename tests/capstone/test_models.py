"""What the database itself refuses."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from capstone.models import Charter, Project, Screen, StageEntry
from capstone.states import Stage
from tests.factories.capstone import ProjectFactory, ReadyProjectFactory

SIGNED_AT = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


def refused_by(name):
    return pytest.raises(IntegrityError, match=f'"{name}"')


def test_a_resident_has_one_open_project(project, resident):
    with refused_by("one_open_project_per_resident"):
        Project.objects.create(
            program=project.program, resident=resident, opened_on=date(2026, 11, 23)
        )


def test_a_signature_has_a_person_and_a_time(ready, here):
    with refused_by("a_signature_has_a_person_and_a_time"):
        Charter.objects.update(signed_by=here.sponsor)


@pytest.mark.parametrize(
    "hole",
    [
        {"area": ""},
        {"process": ""},
        {"first_step": ""},
        {"last_step": ""},
        {"why_it_matters": ""},
        {"process_owner": None},
    ],
)
def test_a_signed_charter_is_complete(ready, here, hole):
    with refused_by("a_signed_charter_is_complete"):
        Charter.objects.update(signed_by=here.sponsor, signed_at=SIGNED_AT, **hole)


def test_a_dated_screen_is_fully_answered(project):
    with refused_by("a_dated_screen_is_fully_answered"):
        Screen.objects.update(screened_on=date(2026, 11, 23))


@pytest.mark.parametrize("half", [{"irb_outcome": "exempt"}, {"irb_decided_on": date(2026, 11, 3)}])
def test_an_irb_outcome_has_a_date(project, half):
    with refused_by("an_irb_outcome_has_a_date"):
        Screen.objects.update(**half)


def test_a_stage_is_entered_once_per_project(project):
    with refused_by("a_stage_is_entered_once_per_project"):
        StageEntry.objects.create(
            project=project,
            program=project.program,
            stage=Stage.IDEA,
            entered_on=date(2026, 11, 1),
            left_on=date(2026, 11, 2),
        )


def test_a_project_is_in_one_stage(project):
    with refused_by("a_project_is_in_one_stage"):
        StageEntry.objects.update(left_on=None)


def test_a_stage_is_left_after_it_is_entered(project):
    with refused_by("a_stage_is_left_after_it_is_entered"):
        StageEntry.objects.filter(stage=Stage.IDEA).update(left_on=date(2026, 4, 19))


def test_things_are_called_by_what_they_are(here):
    ready = ReadyProjectFactory(resident=here.resident)
    nameless = ProjectFactory(resident=here.other, title="")
    assert str(ready) == "Discharge order to departure, 7 East"
    assert str(ready.charter) == "Charter of Discharge order to departure, 7 East"
    assert str(ready.screen) == "Self-screen of Discharge order to departure, 7 East"
    assert str(ready.entries.first()) == "Idea from 2026-04-20"
    assert str(nameless) == "Capstone without a process yet"
