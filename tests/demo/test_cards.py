"""The cards: whom they offer, whom they refuse, and where they do not exist."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(world):
    person = UserFactory(given_name="Elena", family_name="Voss", email="elena.voss@example.org")
    RoleGrantFactory(person=person, program=world.here.program, role=Role.DIRECTOR)
    return person


def sign_in_url(person):
    return reverse("demo:sign-in", args=[person.uid])


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_page_offers_only_people_who_are_there(director, client):
    page = client.get("/demo/")
    assert page.status_code == 200
    assert [card.person for card in page.context["demo_cards"]] == [director]
    assert page.content.decode().count('<form method="post" action="/demo/sign-in/') == 1
    assert sign_in_url(director) in page.content.decode()


def test_the_page_says_how_to_load_the_demo_while_nobody_is_there(client):
    page = client.get("/demo/").content.decode()
    assert "Nobody is here yet" in page
    assert "/demo/sign-in/" not in page


def test_the_sign_in_page_offers_the_same_cards(director, client):
    assert sign_in_url(director) in client.get(reverse("account_login")).content.decode()


def test_a_click_signs_in_and_leads_to_the_start(director, client):
    answer = client.post(sign_in_url(director))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(director.pk)


def test_a_second_click_changes_who_one_is_and_keeps_nothing(director, world, client):
    client.post(sign_in_url(director))
    client.session["left"] = "behind"
    first = client.session.session_key
    client.post(sign_in_url(world.here.resident.person))
    assert client.session["_auth_user_id"] == str(world.here.resident.person.pk)
    assert client.session.session_key != first
    assert "left" not in client.session


def test_looking_does_not_sign_in(director, client):
    assert client.get(sign_in_url(director)).status_code == 405
    assert not signed_in(client)


def test_a_form_from_elsewhere_is_refused(director, client):
    client.handler.enforce_csrf_checks = True
    assert client.post(sign_in_url(director)).status_code == 403
    assert not signed_in(client)


def test_nobody_outside_the_demo_program_is_signed_in(director, world, client):
    repair = UserFactory(is_superuser=True, is_staff=True)
    RoleGrantFactory(person=repair, program=world.here.program, role=Role.COORDINATOR)
    gone = UserFactory(is_active=False)
    RoleGrantFactory(person=gone, program=world.here.program, role=Role.CHIEF)
    strangers = [world.there.director, world.there.resident.person, UserFactory(), repair, gone]
    for person in strangers:
        assert client.post(sign_in_url(person)).status_code == 404
    assert client.post(reverse("demo:sign-in", args=[uuid4()])).status_code == 404
    assert not signed_in(client)


@pytest.mark.parametrize("change", [{"DEMO": False}, {"ALLOWED_HOSTS": ["*"]}])
def test_there_are_no_cards_outside_the_demo_or_for_the_network(director, client, settings, change):
    for name, value in change.items():
        setattr(settings, name, value)
    assert client.get("/demo/").status_code == 404
    assert client.post(sign_in_url(director)).status_code == 404
    assert not signed_in(client)
    assert sign_in_url(director) not in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("change", [{"DEMO": False}, {"ALLOWED_HOSTS": ["*"]}])
def test_the_mails_of_the_demo_are_shown_at_home_only(client, settings, tmp_path, change):
    settings.OUTBOX_DIR = tmp_path
    name = "01795512345678901234-0123abcd"
    (tmp_path / f"{name}.eml").write_bytes(b"Subject: Your code\r\n\r\nK7Q-M2X\r\n")
    addresses = ["/demo/outbox/", f"/demo/outbox/{name}/"]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    for setting, value in change.items():
        setattr(settings, setting, value)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_the_terminal_is_told_when_the_demo_is_not_loaded(db):
    said = StringIO()
    call_command("demo_cards", stdout=said)
    assert "not loaded" in said.getvalue()
