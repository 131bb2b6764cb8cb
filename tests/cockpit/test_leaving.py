"""Somebody leaves: who depends on them is named, handed over together, and then they go."""

from html import unescape

import pytest
from django.urls import reverse

from capstone.reminders import CHARTER_READY
from curriculum.models import Session
from mentorship.reminders import CHECK_IN_REMINDER
from qipathway.core.accounts.models import User
from qipathway.core.notices.models import Notice
from residents.models import RoleGrant
from residents.states import Role
from tests.factories.capstone import ReadyProjectFactory
from tests.factories.curriculum import SessionFactory
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


def address(here, name, person, namespace="residents"):
    return reverse(f"{namespace}:{name}", args=[here.slug, person.uid])


def text(response):
    return unescape(response.text)


def holders_of(role, *residents):
    ties = RoleGrant.objects.active().filter(role=role, resident__in=residents)
    return {tie.person for tie in ties}


def test_who_depends_on_a_coach_is_named_and_nothing_can_be_closed_yet(here, signed_in):
    page = text(signed_in(here.director).get(address(here, "leaving", here.coach)))
    assert here.resident.person.name in page
    assert "Once nobody depends on Coach" in page
    assert "Close the account" not in page


def test_the_hand_over_is_previewed_and_the_preview_writes_nothing(here, signed_in, today):
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    sent = {
        "role": "coach",
        "person": here.other_coach.uid,
        "residents": [here.resident.uid],
    }
    page = text(signed_in(here.director).get(address(here, "leaving", here.coach), sent))
    words = f"coached by {here.other_coach.name}; the check-in on Dec 3 moves to them"
    assert words in page
    assert f"{here.other_coach.name} then coaches 2 of 12." in page
    check_in.refresh_from_db()
    assert check_in.coach == here.coach
    assert holders_of(Role.COACH, here.resident) == {here.coach}


@pytest.mark.requirement(47)
def test_all_chosen_residents_go_to_the_new_coach_with_their_check_ins(here, signed_in):
    second = here.member("second")
    RoleGrantFactory(person=here.coach, role=Role.COACH, resident=second)
    check_in = CheckInFactory(resident=here.resident, coach=here.coach)
    sent = {
        "role": "coach",
        "person": here.other_coach.uid,
        "residents": [here.resident.uid, second.uid],
    }
    url = address(here, "residents-reassign", here.coach)
    page = text(signed_in(here.director).post(url, sent, follow=True))
    assert f"2 residents go to {here.other_coach.name} from today on." in page
    assert holders_of(Role.COACH, here.resident, second) == {here.other_coach}
    check_in.refresh_from_db()
    assert check_in.coach == here.other_coach
    reminded = Notice.objects.standing().filter(kind=CHECK_IN_REMINDER)
    assert {n.recipient for n in reminded} == {here.other_coach, here.resident.person}
    assert "Nobody depends on them" in page
    assert "Close the account" in page


@pytest.mark.requirement(45)
def test_a_sponsor_s_residents_go_to_another_who_is_asked_for_what_waits(here, signed_in):
    ReadyProjectFactory(program=here.program, resident=here.resident)
    other = here.person("newsponsor", Role.SPONSOR)
    sent = {"role": "sponsor", "person": other.uid, "residents": [here.resident.uid]}
    signed_in(here.director).post(address(here, "residents-reassign", here.sponsor), sent)
    assert holders_of(Role.SPONSOR, here.resident) == {other}
    asked = Notice.objects.standing().filter(kind=CHARTER_READY, recipient=other)
    assert asked.count() == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"person": ""},
        {"person": "not-a-uid"},
        {"residents": []},
        {"role": "director"},
        {"person": "leaver"},
        {"person": "instructor"},
        {"residents": "other"},
    ],
)
def test_an_odd_hand_over_is_refused_and_writes_nothing(here, signed_in, odd):
    named = {
        "leaver": here.coach.uid,
        "instructor": here.instructor.uid,
        "other": [here.other.uid],
    }
    odd = {
        key: named.get(value, value) if isinstance(value, str) else value
        for key, value in odd.items()
    }
    sent = {"role": "coach", "person": here.other_coach.uid, "residents": [here.resident.uid]}
    url = address(here, "residents-reassign", here.coach)
    answer = signed_in(here.director).post(url, sent | odd)
    assert answer.status_code == 422
    assert holders_of(Role.COACH, here.resident) == {here.coach}


