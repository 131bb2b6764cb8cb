"""Contributions: two taps, also by who is not on the pathway; they count once confirmed."""

from datetime import date
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from curriculum.models import Contribution
from curriculum.reads import contributions_of
from curriculum.services import (
    Given,
    confirm_contribution,
    log_contribution,
    withdraw_contribution,
)
from curriculum.states import ContributionKind as K
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import PathwayVersion
from residents.states import MembershipState
from tests.curriculum.evidence import refused
from tests.factories.curriculum import ContributionFactory
from tests.factories.residents import ResidentFactory

TODAY = date(2026, 11, 23)


@pytest.fixture
def light(here):
    """A preliminary resident without a pathway."""
    return ResidentFactory(program=here.program, track="preliminary")


def log(resident, by, at, kind=K.TAUGHT, day=TODAY, **fields):
    return log_contribution(resident, by=by, at=at, given=Given(kind, day, **fields))


@pytest.mark.requirement(53)
def test_what_a_resident_logs_counts_once_somebody_else_has_confirmed_it(here, at):
    logged = log(here.resident, here.resident.person, at, what=" Run charts ")
    assert logged.what == "Run charts"
    assert contributions_of(here.resident, 2).count == "0 of 2"
    confirm_contribution(logged, by=here.coach, at=at)
    found = contributions_of(here.resident, 2)
    assert (found.count, found.days, found.is_done) == ("1 of 2", (TODAY,), False)
    log(here.resident, here.coordinator, at, K.HELPED, date(2026, 11, 2))
    assert contributions_of(here.resident, 2).is_done, "what another logs is confirmed by that"


@pytest.mark.requirement(53)
def test_nobody_confirms_their_own_and_nothing_is_confirmed_twice(here, at):
    logged = log(here.resident, here.resident.person, at)
    with refused("Somebody else confirms what you logged."):
        confirm_contribution(logged, by=here.resident.person, at=at)
    confirm_contribution(logged, by=here.director, at=at)
    with refused("This was already confirmed."):
        confirm_contribution(logged, by=here.coach, at=at)
    with refused("This was confirmed: ask the program office to take it back."):
        withdraw_contribution(logged, by=here.resident.person)
    assert Contribution.objects.get().confirmed_by == here.director
    withdraw_contribution(logged, by=here.director)
    with refused("This was already taken back."):
        withdraw_contribution(logged, by=here.director)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"day": date(2026, 11, 24)}, "Not logged: Nov 24, 2026 is still to come."),
        ({"kind": K.OTHER, "what": " "}, "Not logged: say in a few words what it was."),
        ({"what": "Twice"}, "Already logged for Nov 23."),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(here, at, fields, why):
    log(here.resident, here.resident.person, at, what="Twice")
    events = Event.objects.count()
    with refused(why):
        log(here.resident, here.resident.person, at, **fields)
    assert (Contribution.objects.count(), Event.objects.count()) == (1, events)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("another_contribution_says_what", {"kind": K.OTHER, "what": ""}),
        ("contribution_kind_is_known", {"kind": "praised"}),
        ("contribution_is_logged_once_a_day", {"what": "Twice"}),
        ("contribution_is_confirmed_by_somebody_at_a_time", {"confirmed_at": "2026-11-23T20:00Z"}),
    ],
)
def test_the_database_keeps_it_too(here, constraint, fields):
    ContributionFactory(resident=here.resident, what="Twice")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ContributionFactory(resident=here.resident, **fields)


def test_it_is_one_fact_on_the_timeline(here, at):
    logged = log(here.resident, here.resident.person, at, what="Of a friend")
    confirm_contribution(logged, by=here.coach, at=at)
    withdraw_contribution(logged, by=here.coach)
    told = [line.text for line in tell(Event.objects.order_by("pk"), zone=here.program.zone)]
    name, coach = here.resident.person.name, here.coach.name
    assert told == [
        f"{name} logged a contribution: taught a conference, Nov 23.",
        f"{coach} confirmed a contribution: taught a conference, Nov 23.",
        f"{coach} took back a contribution: taught a conference, Nov 23.",
    ]


def address(name, *keys):
    return reverse(f"curriculum:{name}", args=["cascade", *keys])


def words(answer):
    return unescape(" ".join(answer.text.split()))


