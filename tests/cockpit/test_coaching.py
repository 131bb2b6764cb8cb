"""Who coaches whom: named by the KPO lead, sponsors and mentors tied by the director."""

from html import unescape

import pytest
from django.urls import reverse

from capstone.reminders import CHARTER_READY
from qipathway.core.notices.models import Notice
from residents.models import PathwayVersion, RoleGrant
from residents.states import Role
from tests.factories.capstone import ReadyProjectFactory
from tests.factories.residents import RoleGrantFactory

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def signed_in(client):
    def as_person(user):
        client.force_login(user, backend=BACKEND)
        return client

    return as_person


def address(here, name="coaching", *uids):
    return reverse(f"residents:{name}", args=[here.slug, *uids])


def text(response):
    return unescape(response.text)


def coach_of(resident):
    grants = RoleGrant.objects.active().filter(role=Role.COACH, resident=resident)
    return [grant.person for grant in grants]


@pytest.mark.requirement(47)
def test_who_has_no_coach_comes_first_and_coaches_show_what_they_carry(here, signed_in):
    newcomer = here.member("newcomer")
    page = text(signed_in(here.kpo_lead).get(address(here)))
    assert f"{newcomer.person.name} is without a coach." in page
    first, *rest = (
        page.index(f">{r.person.name}</a>") for r in (newcomer, here.other, here.resident)
    )
    assert first < min(rest)
    assert page.count("1 of 12 residents") == 2
    assert f"{here.coach.name}, has 1 of 12" in page


@pytest.mark.requirement(47)
def test_past_the_caseload_of_the_version_is_a_warning_and_no_wall(here, signed_in):
    PathwayVersion.objects.update(coach_caseload=1)
    newcomer = here.member("newcomer")
    client = signed_in(here.kpo_lead)
    assert "past the caseload" not in text(client.get(address(here)))
    url = address(here, "coach-assign", newcomer.uid)
    page = text(client.post(url, {"coach": here.coach.uid}, follow=True))
    assert coach_of(newcomer) == [here.coach]
    assert f"{here.coach.name} is past the caseload." in page
    assert page.count("Past the caseload") == 1


def test_the_kpo_lead_hands_over_and_the_page_says_so(here, signed_in):
    url = address(here, "coach-assign", here.resident.uid)
    answer = signed_in(here.kpo_lead).post(url, {"coach": here.other_coach.uid}, follow=True)
    assert coach_of(here.resident) == [here.other_coach]
    words = f"{here.other_coach.name} coaches {here.resident.person.name} from today on."
    assert words in text(answer)


@pytest.mark.parametrize("chosen", ["", "nobody", "instructor", "far"])
def test_only_who_coaches_here_can_be_chosen(world, here, signed_in, chosen):
    people = {"instructor": here.instructor.uid, "far": world.there.coach.uid}
    url = address(here, "coach-assign", here.resident.uid)
    answer = signed_in(here.kpo_lead).post(url, {"coach": people.get(chosen, chosen)})
    assert answer.status_code == 422
    assert f"Choose who coaches {here.resident.person.name}." in text(answer)
    assert coach_of(here.resident) == [here.coach]


@pytest.mark.parametrize(
    "role", ["coordinator", "chief", "coach", "instructor", "sponsor", "resident"]
)
def test_nobody_else_sees_the_page_or_names_a_coach(here, signed_in, role):
    person = getattr(here, role)
    client = signed_in(getattr(person, "person", person))
    url = address(here, "coach-assign", here.resident.uid)
    assert client.get(address(here)).status_code == 403
    assert client.post(url, {"coach": here.other_coach.uid}).status_code in {403, 404}
    assert coach_of(here.resident) == [here.coach]


def test_a_resident_of_another_program_is_not_there(world, here, signed_in):
    url = address(here, "coach-assign", world.there.resident.uid)
    answer = signed_in(here.kpo_lead).post(url, {"coach": here.coach.uid})
    assert answer.status_code == 404


