"""While a coach is away: the page on which somebody is named to stand in."""

from html import unescape

import pytest
from django.urls import reverse

from mentorship.reminders import CHECK_IN_REMINDER
from qipathway.core.notices.models import Notice
from residents.models import RoleGrant
from residents.states import Role
from tests.factories.mentorship import CheckInFactory
from tests.factories.residents import RoleGrantFactory


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def signed_in(client):
    def as_person(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_person


def address(here, name="absence"):
    return reverse(f"residents:{name}", args=[here.slug, here.coach.uid])


def text(response):
    return unescape(response.text)


def said(here, **other):
    return {
        "person": here.other_coach.uid,
        "since": "2026-11-23",
        "until": "2026-12-04",
        "residents": [here.resident.uid],
    } | other


def deputies():
    return [grant.person for grant in RoleGrant.objects.filter(role=Role.DEPUTY)]


def test_the_wall_leads_the_coach_to_the_page_and_says_who_stands_in(here, signed_in):
    client = signed_in(here.coach)
    assert "While I am away" in text(client.get(f"/p/{here.slug}/mentees/"))
    assert client.get(f"/p/{here.slug}/away/").headers["Location"] == address(here)
    page = client.post(address(here, "deputy-name"), said(here), follow=True)
    assert f"{here.other_coach.name} stands in until Dec 4, 2026, and is told." in text(page)
    assert f"Nov 23 to Dec 4: {here.resident.person.name}" in text(page)
    wall = text(signed_in(here.other_coach).get(f"/p/{here.slug}/mentees/"))
    words = f"{here.resident.person.name} for {here.coach.name} until Dec 4."
    assert words in wall


def test_check_ins_of_these_days_go_to_the_deputy_and_come_back(here, signed_in):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    client = signed_in(here.coach)
    client.post(address(here, "deputy-name"), said(here))
    check_in.refresh_from_db()
    assert check_in.coach == here.other_coach
    live = Notice.objects.standing().filter(kind=CHECK_IN_REMINDER)
    assert {n.recipient for n in live} == {here.other_coach, here.resident.person}
    client.post(address(here, "deputy-dismiss"), {"person": here.other_coach.uid})
    check_in.refresh_from_db()
    assert (check_in.coach, deputies()) == (here.coach, [])


def test_a_check_in_after_these_days_stays_with_the_coach(here, signed_in):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    sent = said(here, until="2026-12-02")
    signed_in(here.coach).post(address(here, "deputy-name"), sent)
    check_in.refresh_from_db()
    assert check_in.coach == here.coach


@pytest.mark.parametrize("role", ["kpo_lead", "director"])
def test_whoever_leads_the_coaches_names_one_for_them(here, signed_in, role):
    client = signed_in(getattr(here, role))
    assert client.get(address(here)).status_code == 200
    assert client.post(address(here, "deputy-name"), said(here)).status_code == 302
    assert deputies() == [here.other_coach]


@pytest.mark.parametrize("role", ["coordinator", "chief", "other_coach", "instructor", "resident"])
def test_nobody_else_names_or_ends_one(here, signed_in, role):
    person = getattr(here, role)
    client = signed_in(getattr(person, "person", person))
    assert client.get(address(here)).status_code == 403
    assert client.post(address(here, "deputy-name"), said(here)).status_code == 403
    gone = {"person": here.other_coach.uid}
    assert client.post(address(here, "deputy-dismiss"), gone).status_code == 403
    assert deputies() == []


def test_a_deputy_cannot_hand_on_what_they_stand_in_for(here, signed_in):
    client = signed_in(here.coach)
    client.post(address(here, "deputy-name"), said(here))
    deputy = signed_in(here.other_coach)
    assert deputy.post(address(here, "deputy-name"), said(here)).status_code == 403
    own = reverse("residents:absence", args=[here.slug, here.other_coach.uid])
    page = text(deputy.get(own))
    assert here.other.person.name in page
    assert here.resident.person.name not in page


def test_only_who_stands_in_here_is_named_when_it_ends(world, here, signed_in):
    client = signed_in(here.coach)
    client.post(address(here, "deputy-name"), said(here))
    stranger = world.there.coach
    answer = client.post(address(here, "deputy-dismiss"), {"person": stranger.uid})
    assert answer.status_code == 422
    assert "They stand in no more." in text(answer)
    assert stranger.name not in text(answer)
    assert deputies() == [here.other_coach]


@pytest.mark.parametrize(
    "odd",
    [
        {"until": "2026-11-20"},
        {"until": ""},
        {"person": ""},
        {"person": "coach"},
        {"person": "instructor"},
        {"residents": []},
        {"residents": "other"},
    ],
)
def test_an_odd_answer_is_refused_and_names_nobody(here, signed_in, odd):
    named = {
        "coach": here.coach.uid,
        "instructor": here.instructor.uid,
        "other": [here.other.uid],
    }
    sent = said(here, **{key: named.get(str(value), value) for key, value in odd.items()})
    answer = signed_in(here.coach).post(address(here, "deputy-name"), sent)
    assert answer.status_code == 422
    assert deputies() == []


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number(here, signed_in, more, django_assert_num_queries):
    for number in range(more):
        resident = here.member(f"more{number}")
        RoleGrantFactory(person=here.coach, role=Role.COACH, resident=resident)
        here.person(f"deputy{number}", Role.DEPUTY, resident)
    here.person("deputy", Role.DEPUTY, here.resident)
    client = signed_in(here.coach)
    with django_assert_num_queries(12):
        assert client.get(address(here)).status_code == 200