@pytest.mark.requirement(53)
def test_from_home_a_press_logs_it_for_today_and_the_message_takes_it_back(client, here):
    client.force_login(here.resident.person)
    home = reverse("cockpit:today", args=["cascade"])
    assert "Taught a conference today" in words(client.get(home))
    answer = client.post(
        address("contribution-log", here.resident.uid),
        {"quick": "taught", "from": "home"},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == home
    text = words(answer)
    assert "Logged: Taught a conference. It counts once it is confirmed." in text
    logged = Contribution.objects.get()
    assert (logged.day, logged.is_confirmed) == (TODAY, False)
    assert address("contribution-withdraw", logged.uid) in text
    again = client.post(
        address("contribution-log", here.resident.uid), {"quick": "taught"}, follow=True
    )
    assert "Already logged for Nov 23." in words(again)
    client.post(address("contribution-withdraw", logged.uid))
    assert not Contribution.objects.exists()


@pytest.mark.requirement(53)
def test_who_is_not_on_the_pathway_logs_and_sees_their_own(client, here, light):
    client.force_login(light.person)
    home = words(client.get(reverse("cockpit:today", args=["cascade"])))
    assert "You are not on the pathway" in home
    assert address("own-contributions") in home
    sent = {"kind": "helped", "day": "2026-10-05", "what": "Fewer lost pagers", "with_whom": "Ines"}
    answer = client.post(address("contribution-log", light.uid), sent, follow=True)
    text = words(answer)
    assert "0 contributions confirmed. 1 more waits to be confirmed." in text
    assert "Mon Oct 5 · Fewer lost pagers · with Ines" in text
    assert "that the pathway asks for" not in text
    assert "Fewer lost pagers" in words(client.get(light.get_absolute_url()))


def test_one_tap_confirms_and_the_form_of_a_coach_confirms_by_itself(client, here):
    logged = ContributionFactory(resident=here.resident)
    client.force_login(here.coach)
    page = client.get(address("contributions", here.resident.uid))
    assert address("contribution-confirm", logged.uid) in page.text
    client.post(address("contribution-confirm", logged.uid))
    logged.refresh_from_db()
    assert logged.confirmed_by == here.coach
    client.post(
        address("contribution-log", here.resident.uid), {"kind": "mentored", "day": "2026-11-20"}
    )
    assert Contribution.objects.confirmed().count() == 2
    assert "2 of the 2 that the pathway asks for." in words(
        client.get(address("contributions", here.resident.uid))
    )


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"kind": "praised", "day": "2026-11-20"}, "Select a valid choice."),
        ({"kind": "taught", "day": ""}, "This field is required."),
        ({"kind": "other", "day": "2026-11-20"}, "say in a few words what it was."),
        ({"kind": "taught", "day": "2026-12-20"}, "is still to come."),
        ({"kind": "taught", "day": "2026-11-20", "what": "x" * 201}, "at most 200 characters"),
    ],
)
def test_a_form_that_cannot_be_is_shown_again_with_why(client, here, sent, why):
    client.force_login(here.resident.person)
    answer = client.post(address("contribution-log", here.resident.uid), sent)
    assert answer.status_code == 422
    assert why in words(answer)
    assert not Contribution.objects.exists()


def test_nobody_else_may_know_of_it(client, world, here):
    logged = ContributionFactory(resident=here.resident)
    for stranger in (here.other.person, here.other_coach, here.sponsor, world.there.director):
        client.force_login(stranger)
        assert client.get(address("contributions", here.resident.uid)).status_code == 404
        for deed in ("contribution-confirm", "contribution-withdraw"):
            assert client.post(address(deed, logged.uid)).status_code == 404
    client.force_login(here.chief)
    page = client.get(address("contributions", here.resident.uid))
    assert "<form" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert client.post(address("contribution-confirm", logged.uid)).status_code == 403


@pytest.mark.requirement(53)
def test_how_many_are_asked_for_is_a_count_of_the_version(client, here):
    PathwayVersion.objects.update(contributions=5)
    ContributionFactory(resident=here.resident, confirmed=True)
    client.force_login(here.resident.person)
    page = words(client.get(address("contributions", here.resident.uid)))
    assert "1 of the 5 that the pathway asks for." in page
    plan = words(client.get(reverse("cockpit:plan", args=["cascade", here.resident.uid])))
    assert "Contributions: 5: 1 of 5, by Jul 1, 2028" in plan
    here.resident.memberships.update(state=MembershipState.WITHDRAWN)
    page = words(client.get(address("contributions", here.resident.uid)))
    assert "1 contribution confirmed." in page


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number(client, here, more, django_assert_num_queries):
    for _ in range(1 + more):
        ContributionFactory(resident=here.resident)
    client.force_login(here.director)
    client.get(address("contributions", here.resident.uid))
    with django_assert_num_queries(10):
        page = client.get(address("contributions", here.resident.uid))
    assert page.text.count("Confirm<span") == 1 + more
