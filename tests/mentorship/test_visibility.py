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

ROLES = (
    *("director", "coordinator", "chief", "kpo_lead", "instructor"),
    *("coach", "other_coach", "sponsor", "resident", "other"),
)


def everybody(world):
    """Return every person of both programs by role."""
    found = {}
    for place, hospital in (("", world.here), ("far ", world.there)):
        for role in ROLES:
            holder = getattr(hospital, role)
            found[place + role] = getattr(holder, "person", holder)
    return found


def readers(world, model, **lookup):
    return {
        role
        for role, user in everybody(world).items()
        if model.objects.visible_to(user).filter(**lookup).exists()
    }


@pytest.fixture
def records(world):
    """A held check-in with everything around it, for a resident, a peer and somebody far away."""
    made = {}
    for name, resident, coach in (
        ("resident", world.here.resident, world.here.coach),
        ("peer", world.here.other, world.here.other_coach),
        ("stranger", world.there.resident, world.there.coach),
    ):
        held = CheckInFactory(resident=resident, coach=coach, held=True)
        CheckInFactory(resident=resident, coach=coach, day=date(2027, 1, 7))
        CommitmentFactory(made_in=held)
        UpdateFactory(resident=resident)
        made[name] = held
    return made


def test_check_ins_listed_are_those_that_the_policy_opens(world, records):
    for role, user in everybody(world).items():
        listed = set(CheckIn.objects.visible_to(user))
        opened = {
            each
            for each in CheckIn.objects.all()
            if user.has_perm("mentorship.view_check_in", each)
        }
        assert listed == opened, role


@pytest.mark.parametrize("model", [CheckIn, Commitment, Update])
def test_coaching_is_read_by_its_resident_coach_and_director_alone(world, records, model):
    found = readers(world, model, resident=world.here.resident)
    assert found == {"coach", "resident", "director"}


@pytest.mark.parametrize("model", [CheckIn, Commitment, Update])
def test_a_coach_lists_their_own_mentees_alone(here, records, model):
    listed = model.objects.visible_to(here.coach).values_list("resident", flat=True)
    assert set(listed) == {here.resident.pk}


@pytest.mark.parametrize("model", [CheckIn, Commitment, Update, CoachNote])
def test_a_director_lists_nothing_of_another_program(here, records, model):
    for name in ("resident", "stranger"):
        CoachNoteFactory(check_in=records[name], level=NoteLevel.SHARED)
    listed = model.objects.visible_to(here.director).values_list("program", flat=True)
    assert set(listed) == {here.program.pk}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (NoteLevel.MINE, {"coach"}),
        (NoteLevel.US_TWO, {"coach", "resident"}),
        (NoteLevel.SHARED, {"coach", "resident", "director"}),
    ],
)
def test_a_note_is_read_by_whom_its_level_names(world, records, level, expected):
    note = CoachNoteFactory(check_in=records["resident"], level=level)
    assert readers(world, CoachNote) == expected
    opened = {role for role, user in everybody(world).items() if reads_note.test(user, note)}
    assert opened == expected


@pytest.mark.parametrize("level", NoteLevel)
def test_a_drafted_note_is_its_authors_alone(world, records, level):
    note = CoachNoteFactory(check_in=records["resident"], level=level, drafted=True)
    assert readers(world, CoachNote) == {"coach"}
    opened = {role for role, user in everybody(world).items() if reads_note.test(user, note)}
    assert opened == {"coach"}


@pytest.mark.parametrize(("level", "reads"), [("mine", False), ("us_two", False), ("shared", True)])
def test_a_coach_who_took_over_reads_the_shared_notes_of_their_predecessor(
    here, records, level, reads
):
    note = CoachNoteFactory(check_in=records["resident"], author=here.other_coach, level=level)
    assert CoachNote.objects.visible_to(here.coach).exists() is reads
    assert reads_note.test(here.coach, note) is reads


def test_the_coordinator_reads_no_note_of_any_level(here, records):
    for name, level in zip(records, NoteLevel, strict=True):
        CoachNoteFactory(check_in=records[name], level=level)
    assert not CoachNote.objects.visible_to(here.coordinator).exists()
