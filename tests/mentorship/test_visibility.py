"""What one may list is what one may open, for every role, and the levels of notes hold."""

from datetime import date

import pytest

from mentorship.models import CheckIn, CoachNote, Commitment, Update
from mentorship.rules import reads_note
from mentorship.states import NoteLevel
from tests.factories.mentorship import (
    CheckInFactory,
    CoachNoteFactory,
    CommitmentFactory,
    UpdateFactory,
)

READERS = {"coach", "resident", "director", "second_director"}


@pytest.fixture
def records(world):
    """A held check-in with everything around it, for each of three residents."""
    made = {}
    for name, coach in (
        ("resident", world.coach),
        ("peer", world.other_coach),
        ("stranger", world.foreign_coach),
    ):
        resident = getattr(world, name)
        held = CheckInFactory(resident=resident, coach=coach, held=True)
        CheckInFactory(resident=resident, coach=coach, day=date(2027, 1, 7))
        CommitmentFactory(made_in=held)
        UpdateFactory(resident=resident)
        made[name] = held
    return made


def named(world, person):
    roles = {value.pk: name for name, value in vars(world).items() if hasattr(value, "email")}
    roles[world.resident.person_id] = "resident"
    return roles.get(person.pk, "somebody else")


def test_check_ins_listed_are_those_that_the_policy_opens(world, records):
    for user in world.everybody():
        listed = set(CheckIn.objects.visible_to(user))
        opened = {
            each
            for each in CheckIn.objects.all()
            if user.has_perm("mentorship.view_check_in", each)
        }
        assert listed == opened, named(world, user)


@pytest.mark.parametrize("model", [CheckIn, Commitment, Update])
def test_coaching_is_read_by_its_resident_coach_and_directors_alone(world, records, model):
    readers = {
        named(world, user)
        for user in world.everybody()
        if model.objects.visible_to(user).filter(resident=world.resident).exists()
    }
    assert readers == READERS


@pytest.mark.parametrize("model", [CheckIn, Commitment, Update])
def test_a_coach_lists_their_own_mentees_alone(world, records, model):
    listed = model.objects.visible_to(world.coach).values_list("resident", flat=True)
    assert set(listed) == {world.resident.pk}


@pytest.mark.parametrize("model", [CheckIn, Commitment, Update, CoachNote])
def test_a_director_lists_nothing_of_another_program(world, records, model):
    for name in ("resident", "stranger"):
        CoachNoteFactory(check_in=records[name], level=NoteLevel.SHARED)
    listed = model.objects.visible_to(world.director).values_list("program", flat=True)
    assert set(listed) == {world.program.pk}


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        (NoteLevel.MINE, {"coach"}),
        (NoteLevel.US_TWO, {"coach", "resident"}),
        (NoteLevel.SHARED, {"coach", "resident", "director", "second_director"}),
    ],
)
def test_a_note_is_read_by_whom_its_level_names(world, records, level, readers):
    note = CoachNoteFactory(check_in=records["resident"], level=level)
    found = {
        named(world, user)
        for user in world.everybody()
        if CoachNote.objects.visible_to(user).exists()
    }
    assert found == readers
    assert {named(world, u) for u in world.everybody() if reads_note.test(u, note)} == readers


@pytest.mark.parametrize("level", NoteLevel)
def test_a_drafted_note_is_its_authors_alone(world, records, level):
    note = CoachNoteFactory(check_in=records["resident"], level=level, drafted=True)
    found = {user for user in world.everybody() if CoachNote.objects.visible_to(user).exists()}
    assert found == {world.coach}
    assert {user for user in world.everybody() if reads_note.test(user, note)} == {world.coach}


@pytest.mark.parametrize(("level", "reads"), [("mine", False), ("us_two", False), ("shared", True)])
def test_a_coach_who_took_over_reads_the_shared_notes_of_their_predecessor(
    world, records, level, reads
):
    note = CoachNoteFactory(check_in=records["resident"], author=world.other_coach, level=level)
    assert CoachNote.objects.visible_to(world.coach).exists() is reads
    assert reads_note.test(world.coach, note) is reads


def test_the_coordinator_reads_no_note_of_any_level(world, records):
    for name, level in zip(records, NoteLevel, strict=True):
        CoachNoteFactory(check_in=records[name], level=level)
    assert not CoachNote.objects.visible_to(world.coordinator).exists()