def test_classes_to_come_go_to_another_instructor_and_taught_ones_stay(here, signed_in):
    ahead = SessionFactory(program=here.program, instructor=here.instructor)
    other = here.person("newinstructor", Role.INSTRUCTOR)
    client = signed_in(here.director)
    url = address(here, "person-deactivate", here.instructor)
    page = text(client.post(url, follow=True))
    assert f"{here.instructor.name} teaches a class to come. Hand them over first." in page
    move = address(here, "sessions-reassign", here.instructor, "curriculum")
    sent = {"instructor": other.uid, "sessions": [ahead.uid]}
    assert client.post(move, sent | {"instructor": here.sponsor.uid}).status_code == 422
    client.post(move, sent)
    assert Session.objects.get(pk=ahead.pk).instructor == other
    client.post(url)
    here.instructor.refresh_from_db()
    assert not here.instructor.is_active


def test_a_closed_account_says_so_and_is_opened_again(here, signed_in):
    client = signed_in(here.director)
    client.post(address(here, "person-deactivate", here.chief))
    assert "The account is closed." in text(client.get(address(here, "person", here.chief)))
    client.post(address(here, "person-reactivate", here.chief))
    here.chief.refresh_from_db()
    assert here.chief.is_active


def test_roles_end_here_and_the_account_of_whom_others_count_on_stays(world, here, signed_in):
    RoleGrantFactory(person=here.chief, program=world.there.program, role=Role.CHIEF)
    client = signed_in(here.director)
    page = text(client.get(address(here, "leaving", here.chief)))
    assert "They are counted on in another program" in page
    assert world.there.program.name not in page
    assert "Close the account" not in page
    client.post(address(here, "person-release", here.chief))
    assert [grant.program for grant in here.chief.grants.active()] == [world.there.program]


def test_the_only_director_is_told_that_they_stay(here, signed_in):
    page = text(signed_in(here.director).get(address(here, "leaving", here.director)))
    assert f"{here.director.name} alone directs the program." in page
    assert "Close the account" not in page


@pytest.mark.parametrize(
    "deed", ["residents-reassign", "person-release", "person-deactivate", "person-reactivate"]
)
@pytest.mark.parametrize("role", ["coordinator", "kpo_lead", "coach", "resident"])
def test_nobody_but_a_director_lets_people_go(here, signed_in, deed, role):
    person = getattr(here, role)
    client = signed_in(getattr(person, "person", person))
    sent = {"role": "coach", "person": here.other_coach.uid, "residents": [here.resident.uid]}
    assert client.post(address(here, deed, here.coach), sent).status_code == 403
    assert holders_of(Role.COACH, here.resident) == {here.coach}


def test_people_of_another_program_are_not_let_go(world, here, signed_in):
    client = signed_in(here.director)
    for deed in ("leaving", "person-release", "person-deactivate", "person-correct"):
        url = address(here, deed, world.there.chief)
        answer = client.get(url) if deed == "leaving" else client.post(url)
        assert answer.status_code == 404
    world.there.chief.refresh_from_db()
    assert world.there.chief.is_active


def test_an_address_is_corrected_and_two_people_swap_in_one_form(here, signed_in):
    client = signed_in(here.director)
    url = address(here, "person-correct", here.coach)
    mine, theirs = here.coach.email, here.sponsor.email
    sent = {"given_name": "Coach", "family_name": "New", "email": theirs}
    asked = client.post(url, sent)
    assert asked.status_code == 422
    assert f"{here.sponsor.name} has this address." in text(asked)
    assert "Swap the two addresses." in text(asked)
    assert client.post(url, {**sent, "swap": "on"}).status_code == 302
    emails = dict(User.objects.values_list("pk", "email"))
    assert (emails[here.coach.pk], emails[here.sponsor.pk]) == (theirs, mine)


def test_a_coordinator_cannot_reach_an_account_above_their_own(here, signed_in):
    """Whoever can change an address can sign in with it."""
    client = signed_in(here.coordinator)
    mine = "mine@example.org"
    for person in (here.director, here.chief, here.coordinator):
        sent = {"given_name": "X", "email": mine}
        assert client.post(address(here, "person-correct", person), sent).status_code == 403
        assert "Name and address" not in text(client.get(address(here, "person", person)))
    swap = {"given_name": "X", "email": here.director.email, "swap": "on"}
    assert client.post(address(here, "person-correct", here.coach), swap).status_code == 403
    assert not User.objects.filter(email=mine).exists()
    assert (
        client.post(
            address(here, "person-correct", here.sponsor), {"given_name": "S", "email": mine}
        ).status_code
        == 302
    )
    assert User.objects.get(email=mine) == here.sponsor


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number(here, signed_in, more, django_assert_num_queries):
    SessionFactory.create_batch(1 + more, program=here.program, instructor=here.coach)
    for number in range(more):
        resident = here.member(f"more{number}")
        RoleGrantFactory(person=here.coach, role=Role.COACH, resident=resident)
    client = signed_in(here.director)
    with django_assert_num_queries(18):
        assert client.get(address(here, "leaving", here.coach)).status_code == 200
