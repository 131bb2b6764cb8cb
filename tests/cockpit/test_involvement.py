"""The share of all residents who are involved, year by year, by a rule that the page says."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from qipathway.cockpit.reads.involvement import involvement
from residents.models import Membership
from residents.states import MembershipState, Track
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import ActivityFactory, ContributionFactory
from tests.factories.residents import ResidentFactory

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.requirement(53)


@pytest.fixture
def here(world):
    return world.here


def light(here, start=date(2025, 7, 1), track=Track.CATEGORICAL):
    return ResidentFactory(program=here.program, starts_on=start, track=track)


def shares(here):
    return [(y.label, len(y.involved), len(y.people)) for y in involvement(here.program, TODAY)]


def why(here, resident):
    [now] = [
        each for each in involvement(here.program, TODAY)[-1].people if each.resident == resident
    ]
    return now.reasons


def test_who_is_on_the_pathway_counts_and_who_is_not_is_counted_among_all(here):
    light(here)
    assert shares(here) == [("2025–26", 2, 3), ("2026–27", 2, 3)]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda r: ActivityFactory(resident=r, day=date(2026, 7, 1)), "activities"),
        (lambda r: ContributionFactory(resident=r, confirmed=True), "contributions"),
        (lambda r: ProjectFactory(resident=r), "capstone"),
    ],
)
def test_each_thing_of_the_rule_makes_somebody_involved(here, make, reason):
    somebody = light(here)
    assert why(here, somebody) == ()
    make(somebody)
    assert why(here, somebody) == (reason,)


def test_what_waits_to_be_confirmed_and_what_was_last_year_do_not_count_now(here):
    somebody = light(here)
    ContributionFactory(resident=somebody)
    ActivityFactory(resident=somebody, day=date(2026, 6, 30))
    assert why(here, somebody) == ()
    assert shares(here)[0] == ("2025–26", 3, 3)


def test_a_preliminary_resident_is_counted_in_their_first_year_alone(here):
    light(here, track=Track.PRELIMINARY)
    light(here, start=date(2023, 7, 1))
    assert shares(here) == [
        ("2023–24", 0, 1),
        ("2024–25", 0, 1),
        ("2025–26", 2, 4),
        ("2026–27", 2, 2),
    ]


def test_who_left_the_pathway_was_involved_up_to_the_year_of_leaving(here):
    Membership.objects.filter(resident=here.other).update(
        state=MembershipState.WITHDRAWN, ended_on=date(2026, 3, 2)
    )
    assert shares(here) == [("2025–26", 2, 2), ("2026–27", 1, 2)]


def test_who_starts_next_year_is_not_in_training_yet(here):
    light(here, start=date(2027, 7, 1))
    assert shares(here)[-1] == ("2026–27", 2, 2)


@pytest.fixture
def page(client):
    def get(user, slug="cascade"):
        client.force_login(user)
        return client.get(reverse("cockpit:involvement", args=[slug]))

    return get


def test_the_page_says_the_share_the_rule_and_who_is_counted(page, here):
    somebody = light(here)
    text = " ".join(unescape(page(here.chief).text).split())
    lead = "2 of 3 residents are involved in 2026–27, 67%; it was 67% in 2025–26."
    assert lead in text
    assert "Everybody in training in that year is counted, on the pathway or not" in text
    others = text.partition("Not yet")[2]
    assert somebody.person.name in others
    assert here.resident.person.name not in others


def test_the_share_is_drawn_from_nothing_to_all(page, here):
    chart = page(here.director).context["chart"]
    assert all(f">{tick}</text>" in chart for tick in (0, 100))


def test_nobody_of_another_program_is_counted_or_may_look(page, world):
    stranger = light(world.there)
    ContributionFactory(resident=stranger, confirmed=True)
    assert shares(world.here)[-1] == ("2026–27", 2, 2)
    assert page(world.there.director).status_code == 404
    for person in (world.here.coach, world.here.resident.person, world.here.sponsor):
        assert page(person).status_code == 403


def test_without_anybody_in_training_the_page_says_what_will_be_there(page, here):
    type(here.resident).objects.update(starts_on=date(2027, 7, 1))
    text = page(here.director).text
    assert "Nobody in training yet" in text
    assert "<figure" not in text


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number(page, here, more, django_assert_num_queries):
    for _ in range(1 + more):
        somebody = light(here)
        ContributionFactory(resident=somebody, confirmed=True)
        ActivityFactory(resident=somebody)
    page(here.director)
    with django_assert_num_queries(18):
        page(here.director)
