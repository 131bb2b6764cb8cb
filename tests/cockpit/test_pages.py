"""Where each role begins, what a search finds, and whose time a page shows."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import CourseFactory, HomeworkFactory
from tests.factories.residents import RoleGrantFactory

BEGINS = {
    "director": "/board/",
    "coordinator": "/board/",
    "chief": "/board/",
    "kpo_lead": "/board/",
    "coach": "/mentees/",
    "instructor": "/sessions/",
    "sponsor": "/sponsored/",
}


@pytest.fixture
def visit(client):
    def get(user, path, **query):
        client.force_login(user)
        return client.get(path, query)

    return get


@pytest.mark.parametrize(("role", "page"), BEGINS.items())
def test_each_role_begins_where_its_work_is(visit, world, role, page):
    response = visit(getattr(world.here, role), "/p/cascade/")
    assert response.url == f"/p/cascade{page}"


def test_a_resident_begins_at_home(visit, world):
    assert visit(world.here.resident.person, "/p/cascade/").url == "/p/cascade/today/"


def test_a_third_year_who_also_coaches_keeps_the_home_page_and_gets_the_wall(visit, world):
    person = world.here.other.person
    RoleGrantFactory(
        person=person, program=world.here.program, role=Role.COACH, resident=world.here.member("x")
    )
    page = visit(person, "/p/cascade/today/")
    labels = [item.label for section in page.context["navigation"] for item in section.items]
    assert labels[:3] == ["Home", "Mentees", "To review"]


def test_a_role_without_pages_yet_is_told_so(visit, world):
    mentor = world.here.person("mentor", Role.MENTOR)
    assert "Nothing waits for you" in visit(mentor, "/p/cascade/").text


def test_somebody_without_any_role_is_told_whom_to_ask(visit, db):
    assert "You hold no role in a program today" in visit(UserFactory(), "/").text


def test_somebody_with_one_program_is_led_into_it_and_with_two_chooses(visit, world):
    director = world.here.director
    assert visit(director, "/").url == "/p/cascade/"
    RoleGrantFactory(person=director, program=world.there.program, role=Role.REVIEWER)
    assert visit(world.here.director, "/").status_code == 200


def test_search_finds_people_by_any_part_of_a_name_whatever_its_accents(visit, world):
    person = world.here.resident.person
    person.given_name, person.family_name = "Åsa", "García Márquez"
    person.save()
    for words in ("asa", "garcia", "MARQUEZ asa", "Márq"):
        found = visit(world.here.director, reverse("cockpit:search", args=["cascade"]), q=words)
        assert found.context["found"].residents == (world.here.resident,), words


def test_search_finds_only_what_the_viewer_may_see(visit, world):
    CourseFactory(program=world.there.program, title="Secret class")
    ProjectFactory(resident=world.there.resident, title="Secret project")
    ProjectFactory(resident=world.here.other, title="Secret of the other")
    for words in ("Secret", world.there.resident.person.family_name):
        found = visit(world.here.coach, reverse("cockpit:search", args=["cascade"]), q=words)
        assert not found.context["found"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "' OR 1=1 --", "x" * 5000, "<script>"])
def test_search_takes_any_text(visit, world, words):
    found = visit(world.here.director, reverse("cockpit:search", args=["cascade"]), q=words)
    assert (found.status_code, "<script>" in found.text) == (200, False)


def test_times_are_those_of_the_program_and_not_of_the_server(visit, world):
    homework = HomeworkFactory(
        booking__resident=world.here.resident,
        booking__session__program=world.here.program,
        booking__session__instructor=world.here.instructor,
        submitted=True,
        submitted_at=datetime(2026, 11, 19, 4, tzinfo=UTC),
    )
    page = visit(world.here.coach, homework.get_absolute_url())
    assert "Nov 18" in page.text
    assert "Nov 19" not in page.text
