"""Stand-ups in a browser: announced by those who run them, logged with one tap."""

from datetime import date, timedelta

import pytest

from curriculum.models import Activity, StandUp
from tests.curriculum.evidence import nothing_written, said
from tests.factories.curriculum import StandUpFactory

TUESDAY = {"day": "2026-12-01", "starts": "08:00", "place": "7 East huddle wall"}


@pytest.fixture
def past(here):
    return StandUpFactory(program=here.program, day=date(2026, 11, 20))


@pytest.mark.requirement(26)
def test_announcing_leads_back_to_the_list(here, sign_in, address):
    response = sign_in(here.coach).post(address("stand-up-schedule"), TUESDAY)
    assert (response.status_code, response.url) == (302, address("stand-ups"))
    assert said(response) == [("success", "Announced. Residents on SBP that day are reminded.")]
    assert StandUp.objects.get().place == "7 East huddle wall"
    assert "7 East huddle wall" in sign_in(here.resident).get(address("stand-ups")).text


def test_announcing_twice_announces_once(here, sign_in, address):
    client = sign_in(here.coach)
    client.post(address("stand-up-schedule"), TUESDAY)
    with nothing_written():
        response = client.post(address("stand-up-schedule"), TUESDAY)
    assert said(response)[-1] == ("error", "This stand-up is already on the list.")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"day": ""}, "This field is required."),
        ({"day": "1026-12-01"}, "Give a date between 1950 and 2100"),
        ({"starts": "25:00"}, "Enter a valid time."),
        ({"place": "P" * 121}, "at most 120 characters"),
        ({"place": "Wall \x00"}, "An invisible character"),
    ],
)
def test_an_announcement_that_cannot_be_read_is_kept(here, sign_in, address, sent, words):
    with nothing_written():
        response = sign_in(here.coach).post(address("stand-up-schedule"), TUESDAY | sent)
    assert response.status_code == 422
    assert words in response.text
    assert (TUESDAY | sent)["place"].replace("\x00", "").strip() in response.text


@pytest.mark.requirement(26)
def test_one_tap_logs_it_and_the_page_says_so(here, past, sign_in, address):
    client = sign_in(here.resident)
    assert "I was there" in client.get(address("stand-ups")).text
    response = client.post(address("stand-up-attend", past.uid))
    assert (response.status_code, response.url) == (302, address("stand-ups"))
    assert said(response) == [("success", "Logged: stand-up at 7 East huddle wall.")]
    page = client.get(address("stand-ups")).text
    assert ("You were there" in page, "I was there" in page) == (True, False)
    assert Activity.objects.get().resident == here.resident


def test_two_taps_log_it_once_and_both_are_told(here, past, sign_in, address):
    client = sign_in(here.resident)
    client.post(address("stand-up-attend", past.uid))
    with nothing_written():
        response = client.post(address("stand-up-attend", past.uid))
    assert said(response)[-1] == ("success", "Logged: stand-up at 7 East huddle wall.")


def test_what_has_not_started_cannot_be_logged(here, sign_in, address):
    coming = StandUpFactory(program=here.program)
    client = sign_in(here.resident)
    assert "I was there" not in client.get(address("stand-ups")).text
    with nothing_written():
        response = client.post(address("stand-up-attend", coming.uid))
    assert said(response) == [("error", "Not logged: this stand-up has not started yet.")]


def test_the_list_leaves_out_those_of_others(world, here, past, sign_in, address):
    StandUpFactory(program=world.there.program, place="Far wall")
    coming = StandUpFactory(program=here.program)
    response = sign_in(here.resident).get(address("stand-ups"))
    assert (response.context["past"], response.context["coming"]) == ([past], [coming])


def test_only_those_who_may_announce_are_offered_the_form(here, sign_in, address):
    for role in ("director", "coordinator", "kpo_lead", "coach"):
        page = sign_in(getattr(here, role)).get(address("stand-ups")).text
        assert "Announce a stand-up" in page, role
    for role in ("resident", "chief", "instructor", "sponsor"):
        page = sign_in(getattr(here, role)).get(address("stand-ups")).text
        assert "Announce a stand-up" not in page, role


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_nine_queries_for_any_number(
    here, sign_in, address, django_assert_num_queries, rows
):
    for number in range(rows):
        StandUpFactory(program=here.program, day=date(2026, 11, 18 + number))
    client = sign_in(here.resident)
    client.get(address("stand-ups"))
    with django_assert_num_queries(9):
        assert len(client.get(address("stand-ups")).context["past"]) == rows


def test_long_lists_go_on_to_the_next_page_and_lose_nothing(here, sign_in, address):
    for number in range(45):
        StandUpFactory(program=here.program, day=date(2026, 11, 22) - timedelta(days=number))
        StandUpFactory(program=here.program, day=date(2026, 11, 24) + timedelta(days=number))
    client = sign_in(here.resident)
    for key, link in (("past", "earlier_url"), ("coming", "later_url")):
        seen, url = [], "?"
        while url:
            context = client.get(address("stand-ups") + url).context
            seen, url = seen + [row.pk for row in context[key]], context[link]
        assert len(seen) == len(set(seen)) == 45


def test_an_odd_page_address_shows_the_first_page(here, sign_in, address):
    StandUpFactory(program=here.program, day=date(2026, 11, 20))
    client = sign_in(here.resident)
    for odd in ("until=yesterday", "until=2999-01-01T00:00:00Z", "since=1999-01-01T00:00:00Z"):
        context = client.get(f"{address('stand-ups')}?{odd}").context
        assert (len(context["past"]), len(context["coming"])) == (1, 0)
