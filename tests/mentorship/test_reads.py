from datetime import date, time

import pytest

from mentorship.models import CheckIn
from mentorship.reads import NOTHING, CheckInFacts, agenda, directors_of, for_board, mentees
from mentorship.states import CheckInState, Mood, NoteLevel
from residents.models import Block, Rotation
from residents.rules import forget_ties
from residents.states import Role
from tests.factories.mentorship import (
    CheckInFactory,
    CoachNoteFactory,
    CommitmentFactory,
    UpdateFactory,
)
from tests.mentorship.conftest import grant, resident_of

TODAY = date(2026, 12, 1)


def coached(world, cohort, family="Raman"):
    resident = resident_of(cohort, given="Priya", family=family)
    grant(Role.COACH, cohort.program, resident, world.coach)
    forget_ties(world.coach)
    return resident


def history(resident, coach, *, until=date(2026, 11, 17)):
    """Two held check-ins, a cancelled one, a planned one, and what was promised and written."""
    CheckInFactory(resident=resident, coach=coach, held=True, day=date(2026, 10, 16))
    last = CheckInFactory(
        resident=resident,
        coach=coach,
        held=True,
        day=until,
        mood=Mood.NEEDS_A_HAND,
        ask_director=True,
    )
    CheckInFactory(resident=resident, coach=coach, cancelled=True, day=date(2026, 11, 30))
    planned = CheckInFactory(resident=resident, coach=coach)
    CommitmentFactory(made_in=last, due_on=date(2026, 11, 30))
    CommitmentFactory(made_in=last, due_on=TODAY)
    CommitmentFactory(made_in=last, due_on=date(2026, 11, 20), done=True)
    UpdateFactory(resident=resident)
    return last, planned


@pytest.mark.requirement(41)
def test_for_board_tells_the_last_check_in_the_next_one_and_what_is_open(world):
    last, planned = history(world.resident, world.coach)
    assert for_board(world.program, TODAY) == {
        world.resident.pk: CheckInFacts(
            last_held=date(2026, 11, 17),
            last_uid=last.uid,
            mood="needs_a_hand",
            asked_director=True,
            next_on=date(2026, 12, 3),
            next_clock=time(10),
            next_uid=planned.uid,
            open_commitments=2,
            overdue_commitments=1,
        )
    }


def test_for_board_leaves_other_programs_and_the_unknown_out(world):
    CheckInFactory(resident=world.stranger, coach=world.foreign_coach, held=True)
    CheckInFactory(resident=world.resident, coach=world.coach, cancelled=True)
    assert for_board(world.program, TODAY) == {}


def test_for_board_can_be_asked_about_some(world):
    history(world.resident, world.coach)
    history(world.peer, world.other_coach)
    assert set(for_board(world.program, TODAY, [world.peer.pk])) == {world.peer.pk}


@pytest.mark.parametrize("more", [0, 2])
def test_for_board_asks_two_questions_for_any_number(
    world, cohort, more, django_assert_num_queries
):
    history(world.resident, world.coach)
    for number in range(more):
        history(resident_of(cohort, given="Priya", family=str(number)), world.coach)
    with django_assert_num_queries(2):
        found = for_board(world.program, TODAY)
    assert len(found) == more + 1


@pytest.mark.requirement(47)
def test_mentees_are_those_one_coaches_in_this_program_the_longest_gap_first(world, cohort):
    recent, never = coached(world, cohort, "Raman"), coached(world, cohort, "Nakashima")
    CheckInFactory(resident=recent, coach=world.coach, held=True, day=date(2026, 11, 27))
    history(world.resident, world.coach)
    CheckInFactory(resident=world.peer, coach=world.other_coach, held=True)
    found = mentees(world.coach, world.program, TODAY)
    assert [(each.resident, each.gap) for each in found] == [
        (never, 518),
        (world.resident, 14),
        (recent, 4),
    ]
    assert [each.has_written for each in found] == [False, True, False]
    assert mentees(world.coach, world.elsewhere, TODAY) == []


