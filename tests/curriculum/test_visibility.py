"""What one may list is what one may open, for every role; drafts are their writer's alone."""

from datetime import date

import pytest

from curriculum.models import Activity, Booking, Completion, Course, Homework, Session, StandUp
from curriculum.rules import teaches
from curriculum.states import BookingState
from qipathway.core.accounts.models import User
from residents.models import RoleGrant
from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.curriculum import (
    ActivityFactory,
    BookingFactory,
    CompletionFactory,
    HomeworkFactory,
    SessionFactory,
    StandUpFactory,
)

ROLES = (
    "director",
    "coordinator",
    "chief",
    "kpo_lead",
    "coach",
    "other_coach",
    "instructor",
    "sponsor",
    "resident",
    "other",
)

PSA = {
    "kind": "psa_meeting",
    "day": date(2026, 11, 16),
    "role": "Chief medical officer",
    "note": "Every open item had an owner.",
}


def people(hospital):
    """Everybody of a hospital by the name of their part, read afresh."""
    found = {}
    for role in ROLES:
        part = getattr(hospital, role)
        found[role] = User.objects.get(pk=getattr(part, "person_id", part.pk))
    return found


@pytest.fixture
def everybody(world):
    strangers = {f"far {role}": user for role, user in people(world.there).items()}
    return people(world.here) | strangers | {"nobody": UserFactory()}


@pytest.fixture
def records(world):
    """In both programs a draft, a handed-in and an accepted homework of each resident."""
    for hospital in (world.here, world.there):
        for resident in (hospital.resident, hospital.other):
            for trait in ({}, {"submitted": True}, {"accepted": True}):
                taught = {"program": hospital.program, "instructor": hospital.instructor}
                seat = {"resident": resident, "state": BookingState.MISSED}
                booking = BookingFactory(session=SessionFactory(**taught), **seat)
                HomeworkFactory(booking=booking, **trait)
            CompletionFactory(resident=resident)
            ActivityFactory(resident=resident)
            ActivityFactory(resident=resident, **PSA)
        StandUpFactory(program=hospital.program)


@pytest.mark.parametrize(
    ("rows", "action"),
    [
        (Session.objects.all(), "curriculum.view_session"),
        (StandUp.objects.all(), "curriculum.view_stand_up"),
        (Activity.objects.all(), "curriculum.view_activity"),
        (Completion.objects.all(), "curriculum.view_completion"),
        (Homework.objects.exclude(state="draft"), "curriculum.view_homework"),
    ],
)
def test_what_one_may_list_is_what_one_may_open_for_every_role(everybody, records, rows, action):
    wrong = {
        name: (listed, opened)
        for name, user in everybody.items()
        if (listed := set(rows.visible_to(user)))
        != (opened := {each for each in rows.all() if user.has_perm(action, each)})
    }
    assert wrong == {}


@pytest.mark.requirement(18)
def test_a_draft_is_listed_to_its_writer_and_to_nobody_else(world, everybody, records):
    drafts = Homework.objects.filter(state="draft")
    readers = {
        name: {draft.resident for draft in drafts.visible_to(user)}
        for name, user in everybody.items()
    }
    here, there = world.here, world.there
    assert {name: found for name, found in readers.items() if found} == {
        "resident": {here.resident},
        "other": {here.other},
        "far resident": {there.resident},
        "far other": {there.other},
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("director", {"resident", "other"}),
        ("coordinator", {"resident", "other"}),
        ("chief", set()),
        ("kpo_lead", set()),
        ("sponsor", set()),
        ("coach", {"resident"}),
        ("other_coach", {"other"}),
        ("instructor", {"resident", "other"}),
        ("resident", {"resident"}),
        ("other", {"other"}),
    ],
)
@pytest.mark.parametrize("model", [Booking, Homework])
def test_each_role_lists_the_seats_and_homework_of_exactly_these(
    world, everybody, records, model, role, seen
):
    listed = {row.resident for row in model.objects.visible_to(everybody[role])}
    assert listed == {getattr(world.here, name) for name in seen}


