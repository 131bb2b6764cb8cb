"""What the lists of the roof cost, at one row and at three."""

import pytest
from django.urls import reverse

from residents.states import Role
from tests.factories.capstone import ProjectFactory, ReadyProjectFactory
from tests.factories.curriculum import CourseFactory
from tests.factories.residents import ProgramFactory, RoleGrantFactory

SEARCH, SPONSORED, PROGRAMS = 8, 7, 4


@pytest.fixture
def visit(client):
    def get(user, name, **query):
        client.force_login(user)
        return lambda: client.get(name, query)

    return get


def test_a_search_costs_the_same_for_one_and_three_of_everything(
    visit, world, django_assert_num_queries
):
    here = world.here
    look = visit(here.director, reverse("cockpit:search", args=["cascade"]), q="zeta")

    def add(name):
        resident = here.member(f"zeta{name}")
        ProjectFactory(resident=resident, title=f"Zeta {name}")
        CourseFactory(program=here.program, title=f"Zeta {name}")

    for names in (["one"], ["two", "three"]):
        for name in names:
            add(name)
        look()
        with django_assert_num_queries(SEARCH):
            found = look().context["found"]
    assert [len(part) for part in (found.residents, found.projects, found.courses)] == [3, 3, 3]


def test_a_sponsor_s_list_costs_the_same_for_one_and_three_projects(
    visit, world, django_assert_num_queries
):
    here = world.here
    look = visit(here.sponsor, reverse("cockpit:sponsored", args=["cascade"]))
    ProjectFactory(resident=here.resident)
    look()
    with django_assert_num_queries(SPONSORED):
        assert len(look().context["rows"]) == 1
    for name in ("two", "three"):
        resident = here.member(name)
        RoleGrantFactory(
            person=here.sponsor, program=here.program, role=Role.SPONSOR, resident=resident
        )
        ProjectFactory(resident=resident)
    with django_assert_num_queries(SPONSORED):
        assert len(look().context["rows"]) == 3


def test_the_choice_of_programs_costs_the_same_for_two_and_four(
    visit, world, django_assert_num_queries
):
    def add():
        RoleGrantFactory(person=world.here.director, program=ProgramFactory(), role=Role.REVIEWER)

    look = visit(world.here.director, "/")
    add()
    look()
    with django_assert_num_queries(PROGRAMS):
        assert len(look().context["programs"]) == 2
    add()
    add()
    with django_assert_num_queries(PROGRAMS):
        assert len(look().context["programs"]) == 4


def test_a_sponsor_is_told_first_which_charter_waits_for_their_signature(visit, world):
    here = world.here
    ProjectFactory(resident=here.resident)
    second = here.member("second")
    RoleGrantFactory(person=here.sponsor, program=here.program, role=Role.SPONSOR, resident=second)
    look = visit(here.sponsor, reverse("cockpit:sponsored", args=["cascade"]))
    assert look().context["lead"].startswith("Nothing waits for your signature.")
    ready = ReadyProjectFactory(resident=second)
    rows = look().context["rows"]
    assert [row.waits for row in rows] == [True, False]
    assert (rows[0].project, rows[0].status) == (ready, "Waits for your signature")
    assert look().context["lead"] == "One charter waits for your signature."