@pytest.mark.requirement(41)
def test_the_gap_stands_still_during_icu_nights_and_leave(world):
    history(world.resident, world.coach)
    icu = Rotation.objects.create(program=world.program, name="ICU", kind="icu")
    Block.objects.create(
        program=world.program,
        resident=world.resident,
        rotation=icu,
        start=date(2026, 11, 20),
        end=date(2026, 11, 26),
    )
    [mentee] = mentees(world.coach, world.program, TODAY)
    assert mentee.gap == 7


def test_a_mentee_who_left_the_pathway_leaves_the_caseload(world):
    world.resident.memberships.update(state="withdrawn")
    assert mentees(world.coach, world.program, TODAY) == []


@pytest.mark.parametrize("more", [0, 2])
def test_mentees_are_read_in_eight_questions_for_any_number(
    world, cohort, more, django_assert_num_queries
):
    history(world.resident, world.coach)
    for number in range(more):
        history(coached(world, cohort, str(number)), world.coach)
    with django_assert_num_queries(8):
        found = mentees(world.coach, world.program, TODAY)
    assert len(found) == more + 1


@pytest.mark.requirement(49)
def test_an_agenda_has_what_was_promised_what_was_written_and_what_was_said(world):
    last, planned = history(world.resident, world.coach)
    old = CheckIn.objects.get(day=date(2026, 10, 16))
    CommitmentFactory(made_in=old, due_on=date(2026, 10, 30), done=True)
    seen = agenda(planned, viewer=world.coach)
    assert [(p.state, p.due_on) for p in seen.promised] == [
        ("done", date(2026, 11, 20)),
        ("open", date(2026, 11, 30)),
        ("open", TODAY),
    ]
    assert [p.due_on for p in seen.open] == [date(2026, 11, 30), TODAY]
    assert [update.text for update in seen.words] == ["Transport cannot spare anyone on day two."]
    assert seen.history == (last, old)
    assert seen.last == last


def test_a_first_agenda_is_empty(world):
    planned = CheckInFactory(resident=world.resident, coach=world.coach)
    seen = agenda(planned, viewer=world.coach)
    assert (seen.promised, seen.words, seen.history, seen.last) == ((), (), (), None)


def test_the_agenda_of_one_resident_holds_nothing_of_another(world):
    history(world.peer, world.other_coach)
    planned = CheckInFactory(resident=world.resident, coach=world.coach)
    seen = agenda(planned, viewer=world.coach)
    assert (seen.promised, seen.words, seen.history) == ((), (), ())


@pytest.mark.parametrize(
    ("viewer", "levels"),
    [
        ("coach", ["mine", "us_two", "shared"]),
        ("resident", ["us_two", "shared"]),
        ("director", ["shared"]),
    ],
)
def test_an_agenda_shows_each_viewer_the_notes_of_their_levels(world, viewer, levels):
    _, planned = history(world.resident, world.coach)
    for held, level in zip(CheckIn.objects.order_by("-pk")[:3], reversed(NoteLevel), strict=True):
        CoachNoteFactory(check_in=held, level=level)
    CheckIn.objects.exclude(pk=planned.pk).update(
        state=CheckInState.HELD, mood=Mood.MOVING, held_at=planned.starts_at
    )
    user = world.resident.person if viewer == "resident" else getattr(world, viewer)
    seen = agenda(planned, viewer=user)
    found = {note.level for notes in seen.notes.values() for note in notes}
    assert found == set(levels)


@pytest.mark.parametrize("more", [0, 2])
def test_an_agenda_is_read_in_four_questions_however_long_the_history(
    world, more, django_assert_num_queries
):
    _, planned = history(world.resident, world.coach)
    for number in range(more):
        held = CheckInFactory(
            resident=world.resident, coach=world.coach, held=True, day=date(2026, 9, 1 + number)
        )
        CoachNoteFactory(check_in=held)
        CommitmentFactory(made_in=held)
        UpdateFactory(resident=world.resident)
    world.coach.has_perm("mentorship.view_check_in", planned)
    with django_assert_num_queries(4):
        seen = agenda(planned, viewer=world.coach)
    assert len(seen.history) == 2 + more


def test_nobody_directs_a_program_by_a_grant_that_has_ended(world):
    world.second_director.grants.update(until=date(2025, 12, 31))
    assert directors_of(world.program.pk) == [world.director]


def test_nothing_is_known_of_whom_nothing_was_recorded():
    assert CheckInFacts() == NOTHING