@pytest.mark.parametrize("model", [Course, Session, StandUp])
def test_the_catalogue_and_the_calendar_are_for_everybody_of_the_program_alone(
    world, everybody, records, model
):
    for name, user in everybody.items():
        programs = {row.program for row in model.objects.visible_to(user)}
        place = world.there if name.startswith("far") else world.here
        assert programs == ({place.program} if name != "nobody" else set()), name


def test_an_instructor_teaches_while_any_role_there_lasts(world, everybody, records, today):
    instructor = everybody["instructor"]
    session = Session.objects.filter(program=world.here.program).first()
    assert teaches.test(instructor, session)
    assert Booking.objects.visible_to(instructor).count() == 6
    RoleGrant.objects.filter(person=instructor).update(until=today.replace(day=22))
    gone = User.objects.get(pk=instructor.pk)
    assert not teaches.test(gone, session)
    assert not Booking.objects.visible_to(gone).exists()
    assert not Homework.objects.visible_to(gone).exists()
    assert not Homework.objects.for_review_by(gone).exists()


def test_nobody_teaches_nothing(everybody):
    assert not teaches.test(everybody["instructor"], None)


def test_who_coaches_and_teaches_the_same_resident_lists_each_thing_once(world, records):
    RoleGrant.objects.create(
        person=world.here.coach,
        program=world.here.program,
        role="coordinator",
        since=world.here.cohort.starts_on,
    )
    Session.objects.update(instructor=world.here.coach)
    assert Homework.objects.visible_to(world.here.coach).count() == 4
    assert Booking.objects.visible_to(world.here.coach).count() == 6


@pytest.fixture
def orphan(world):
    """Handed-in homework of a resident whose coach has left, in a class of an instructor."""
    here = world.here
    RoleGrant.objects.filter(person=here.coach).delete()
    return HomeworkFactory(
        booking__resident=here.resident,
        booking__session__program=here.program,
        booking__session__instructor=here.instructor,
        submitted=True,
    )


def seen(person, homework):
    """Whether list, queue and policy let a person at homework, each asked on its own."""
    user = User.objects.get(pk=person.pk)
    found = Homework.objects.select_related("booking__session__instructor").get(pk=homework.pk)
    return (
        Homework.objects.visible_to(user).filter(pk=homework.pk).exists(),
        Homework.objects.for_review_by(user).filter(pk=homework.pk).exists(),
        user.has_perm("curriculum.view_homework", found),
        user.has_perm("curriculum.accept_homework", found),
        user.has_perm("curriculum.return_homework", found),
    )


NOT_SEEN, SEEN = (False,) * 5, (True,) * 5


def test_the_pool_answers_only_what_neither_coach_nor_instructor_can(world, orphan, today):
    pool = world.here.person("pool", Role.COACH)
    far = world.there.person("pool", Role.COACH)
    assert (seen(pool, orphan), seen(world.here.instructor, orphan)) == (NOT_SEEN, SEEN)
    RoleGrant.objects.filter(person=world.here.instructor).update(until=today.replace(day=22))
    assert seen(pool, orphan) == SEEN
    assert seen(world.here.other_coach, orphan) == seen(far, orphan) == NOT_SEEN
    world.here.person("newcoach", Role.COACH, world.here.resident)
    assert seen(pool, orphan) == NOT_SEEN


def test_homework_of_an_instructor_whose_account_is_closed_falls_to_the_pool(world, orphan):
    pool = world.here.person("pool", Role.COACH)
    User.objects.filter(pk=world.here.instructor.pk).update(is_active=False)
    assert seen(pool, orphan) == SEEN


def test_a_draft_is_not_seen_by_the_pool(world, orphan):
    pool = world.here.person("pool", Role.COACH)
    RoleGrant.objects.filter(person=world.here.instructor).delete()
    Homework.objects.update(state="draft", submitted_at=None)
    assert not Homework.objects.visible_to(pool).exists()


def test_an_instructor_who_is_a_resident_here_still_answers(world, orphan):
    pool = world.here.person("pool", Role.COACH)
    Session.objects.update(instructor=world.here.other.person)
    assert (seen(pool, orphan), seen(world.here.other.person, orphan)) == (NOT_SEEN, SEEN)
