from datetime import date, time

import pytest

from mentorship.models import CheckIn
from mentorship.reads import NOTHING, CheckInFacts, agenda, directors_of, for_board, mentees
from mentorship.states import CheckInState, Mood, NoteLevel
from residents.rules import forget_ties
from residents.states import Role, RotationKind
from tests.factories.mentorship import (
    CheckInFactory,
    CoachNoteFactory,
    CommitmentFactory,
    UpdateFactory,
)
from tests.factories.residents import BlockFactory, RoleGrantFactory

TODAY = date(2026, 12, 1)


def coached(here, name):
    """One more mentee of the coach."""
    resident = here.member(name)
    RoleGrantFactory(person=here.coach, program=here.program, role=Role.COACH, resident=resident)
    forget_ties(here.coach)
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
def test_for_board_tells_the_last_check_in_the_next_one_and_what_is_open(here):
    last, planned = history(here.resident, here.coach)
    assert for_board(here.program, TODAY) == {
        here.resident.pk: CheckInFacts(
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


def test_for_board_leaves_other_programs_and_the_unknown_out(here, world):
    CheckInFactory(resident=world.there.resident, coach=world.there.coach, held=True)
    CheckInFactory(resident=here.resident, coach=here.coach, cancelled=True)
    assert for_board(here.program, TODAY) == {}


def test_for_board_can_be_asked_about_some(here):
    history(here.resident, here.coach)
    history(here.other, here.other_coach)
    assert set(for_board(here.program, TODAY, [here.other.pk])) == {here.other.pk}


@pytest.mark.parametrize("more", [0, 2])
def test_for_board_asks_two_questions_for_any_number(here, more, django_assert_num_queries):
    history(here.resident, here.coach)
    for number in range(more):
        history(here.member(f"more{number}"), here.coach)
    with django_assert_num_queries(2):
        found = for_board(here.program, TODAY)
    assert len(found) == more + 1


@pytest.mark.requirement(47)
def test_mentees_are_those_one_coaches_in_this_program_the_longest_gap_first(here, world):
    recent, never = coached(here, "recent"), coached(here, "never")
    CheckInFactory(resident=recent, coach=here.coach, held=True, day=date(2026, 11, 27))
    history(here.resident, here.coach)
    CheckInFactory(resident=here.other, coach=here.other_coach, held=True)
    found = mentees(here.coach, here.program, TODAY)
    assert [(each.resident, each.gap) for each in found] == [
        (never, 518),
        (here.resident, 14),
        (recent, 4),
    ]
    assert [each.has_written for each in found] == [False, True, False]
    assert mentees(here.coach, world.there.program, TODAY) == []


@pytest.mark.requirement(41)
def test_the_gap_stands_still_during_icu_nights_and_leave(here):
    history(here.resident, here.coach)
    here.resident.blocks.all().delete()
    icu = here.rotation(RotationKind.ICU, "ICU")
    days = {"start": date(2026, 11, 20), "end": date(2026, 11, 26)}
    BlockFactory(program=here.program, resident=here.resident, rotation=icu, **days)
    [mentee] = mentees(here.coach, here.program, TODAY)
    assert mentee.gap == 7


def test_a_mentee_who_left_the_pathway_leaves_the_caseload(here):
    here.resident.memberships.update(state="withdrawn")
    assert mentees(here.coach, here.program, TODAY) == []


@pytest.mark.parametrize("more", [0, 2])
def test_mentees_are_read_in_eleven_questions_for_any_number(
    here, world, more, django_assert_num_queries
):
    history(here.resident, here.coach)
    for number in range(more):
        history(coached(here, f"more{number}"), here.coach)
    with django_assert_num_queries(11):
        found = mentees(here.coach, here.program, TODAY)
    assert len(found) == more + 1


@pytest.mark.requirement(49)
def test_an_agenda_has_what_was_promised_what_was_written_and_what_was_said(here):
    last, planned = history(here.resident, here.coach)
    old = CheckIn.objects.get(day=date(2026, 10, 16))
    CommitmentFactory(made_in=old, due_on=date(2026, 10, 30), done=True)
    seen = agenda(planned, viewer=here.coach)
    assert [(p.state, p.due_on) for p in seen.promised] == [
        ("done", date(2026, 11, 20)),
        ("open", date(2026, 11, 30)),
        ("open", TODAY),
    ]
    assert [p.due_on for p in seen.open] == [date(2026, 11, 30), TODAY]
    assert [update.text for update in seen.words] == ["Transport cannot spare anyone on day two."]
    assert seen.history == (last, old)
    assert seen.last == last


def test_a_first_agenda_is_empty(here):
    planned = CheckInFactory(resident=here.resident, coach=here.coach)
    seen = agenda(planned, viewer=here.coach)
    assert (seen.promised, seen.words, seen.history, seen.last) == ((), (), (), None)


def test_the_agenda_of_one_resident_holds_nothing_of_another(here):
    history(here.other, here.other_coach)
    planned = CheckInFactory(resident=here.resident, coach=here.coach)
    seen = agenda(planned, viewer=here.coach)
    assert (seen.promised, seen.words, seen.history) == ((), (), ())


@pytest.mark.parametrize(
    ("viewer", "levels"),
    [
        ("coach", ["mine", "us_two", "shared"]),
        ("resident", ["us_two", "shared"]),
        ("director", ["shared"]),
    ],
)
def test_an_agenda_shows_each_viewer_the_notes_of_their_levels(here, world, viewer, levels):
    _, planned = history(here.resident, here.coach)
    for held, level in zip(CheckIn.objects.order_by("-pk")[:3], reversed(NoteLevel), strict=True):
        CoachNoteFactory(check_in=held, level=level)
    CheckIn.objects.exclude(pk=planned.pk).update(
        state=CheckInState.HELD, mood=Mood.MOVING, held_at=planned.starts_at
    )
    user = here.resident.person if viewer == "resident" else getattr(here, viewer)
    seen = agenda(planned, viewer=user)
    found = {note.level for notes in seen.notes.values() for note in notes}
    assert found == set(levels)


@pytest.mark.parametrize("more", [0, 2])
def test_an_agenda_is_read_in_four_questions_however_long_the_history(
    here, more, django_assert_num_queries
):
    _, planned = history(here.resident, here.coach)
    for number in range(more):
        held = CheckInFactory(
            resident=here.resident, coach=here.coach, held=True, day=date(2026, 9, 1 + number)
        )
        CoachNoteFactory(check_in=held)
        CommitmentFactory(made_in=held)
        UpdateFactory(resident=here.resident)
    here.coach.has_perm("mentorship.view_check_in", planned)
    with django_assert_num_queries(4):
        seen = agenda(planned, viewer=here.coach)
    assert len(seen.history) == 2 + more


def test_nobody_directs_a_program_by_a_grant_that_has_ended(here, world):
    former = here.person("former", Role.DIRECTOR)
    former.grants.update(until=date(2025, 12, 31))
    assert directors_of(here.program.pk) == [here.director]


def test_nothing_is_known_of_whom_nothing_was_recorded():
    assert CheckInFacts() == NOTHING
