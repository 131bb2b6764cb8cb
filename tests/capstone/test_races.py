"""Two press together: one has done it, the other is told, and it is written once."""

from datetime import date

import pytest

from capstone.models import Charter, Project, StageEntry
from capstone.services import (
    Conflict,
    choose_process,
    enter_at_stage,
    open_project,
    screen_project,
    sign_charter,
    withdraw_entry,
    write_charter,
)
from capstone.states import Stage
from qipathway.core.lib.states import DomainError, IllegalMove
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from residents.states import Role
from tests.factories.capstone import IMPROVEMENT, IdeaFactory
from tests.together import together

from .evidence import written_fields

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(results):
    return [result for result in results if isinstance(result, DomainError)]


def test_of_two_tabs_that_write_one_charter_one_gets_both_versions(project, resident, at):
    def writer(aim):
        return lambda: write_charter(
            project, by=resident.person, at=at, fields={"aim": aim}, version=1
        )

    [refused] = refusals(together(writer("Left tab"), writer("Right tab")))
    saved = Charter.objects.get()
    assert isinstance(refused, Conflict)
    assert saved.aim == refused.theirs.aim
    assert saved.aim in {"Left tab", "Right tab"}
    assert saved.version == 2
    assert Event.objects.filter(action="capstone.write_charter").count() == 1


def test_a_button_pressed_twice_at_once_saves_once_and_is_no_conflict(project, resident, at):
    def press():
        return write_charter(
            project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1
        )

    assert refusals(together(press, press, press)) == []
    assert Charter.objects.get().version == 2
    assert Event.objects.count() == 1


def test_of_two_sponsors_who_sign_at_once_the_second_is_told_who_signed(ready, here, at):
    second = here.person("second", Role.SPONSOR)

    def signer(by):
        return lambda: sign_charter(ready, by=by, at=at, version=2)

    [refused] = refusals(together(signer(here.sponsor), signer(second)))
    charter = Charter.objects.get()
    assert isinstance(refused, IllegalMove)
    assert str(refused).startswith(f"{charter.signed_by.name} signed this charter on Nov 23")
    assert StageEntry.objects.filter(stage=Stage.CURRENT_STATE).count() == 1
    assert Event.objects.filter(action="capstone.sign_charter").count() == 1


def test_a_charter_never_changes_under_the_hand_that_signs_it(ready, here, resident, at):
    results = together(
        lambda: sign_charter(ready, by=here.sponsor, at=at, version=2),
        lambda: write_charter(
            ready, by=resident.person, at=at, fields={"aim": "Twice as fast"}, version=2
        ),
    )
    assert len(refusals(results)) == 1
    charter = Charter.objects.get()
    assert (charter.is_signed, charter.aim) in {(True, ""), (False, "Twice as fast")}


def test_a_screen_that_closes_the_gate_and_a_signature_never_both_stand(ready, here, at):
    results = together(
        lambda: sign_charter(ready, by=here.sponsor, at=at, version=2),
        lambda: screen_project(
            ready, by=here.resident.person, at=at, answers=IMPROVEMENT | {"funded": True}
        ),
    )
    assert len(refusals(results)) == 1
    ready.refresh_from_db()
    assert ready.screen.asks_irb == (ready.state == Stage.CHARTER)


def test_of_two_who_open_a_capstone_at_once_one_is_open(resident):
    def opener():
        return open_project(resident, by=resident.person, today=TODAY)

    [refused] = refusals(together(opener, opener))
    assert str(refused) == "You already have an open capstone, so no second one was opened."
    assert (Project.objects.count(), Charter.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_of_two_processes_chosen_at_once_one_is_chosen(resident):
    project = IdeaFactory(resident=resident)

    def chooser(process):
        return lambda: choose_process(
            project, by=resident.person, today=TODAY, area="7 East", process=process
        )

    [refused] = refusals(together(chooser("Handoff"), chooser("Bed request")))
    project.refresh_from_db()
    assert str(refused).startswith(f"The process is chosen already: {project.title}.")
    assert StageEntry.objects.count() == 2


def test_whichever_of_charter_and_screen_comes_last_asks_the_sponsor_once(
    project, resident, owner, at
):
    together(
        lambda: write_charter(
            project, by=resident.person, at=at, fields=written_fields(owner), version=1
        ),
        lambda: screen_project(project, by=resident.person, at=at, answers=IMPROVEMENT),
    )
    assert Notice.objects.count() == 1
    assert Charter.objects.get().revision == 1


def test_of_two_entries_from_before_this_system_one_is_made(resident, here, at):
    project = IdeaFactory(resident=resident)

    def enter():
        return enter_at_stage(
            project,
            Stage.CHARTER,
            by=here.director,
            at=at,
            days={Stage.CHARTER: TODAY},
            evidence="Charter on paper",
            process=("7 East", "Bed request"),
        )

    [refused] = refusals(together(enter, enter))
    assert str(refused) == "This project entered from before this system already."
    assert StageEntry.objects.count() == 2
    together(*[lambda: withdraw_entry(project, by=here.director, at=at)] * 2)
    assert StageEntry.objects.count() == 1
