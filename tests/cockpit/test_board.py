"""The director's board: its cost, its order, its filters, and what is put off."""

import re
from datetime import date

import pytest
from django.urls import reverse

from mentorship.models import CheckIn
from qipathway.cockpit.models import Snooze
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import (
    BookingFactory,
    CourseFactory,
    HomeworkFactory,
    SessionFactory,
)
from tests.factories.mentorship import CheckInFactory

QUERIES = 31


@pytest.fixture
def board(client, world):
    client.force_login(world.here.director)

    def get(query=""):
        return client.get(reverse("cockpit:board", args=["cascade"]) + query)

    return get


def names(response):
    return re.findall(r'class="q-name" href="[^"]*/residents/[^"]*">([^<]+)<', response.text)


def booked(hospital, resident, **fields):
    course = CourseFactory(program=hospital.program)
    session = SessionFactory(program=hospital.program, course=course)
    return BookingFactory(session=session, resident=resident, **fields)


def test_the_board_costs_the_same_for_one_resident_and_for_three(
    board, world, django_assert_num_queries
):
    world.here.other.memberships.all().delete()
    booked(world.here, world.here.resident)
    board()
    with django_assert_num_queries(QUERIES):
        assert len(names(board())) == 1
    for name in ("third", "fourth"):
        resident = world.here.member(name)
        booked(world.here, resident)
        CheckInFactory(resident=resident, coach=world.here.coach, held=True)
    with django_assert_num_queries(QUERIES):
        assert len(names(board())) == 3


def test_nobody_of_another_program_is_on_the_board(board, world):
    there = world.there.member("stranger")
    assert there.person.name not in board().text


def test_the_board_sorts_by_who_needs_the_director_most(board, world):
    for resident in (world.here.resident, world.here.other):
        CheckInFactory(resident=resident, coach=world.here.coach, held=True, day=date(2026, 11, 16))
    CheckIn.objects.filter(resident=world.here.other).update(ask_director=True)
    assert names(board())[0] == world.here.other.person.name


def test_a_snoozed_decision_leaves_the_cards_of_its_viewer_and_comes_back(board, client, world):
    before = board().context["cards"]
    resident, reason = before[0].standing.resident, before[0].reason.kind
    url = reverse("cockpit:snooze", args=["cascade", resident.uid, reason])
    client.post(url)
    client.post(url)
    assert Snooze.objects.count() == 1
    after = [(c.standing.resident, c.reason.kind) for c in board().context["cards"]]
    assert (resident, reason) not in after
    client.post(reverse("cockpit:unsnooze", args=["cascade", resident.uid, reason]))
    assert [c.reason.kind for c in board().context["cards"]] == [c.reason.kind for c in before]


def test_filters_live_in_the_address_and_odd_ones_show_nobody(board, world):
    assert len(names(board("?year=2"))) == 2
    assert names(board("?year=1")) == []
    assert names(board("?coach=%27%22")) == []
    assert names(board(f"?coach={world.here.coach.pk}")) == [world.here.resident.person.name]
    assert "Nobody matches" in board("?year=9").text


def test_a_phone_keeps_back_who_is_on_plan_until_something_is_asked_for(board, world):
    world.here.other.memberships.all().delete()
    ProjectFactory(resident=world.here.resident)
    day = date(2026, 11, 16)
    CheckInFactory(resident=world.here.resident, coach=world.here.coach, held=True, day=day)
    assert board().context["waiting"] == 0
    late = world.here.member("third")
    late.ties.all().delete()
    page = board()
    assert (page.context["waiting"], page.text.count("is-calm")) == (1, 1)
    assert board("?show=all").context["waiting"] == 0


def test_the_board_is_not_for_coaches_residents_or_sponsors(client, world):
    here = world.here
    for user in (here.coach, here.resident.person, here.sponsor, here.instructor):
        client.force_login(user)
        assert client.get(reverse("cockpit:board", args=["cascade"])).status_code == 403
    client.force_login(world.there.director)
    assert client.get(reverse("cockpit:board", args=["cascade"])).status_code == 404


def test_a_chief_sees_cells_without_the_links_to_homework_and_projects_that_a_director_has(
    client, world
):
    here = world.here
    homework = HomeworkFactory(
        booking__resident=here.resident, booking__session__program=here.program, submitted=True
    )
    project = ProjectFactory(resident=here.resident)
    linked = {}
    for role in ("director", "chief"):
        client.force_login(getattr(here, role))
        text = client.get(reverse("cockpit:board", args=["cascade"])).text
        linked[role] = [thing.get_absolute_url() in text for thing in (homework, project)]
    assert linked == {"director": [True, True], "chief": [False, False]}


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "{{7*7}}", "O'Brien & Śmith"])
def test_names_are_text_and_nothing_else(board, world, hostile):
    person = world.here.resident.person
    person.family_name = hostile
    person.save()
    page = board()
    assert "<img src=x" not in page.text
    assert person.name in names_unescaped(page)


def names_unescaped(response):
    from html import unescape

    return [unescape(name) for name in names(response)]
