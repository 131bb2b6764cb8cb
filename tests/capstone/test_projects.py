"""Opening a capstone, and choosing its process."""

from datetime import date

import pytest

from capstone.models import Charter, Project, Screen, StageEntry
from capstone.services import choose_process, open_project
from capstone.states import Stage
from qipathway.core.lib.states import DomainError, IllegalMove
from qipathway.core.timeline.models import Event
from tests.factories.capstone import IdeaFactory, ProjectFactory
from tests.factories.residents import ResidentFactory

from .evidence import everything

OPENS = date(2026, 4, 1)


@pytest.mark.requirement(29)
@pytest.mark.parametrize("today", [OPENS, date(2026, 11, 23)])
def test_open_project_starts_with_an_idea_from_month_ten_on(resident, today):
    project = open_project(resident, by=resident.person, today=today, title="Late discharges")
    assert (project.state, project.title, project.opened_on) == ("idea", "Late discharges", today)
    assert (Charter.objects.get().project, Screen.objects.get().project) == (project, project)
    entry = StageEntry.objects.get()
    assert (entry.stage, entry.entered_on, entry.left_on) == (Stage.IDEA, today, None)
    event = Event.objects.get()
    assert (event.action, event.about, event.subject) == (
        "capstone.open_project",
        resident.person,
        project,
    )


@pytest.mark.requirement(29)
def test_open_project_refuses_earlier_naming_the_day_and_writes_nothing(resident):
    before = everything()
    with pytest.raises(DomainError) as refusal:
        open_project(resident, by=resident.person, today=date(2026, 3, 31))
    assert str(refusal.value) == (
        "Your capstone opens on Apr 1, 2026. Until then your classes come first."
    )
    assert everything() == before


@pytest.mark.requirement(29)
def test_the_month_of_opening_is_a_setting_of_the_version(here, resident):
    version = here.cohort.version
    version.capstone_opens_month, version.capstone_late_month = 18, 21
    version.save()
    with pytest.raises(DomainError, match=r"opens on Dec 1, 2026"):
        open_project(resident, by=resident.person, today=date(2026, 11, 30))
    assert open_project(resident, by=resident.person, today=date(2026, 12, 1)).state == "idea"


def test_open_project_refuses_who_has_no_place_on_the_pathway(here):
    visitor = ResidentFactory(program=here.program)
    before = everything()
    with pytest.raises(DomainError, match="place on the pathway"):
        open_project(visitor, by=visitor.person, today=OPENS)
    assert everything() == before


def test_open_project_refuses_a_second_open_one_and_writes_nothing(project, resident):
    before = everything()
    with pytest.raises(DomainError, match="already have an open capstone"):
        open_project(resident, by=resident.person, today=date(2026, 11, 23))
    assert everything() == before


def test_open_project_allows_another_once_the_first_is_closed(resident):
    ProjectFactory(resident=resident, state=Stage.CLOSED)
    open_project(resident, by=resident.person, today=date(2026, 11, 23))
    assert Project.objects.filter(resident=resident).count() == 2


@pytest.mark.requirement(30)
def test_choose_process_names_it_and_opens_the_charter(resident):
    project = IdeaFactory(resident=resident)
    chosen = choose_process(
        project, by=resident.person, today=date(2026, 9, 14), area="7 East", process="Bed request"
    )
    assert (chosen.state, chosen.title) == (Stage.CHARTER, "Bed request, 7 East")
    charter = Charter.objects.get()
    assert (charter.area, charter.process, charter.version) == ("7 East", "Bed request", 2)
    stays = StageEntry.objects.values_list("stage", "left_on")
    assert list(stays) == [("idea", date(2026, 9, 14)), ("charter", None)]
    assert Event.objects.get().action == "capstone.choose_process"


@pytest.mark.parametrize(("area", "process"), [("", "Bed request"), ("7 East", ""), ("", "")])
def test_choose_process_needs_both_names_and_writes_nothing_without(resident, area, process):
    project = IdeaFactory(resident=resident)
    before = everything()
    with pytest.raises(DomainError, match="both the area and the process"):
        choose_process(
            project, by=resident.person, today=date(2026, 9, 14), area=area, process=process
        )
    assert everything() == before


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.IDEA])
def test_choose_process_refuses_every_later_stage_and_writes_nothing(resident, stage):
    project = ProjectFactory(resident=resident, state=stage)
    before = everything()
    with pytest.raises(IllegalMove, match="chosen already: Discharge order to departure, 7 East"):
        choose_process(
            project, by=resident.person, today=date(2026, 11, 23), area="ICU", process="Handoff"
        )
    assert everything() == before
