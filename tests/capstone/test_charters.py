"""The charter is written, kept as a draft, and signed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from capstone.models import Charter, StageEntry
from capstone.services import (
    CHARTER_FIELDS,
    Conflict,
    drop_draft,
    keep_draft,
    sign_charter,
    write_charter,
)
from capstone.states import Stage
from qipathway.core.lib.states import DomainError, IllegalMove
from qipathway.core.timeline.models import Event
from tests.factories.capstone import IdeaFactory, ReadyProjectFactory
from tests.factories.residents import LeaderFactory

from .evidence import everything, written_fields


@pytest.mark.requirement(30)
def test_write_charter_saves_area_scope_owner_and_reason(project, resident, owner, at):
    fields = written_fields(owner)
    charter = write_charter(project, by=resident.person, at=at, fields=fields, version=1)
    saved = Charter.objects.get()
    assert {name: getattr(saved, name) for name in CHARTER_FIELDS} == fields
    assert (charter.version, saved.version, saved.written_at) == (2, 2, at)


@pytest.mark.requirement(30)
def test_a_charter_has_exactly_one_process_owner(project, resident, owner, at):
    write_charter(project, by=resident.person, at=at, fields={"process_owner": owner}, version=1)
    other = LeaderFactory(program=project.program)
    write_charter(project, by=resident.person, at=at, fields={"process_owner": other}, version=2)
    assert Charter.objects.get().process_owner == other


def test_write_charter_saves_however_little_there_is(project, resident, at):
    write_charter(project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1)
    saved = Charter.objects.get()
    assert (saved.aim, saved.area, saved.first_step) == ("Faster", "7 East", "")


def test_write_charter_tells_which_fields_changed_and_none_of_the_words(project, resident, at):
    write_charter(project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1)
    event = Event.objects.get()
    assert (event.action, event.data) == ("capstone.write_charter", {"fields": ["aim"]})
    assert (event.actor, event.about, event.scope_id) == (
        resident.person,
        resident.person,
        project.program_id,
    )


def test_the_title_follows_the_name_of_the_process(project, resident, at):
    write_charter(project, by=resident.person, at=at, fields={"area": "8 West"}, version=1)
    project.refresh_from_db()
    assert project.title == "Discharge order to departure, 8 West"
    write_charter(project, by=resident.person, at=at, fields={"area": ""}, version=2)
    project.refresh_from_db()
    assert project.title == "Discharge order to departure, 8 West"


def test_write_charter_refuses_a_stale_version_holding_the_saved_one(project, resident, at):
    write_charter(project, by=resident.person, at=at, fields={"aim": "Theirs"}, version=1)
    before = everything()
    with pytest.raises(Conflict) as conflict:
        write_charter(project, by=resident.person, at=at, fields={"aim": "Mine"}, version=1)
    assert (conflict.value.theirs.aim, conflict.value.theirs.version) == ("Theirs", 2)
    assert everything() == before


def test_the_same_words_again_are_no_conflict_and_write_nothing(project, resident, at):
    write_charter(project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1)
    before = everything()
    write_charter(project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1)
    assert everything() == before


def test_write_charter_refuses_before_a_process_is_chosen(resident, at):
    project = IdeaFactory(resident=resident)
    before = everything()
    with pytest.raises(DomainError, match="Choose the process first"):
        write_charter(project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1)
    assert everything() == before


def test_write_charter_refuses_a_signed_one_naming_who_signed_and_what_to_do(signed, here, at):
    before = everything()
    with pytest.raises(IllegalMove) as refusal:
        write_charter(signed, by=here.resident.person, at=at, fields={"aim": "More"}, version=2)
    name = here.sponsor.name
    assert str(refusal.value) == (
        f"{name} signed this charter on Nov 16, so it stays as it was signed. If the work turns "
        f"out differently, agree on it with {name} and your coach."
    )
    assert everything() == before


def test_write_charter_refuses_an_owner_of_another_program(project, resident, world, at):
    stranger = LeaderFactory(program=world.there.program)
    before = everything()
    with pytest.raises(DomainError, match="owns no process in this program"):
        write_charter(
            project, by=resident.person, at=at, fields={"process_owner": stranger}, version=1
        )
    assert everything() == before


@pytest.mark.parametrize("name", ["version", "signed_by", "project", "revision", "program_id"])
def test_write_charter_takes_no_other_field(project, resident, at, name):
    with pytest.raises(ValueError, match="No fields of a charter"):
        write_charter(project, by=resident.person, at=at, fields={name: 7}, version=1)


def test_a_draft_is_kept_apart_and_makes_no_story(project, at):
    keep_draft(project, at=at, fields={"aim": "Half a sen"}, version=1)
    charter = Charter.objects.get()
    assert (charter.draft, charter.drafted_at) == ({"aim": "Half a sen"}, at)
    assert (charter.aim, charter.version) == ("", 1)
    assert not Event.objects.exists()


def test_saving_lets_go_of_the_draft(project, resident, at):
    keep_draft(project, at=at, fields={"aim": "Half a sen"}, version=1)
    write_charter(project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1)
    charter = Charter.objects.get()
    assert (charter.draft, charter.drafted_at, charter.aim) == ({}, None, "Faster")


def test_a_draft_typed_over_an_older_version_is_not_kept(project, resident, at):
    write_charter(project, by=resident.person, at=at, fields={"aim": "Faster"}, version=1)
    before = everything()
    with pytest.raises(Conflict):
        keep_draft(project, at=at, fields={"aim": "Older"}, version=1)
    assert everything() == before


def test_dropping_a_draft_leaves_the_charter_as_it_was_saved(project, at):
    keep_draft(project, at=at, fields={"area": "Elsewhere"}, version=1)
    drop_draft(project)
    charter = Charter.objects.get()
    assert (charter.draft, charter.drafted_at, charter.area) == ({}, None, "7 East")


def test_sign_charter_opens_the_current_state(ready, here):
    at = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    sign_charter(ready, by=here.sponsor, at=at, version=2)
    ready.refresh_from_db()
    charter = Charter.objects.get()
    assert ready.state == Stage.CURRENT_STATE
    assert (charter.signed_by, charter.signed_at) == (here.sponsor, at)
    left, entered = StageEntry.objects.filter(stage__in=["charter", "current_state"])
    assert (left.left_on, entered.entered_on) == (date(2026, 11, 23), date(2026, 11, 23))
    event = Event.objects.get()
    assert (event.action, event.actor, event.about) == (
        "capstone.sign_charter",
        here.sponsor,
        here.resident.person,
    )


LACKING = {
    "the area and the process": {"charter__process": ""},
    "its first and last step": {"charter__last_step": ""},
    "a process owner": {"charter__process_owner": None},
    "why it matters": {"charter__why_it_matters": ""},
    "the self-screen": {"screen__improvement": False},
    "the IRB's answer": {"screen__improvement": False, "screen__ask_irb": True},
}


@pytest.mark.requirement(30)
@pytest.mark.parametrize("thing", LACKING)
def test_sign_charter_refuses_while_anything_is_missing_and_names_it(here, at, thing):
    project = ReadyProjectFactory(resident=here.resident, **LACKING[thing])
    before = everything()
    with pytest.raises(DomainError) as refusal:
        sign_charter(project, by=here.sponsor, at=at, version=2)
    assert str(refusal.value) == f"Not signed yet. The charter needs one more thing: {thing}."
    assert everything() == before


def test_sign_charter_refuses_while_nobody_sponsors_the_resident(here, at):
    project = ReadyProjectFactory(resident=here.other)
    before = everything()
    with pytest.raises(DomainError, match=r"needs one more thing: a sponsor\.$"):
        sign_charter(project, by=here.sponsor, at=at, version=2)
    assert everything() == before


def test_sign_charter_refuses_once_the_tie_of_the_sponsor_has_ended(ready, here, at, today):
    here.sponsor.grants.update(until=today - timedelta(days=1))
    before = everything()
    with pytest.raises(DomainError, match="a sponsor"):
        sign_charter(ready, by=here.sponsor, at=at, version=2)
    assert everything() == before


def test_sign_charter_refuses_words_that_changed_since_they_were_read(ready, here, resident, at):
    write_charter(ready, by=resident.person, at=at, fields={"aim": "Twice as fast"}, version=2)
    before = everything()
    with pytest.raises(Conflict, match="Resident changed the charter after you opened it"):
        sign_charter(ready, by=here.sponsor, at=at, version=2)
    assert everything() == before


def test_a_second_signature_is_refused_naming_the_first(signed, here, at):
    before = everything()
    with pytest.raises(IllegalMove, match=r"signed this charter on Nov 16"):
        sign_charter(signed, by=here.sponsor, at=at, version=2)
    assert everything() == before


def test_an_idea_cannot_be_signed(here, at):
    project = IdeaFactory(resident=here.resident)
    before = everything()
    with pytest.raises(DomainError, match="Choose the process first"):
        sign_charter(project, by=here.sponsor, at=at, version=1)
    assert everything() == before
