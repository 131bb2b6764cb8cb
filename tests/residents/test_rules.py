"""Who stands where, asked of objects and of lists; the other program is always there to leak."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from qipathway.core.accounts.models import User
from residents.models import Program, Resident, RoleGrant
from residents.rules import (
    OVERSEERS,
    administers,
    belongs,
    directs,
    forget_ties,
    holds,
    is_coach,
    is_mentor,
    is_self,
    is_sponsor,
    leads_kpo,
    oversees,
    programs_where,
    residents_where,
    role_in,
    tied,
    ties,
)
from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import ResidentFactory, RoleGrantFactory

NAMES = [
    "director",
    "coordinator",
    "chief",
    "kpo_lead",
    "instructor",
    "coach",
    "other_coach",
    "sponsor",
    "resident",
    "other",
]


def people(hospital):
    """Everybody of a hospital by the name of their part, read afresh."""
    found = {}
    for name in NAMES:
        part = getattr(hospital, name)
        found[name] = User.objects.get(pk=getattr(part, "person_id", part.pk))
    return found


@pytest.fixture
def everybody(world):
    strangers = {f"far {name}": user for name, user in people(world.there).items()}
    return people(world.here) | strangers | {"nobody": UserFactory()}


def who(everybody, predicate, obj):
    return {name for name, user in everybody.items() if predicate.test(user, obj)}


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (directs, {"director"}),
        (administers, {"director", "coordinator"}),
        (oversees, {"director", "coordinator", "chief", "kpo_lead"}),
        (leads_kpo, {"kpo_lead"}),
        (belongs, set(NAMES)),
        (holds(Role.COACH), {"coach", "other_coach"}),
        (holds(Role.INSTRUCTOR, Role.SPONSOR), {"instructor", "sponsor"}),
        (holds(Role.RESIDENT), {"resident", "other"}),
        (holds(), set()),
        (is_self, set()),
        (is_coach, set()),
    ],
)
def test_of_a_program_only_its_own_people_are_something(world, everybody, predicate, expected):
    assert who(everybody, predicate, world.here.program) == expected


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (is_self, {"resident"}),
        (is_coach, {"coach"}),
        (is_sponsor, {"sponsor"}),
        (is_mentor, set()),
        (tied(Role.COACH, Role.SPONSOR), {"coach", "sponsor"}),
        (directs, {"director"}),
        (oversees, {"director", "coordinator", "chief", "kpo_lead"}),
    ],
)
def test_of_a_resident_only_those_tied_to_that_one_are_tied(world, everybody, predicate, expected):
    assert who(everybody, predicate, world.here.resident) == expected


def test_an_object_of_a_resident_is_judged_by_the_resident_it_names(world, everybody):
    membership = world.here.other.memberships.get()
    assert who(everybody, is_self, membership) == {"other"}
    assert who(everybody, is_coach, membership) == {"other_coach"}
    assert who(everybody, belongs, membership) == set(NAMES)


def test_of_nothing_nobody_is_anything(everybody):
    for predicate in (directs, belongs, oversees, is_self, is_coach):
        assert who(everybody, predicate, None) == set()


def test_a_stranger_has_no_ties_and_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ties(AnonymousUser()) == frozenset()


def test_ties_are_read_once_for_any_number_of_questions(
    world, everybody, django_assert_num_queries
):
    user = everybody["coach"]
    with django_assert_num_queries(1):
        for obj in (world.here.program, world.here.resident, world.here.other):
            for predicate in (directs, belongs, oversees, is_self, is_coach, is_sponsor):
                predicate.test(user, obj)
        programs_where(user, *Role)
        residents_where(user, Role.COACH)
        role_in(user, world.here.program.pk)


def test_ties_are_read_once_for_the_user_of_a_request_and_the_person_behind_it(
    world, everybody, django_assert_num_queries
):
    person = everybody["coach"]
    user = SimpleLazyObject(lambda: person)
    with django_assert_num_queries(1):
        assert user.has_perm("residents.view_resident", world.here.resident)
        assert Resident.objects.visible_to(user).query
        assert ties(user) is ties(person)
    forget_ties(user)
    with django_assert_num_queries(1):
        assert ties(person) == ties(user)


def test_ties_are_read_once_even_when_there_are_none(everybody, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ties(everybody["nobody"]) == frozenset()
        assert ties(everybody["nobody"]) == frozenset()


def test_forgetting_ties_reads_them_again(world, everybody, django_assert_num_queries):
    user = everybody["nobody"]
    ties(user)
    RoleGrantFactory(person=user, program=world.here.program, role=Role.CHIEF)
    assert not oversees.test(user, world.here.program)
    forget_ties(user)
    with django_assert_num_queries(1):
        assert oversees.test(user, world.here.program)


def test_one_person_may_hold_several_roles_in_several_programs(world):
    third_year = world.here.member("senior").person
    RoleGrantFactory(
        person=third_year,
        program=world.here.program,
        role=Role.MENTOR,
        resident=world.here.resident,
    )
    RoleGrantFactory(person=third_year, program=world.there.program, role=Role.CHIEF)
    assert is_mentor.test(third_year, world.here.resident)
    assert not is_mentor.test(third_year, world.here.other)
    assert not oversees.test(third_year, world.here.program)
    assert oversees.test(third_year, world.there.program)
    assert programs_where(third_year, Role.RESIDENT) == {world.here.program.pk}


@pytest.mark.parametrize("name", NAMES)
def test_the_home_page_follows_the_part_one_plays(world, everybody, name):
    expected = {"other_coach": "coach", "other": "resident"}.get(name, name)
    assert role_in(everybody[name], world.here.program.pk) == expected
    assert role_in(everybody[name], world.there.program.pk) is None


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ((Role.COACH, Role.DIRECTOR), Role.DIRECTOR),
        ((Role.SPONSOR, Role.INSTRUCTOR), Role.INSTRUCTOR),
        ((Role.REVIEWER, Role.CHIEF), Role.CHIEF),
    ],
)
def test_of_several_roles_the_widest_decides_the_home_page(world, roles, first):
    user = UserFactory()
    for role in roles:
        RoleGrantFactory(person=user, program=world.here.program, role=role)
    assert role_in(user, world.here.program.pk) is first


LISTS = [
    (Program, "residents.view_program"),
    (Resident, "residents.view_resident"),
]


@pytest.mark.parametrize(("model", "action"), LISTS)
def test_what_one_may_list_is_what_one_may_open_for_every_role(everybody, model, action):
    wrong = {
        name: (listed, opened)
        for name, user in everybody.items()
        if (listed := set(model.objects.visible_to(user)))
        != (opened := {each for each in model.objects.all() if user.has_perm(action, each)})
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("names", "seen"),
    [
        (("director", "coordinator", "chief", "kpo_lead"), {"resident", "other"}),
        (("resident", "coach"), {"resident"}),
        (("other", "other_coach"), {"other"}),
        (("instructor", "sponsor"), set()),
    ],
)
def test_each_role_lists_exactly_these_residents(world, everybody, names, seen):
    expected = {getattr(world.here, name) for name in seen}
    for name in names:
        assert set(Resident.objects.visible_to(everybody[name])) == expected, name


def test_a_mentor_and_a_pool_coach_list_no_resident(world):
    mentor, pool = UserFactory.create_batch(2)
    here = world.here.program
    RoleGrantFactory(person=mentor, program=here, role=Role.MENTOR, resident=world.here.resident)
    RoleGrantFactory(person=pool, program=here, role=Role.COACH)
    assert not Resident.objects.visible_to(mentor).exists()
    assert not Resident.objects.visible_to(pool).exists()


def test_who_coaches_and_sponsors_the_same_resident_lists_them_once(world):
    coach = world.here.coach
    world.here.sponsor.grants.update(person=coach)
    RoleGrantFactory(person=coach, program=world.here.program, role=Role.KPO_LEAD)
    assert Resident.objects.visible_to(coach).count() == 2
    assert Program.objects.visible_to(coach).count() == 1


@pytest.mark.parametrize("more", [0, 2])
def test_a_list_costs_the_ties_and_one_query(world, everybody, more, django_assert_num_queries):
    ResidentFactory.create_batch(more, program=world.here.program)
    with django_assert_num_queries(2):
        assert len(Resident.objects.visible_to(everybody["director"])) == 2 + more


def test_who_directs_elsewhere_oversees_nobody_here(world, everybody):
    stranger = everybody["far director"]
    assert programs_where(stranger, *OVERSEERS) == {world.there.program.pk}
    assert not Resident.objects.visible_to(stranger).filter(program=world.here.program).exists()


@pytest.mark.parametrize(("field", "day"), [("until", 22), ("since", 24)])
def test_a_role_that_has_ended_or_not_begun_opens_nothing(world, today, field, day):
    RoleGrant.objects.filter(person=world.here.chief).update(**{field: today.replace(day=day)})
    chief = User.objects.get(pk=world.here.chief.pk)
    assert not Resident.objects.visible_to(chief).exists()
    assert not chief.has_perm("residents.view_board", world.here.program)
