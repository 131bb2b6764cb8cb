"""Whoever was signed out while they wrote is given back their words, and led to their form."""

import pytest

from tests.core.lib.test_csrf import HOSTILE, SECRETS

UID = "788d7572-97b9-5a7d-a7eb-b3042963ef40"
PAGE = f"/p/cascade/homework/{UID}/"
DEED = f"{PAGE}save/"
WORDS = {"area": "Discharge lounge, 7 East", "body": HOSTILE, "version": "3"}


def send(client, data, *, came_from="", deed=DEED):
    return client.post(deed, data, headers={"Referer": came_from} if came_from else None)


def test_words_come_back_escaped_with_a_way_to_sign_in_and_back_to_the_form(client):
    answer = send(client, WORDS, came_from=f"http://testserver{PAGE}")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You had been signed out" in page
    assert "readonly>\nDischarge lounge, 7 East</textarea>" in page
    assert HOSTILE not in page
    assert f'href="/account/sign-in/?next={PAGE}" target="_blank"' in page


def test_no_password_code_or_token_comes_back(client):
    page = send(client, SECRETS | WORDS).content.decode()
    assert [secret for secret in SECRETS.values() if secret in page] == []


@pytest.mark.parametrize(
    ("came_from", "lead_to"),
    [
        ("http://testserver/p/cascade/homework/?state=open", "/p/cascade/homework/%3Fstate%3Dopen"),
        (f"http://testserver{DEED}", PAGE),
        ("", PAGE),
        ("https://evil.example/p/cascade/homework/", PAGE),
        ("http://testserver//evil.example/", PAGE),
        ("http://[broken", PAGE),
    ],
)
def test_a_press_without_words_leads_through_sign_in_to_the_page_it_was_on(
    client, came_from, lead_to
):
    answer = send(client, {"version": "3"}, came_from=came_from)
    assert (answer.status_code, answer.url) == (302, f"/account/sign-in/?next={lead_to}")


def test_a_deed_without_a_page_above_it_leads_home(client):
    answer = send(client, {}, deed=f"/p/cascade/bookings/{UID}/withdraw/")
    assert answer.url == "/account/sign-in/?next=/"


def test_the_address_of_a_deed_opened_by_itself_says_so_and_names_its_page(client):
    answer = client.get(DEED)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address only takes a form" in page
    assert f'href="{PAGE}"' in page