def test_the_director_ties_a_sponsor_who_is_asked_at_once_for_a_ready_charter(
    here, signed_in, today
):
    ReadyProjectFactory(program=here.program, resident=here.other)
    sponsor = here.person("newsponsor", Role.SPONSOR)
    row = {"resident": here.other.uid, "role": "sponsor", "person": sponsor.uid}
    answer = signed_in(here.director).post(address(here, "role-grant"), row)
    assert answer.status_code == 302
    tie = RoleGrant.objects.get(resident=here.other, role=Role.SPONSOR)
    assert (tie.person, tie.since, tie.until) == (sponsor, today, None)
    assert [n.recipient for n in Notice.objects.filter(kind=CHARTER_READY)] == [sponsor]


def test_a_second_sponsor_is_refused_with_the_choice_kept(here, signed_in):
    other = here.person("newsponsor", Role.SPONSOR)
    row = {"resident": here.resident.uid, "role": "sponsor", "person": other.uid}
    answer = signed_in(here.director).post(address(here, "role-grant"), row)
    assert answer.status_code == 422
    words = f"{here.resident.person.name} already has a sponsor at that time: {here.sponsor.name}."
    assert words in text(answer)
    assert f'value="{other.uid}" selected' in answer.text


@pytest.mark.parametrize("role", ["director", "kpo_lead", "coach"])
def test_the_form_gives_no_other_role(here, signed_in, role):
    row = {"resident": here.other.uid, "role": role, "person": here.sponsor.uid}
    answer = signed_in(here.director).post(address(here, "role-grant"), row)
    assert answer.status_code == 422
    assert not here.sponsor.grants.filter(role=role).exists()


def test_the_kpo_lead_ties_no_sponsor_and_sees_no_form_for_it(here, signed_in):
    client = signed_in(here.kpo_lead)
    tie = here.sponsor.grants.get()
    assert "Sponsors and mentors" not in text(client.get(address(here)))
    row = {"resident": here.other.uid, "role": "sponsor", "person": here.sponsor.uid}
    assert client.post(address(here, "role-grant"), row).status_code == 403
    assert client.post(address(here, "grant-end", tie.uid)).status_code == 403


def test_the_director_ends_a_tie_after_today(here, signed_in, today):
    tie = here.sponsor.grants.get()
    signed_in(here.director).post(address(here, "grant-end", tie.uid))
    tie.refresh_from_db()
    assert tie.until == today


def test_only_sponsors_and_mentors_of_this_program_are_ended_here(world, here, signed_in):
    client = signed_in(here.director)
    for tie in (here.coach.grants.get(), world.there.sponsor.grants.get()):
        assert client.post(address(here, "grant-end", tie.uid)).status_code == 404
    assert not RoleGrant.objects.exclude(until=None).exists()


def test_who_may_not_see_the_resident_is_not_told_of_the_tie(here, signed_in):
    tie = here.sponsor.grants.get()
    answers = {
        role: signed_in(getattr(here, role)).post(address(here, "grant-end", tie.uid)).status_code
        for role in ("coordinator", "coach", "other_coach", "sponsor", "instructor")
    }
    assert answers == {
        "coordinator": 403,
        "coach": 403,
        "other_coach": 404,
        "sponsor": 404,
        "instructor": 404,
    }


def test_one_person_as_coach_and_sponsor_of_a_resident_is_done_and_warned_of(here, signed_in):
    here.person("pool", Role.COACH)
    RoleGrantFactory(person=here.sponsor, program=here.program, role=Role.COACH)
    url = address(here, "coach-assign", here.resident.uid)
    page = text(signed_in(here.kpo_lead).post(url, {"coach": here.sponsor.uid}, follow=True))
    words = f"{here.sponsor.name} is now both coach and sponsor of {here.resident.person.name}."
    assert words in page
    RoleGrantFactory(person=here.other_coach, program=here.program, role=Role.SPONSOR)
    row = {"resident": here.other.uid, "role": "sponsor", "person": here.other_coach.uid}
    page = text(signed_in(here.director).post(address(here, "role-grant"), row, follow=True))
    assert f"{here.other_coach.name} is now both coach and sponsor" in page


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number(here, signed_in, more, django_assert_num_queries):
    for number in range(more):
        resident = here.member(f"more{number}")
        here.person(f"coach{number}", Role.COACH, resident)
        RoleGrantFactory(
            program=here.program, role=Role.SPONSOR, resident=resident, person=here.sponsor
        )
    client = signed_in(here.director)
    with django_assert_num_queries(15):
        assert client.get(address(here)).status_code == 200
