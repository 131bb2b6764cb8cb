"""The page of people: who does what, who is invited, and how a role is given and ended."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from qipathway.core.accounts.models import User
from residents.models import Invitation, RoleGrant
from residents.states import InvitationState, Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import InvitationFactory, RoleGrantFactory

DAY = timedelta(days=1)
NOOR = {"given_name": "Noor", "family_name": "Haddad", "email": "noor.haddad@example.org"}


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def signed_in(client):
    def as_person(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_person


def address(here, name="people", *uids):
    return reverse(f"residents:{name}", args=[here.slug, *uids])


def text(response):
    return unescape(response.text)


def listed(response):
    return {row.person: row.words for row in response.context["rows"]}


def test_everybody_with_a_role_stands_there_with_what_they_do(world, here, signed_in, today):
    RoleGrantFactory(person=here.coach, role=Role.COACH, resident=here.member("newcomer"))
    here.chief.grants.update(until=today + DAY)
    late = here.person("late", Role.SPONSOR)
    late.grants.update(since=today + 9 * DAY)
    gone = here.person("gone", Role.MENTOR)
    gone.grants.update(until=today - DAY)
    page = signed_in(here.coordinator).get(address(here))
    rows = listed(page)
    assert rows[here.coach] == "KPO coach of 2 residents"
    assert rows[here.chief] == "Chief resident until Nov 24"
    assert rows[late] == "Sponsor from Dec 2"
    assert not {gone, here.resident.person, world.there.coach} & set(rows)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=sponsor", {"Sponsor"}),
        ("when=before", {"Gone"}),
        ("when=any&role=mentor", {"Gone"}),
        ("role=resident", {"Resident", "Other"}),
        ("q=OTHÉR", {"Other", "Othercoach"}),
        ("role=nonsense&when=nonsense&q=lead", {"Lead"}),
        ("q=nobody", set()),
    ],
)
def test_the_address_filters(here, signed_in, today, query, names):
    here.person("gone", Role.MENTOR).grants.update(until=today - DAY)
    page = signed_in(here.director).get(f"{address(here)}?{query}")
    assert {person.given_name for person in listed(page)} == names


def test_who_is_invited_and_who_cannot_sign_in_is_said(here, signed_in):
    InvitationFactory(program=here.program, person__given_name="Noor")
    User.objects.filter(pk=here.sponsor.pk).update(is_active=False)
    page = text(signed_in(here.director).get(address(here)))
    assert "8 people hold a role today. 1 invitation waits. 1 person cannot sign in." in page
    assert "Invited as sponsor" in page
    assert "Cannot sign in" in page


@pytest.mark.parametrize(
    "role", ["chief", "kpo_lead", "coach", "instructor", "sponsor", "resident"]
)
def test_nobody_else_sees_or_changes_people(here, signed_in, role):
    person = getattr(here, role)
    client = signed_in(getattr(person, "person", person))
    grants = RoleGrant.objects.count()
    row = {"role": "chief", "since": "2026-11-23"}
    chief = here.chief.grants.get()
    answers = {
        client.get(address(here)).status_code,
        client.get(address(here, "person", here.coach.uid)).status_code,
        client.post(address(here, "person-invite"), {**NOOR, "role": "chief"}).status_code,
        client.post(address(here, "role-give", here.coach.uid), row).status_code,
        client.post(address(here, "role-end", chief.uid), {"on": "2026-11-23"}).status_code,
    }
    assert answers == {403}
    assert (RoleGrant.objects.count(), Invitation.objects.count()) == (grants, 0)


def test_people_of_another_program_are_not_there(world, here, signed_in):
    client = signed_in(here.director)
    far = world.there.chief
    assert client.get(address(here, "person", far.uid)).status_code == 404
    row = {"role": "chief", "since": "2026-11-23"}
    assert client.post(address(here, "role-give", far.uid), row).status_code == 404
    end = address(here, "role-end", far.grants.get().uid)
    assert client.post(end, {"on": "2026-11-23"}).status_code == 404
    letter = InvitationFactory(program=world.there.program)
    for verb in ("show", "renew", "revoke"):
        assert (
            client.post(reverse(f"residents:invitation-{verb}", args=[letter.uid])).status_code
            == 404
        )
    letter.refresh_from_db()
    assert letter.state == InvitationState.PENDING


def test_a_director_invites_and_sees_the_invitation_on_the_person_s_page(here, signed_in):
    client = signed_in(here.director)
    sent = {**NOOR, "role": "kpo_lead", "until": "2027-06-30"}
    page = client.post(address(here, "person-invite"), sent, follow=True)
    invitation = Invitation.objects.get()
    assert (invitation.role, str(invitation.until), invitation.since) == (
        "kpo_lead",
        "2027-06-30",
        None,
    )
    assert page.redirect_chain[-1][0] == address(here, "person", invitation.person.uid)
    assert "To noor.haddad@example.org, open until" in text(page)
    client.post(reverse("residents:invitation-renew", args=[invitation.uid]))
    renewed = Invitation.objects.open().get()
    assert renewed != invitation
    client.post(reverse("residents:invitation-revoke", args=[renewed.uid]))
    assert not Invitation.objects.open().exists()


def test_who_may_be_there_already_is_shown_before_somebody_new_is_made(here, signed_in):
    User.objects.filter(pk=here.coach.pk).update(given_name="Nóor", family_name="Haddád")
    client = signed_in(here.director)
    sent = {**NOOR, "role": "sponsor"}
    page = client.post(address(here, "person-invite"), sent)
    assert page.status_code == 422
    assert "Is it one of these?" in text(page)
    assert address(here, "person", here.coach.uid) in page.text
    assert 'value="noor.haddad@example.org"' in page.text
    assert not User.objects.filter(email=NOOR["email"]).exists()
    assert client.post(address(here, "person-invite"), {**sent, "sure": "on"}).status_code == 302
    assert Invitation.objects.get().email == NOOR["email"]


def test_nobody_of_another_program_is_named_as_alike(world, here, signed_in):
    User.objects.filter(pk=world.there.coach.pk).update(given_name="Noor", family_name="Haddad")
    sent = {**NOOR, "role": "sponsor"}
    assert signed_in(here.director).post(address(here, "person-invite"), sent).status_code == 302


def test_a_coordinator_gives_clerical_roles_and_cannot_reach_for_more(here, signed_in):
    client = signed_in(here.coordinator)
    give = address(here, "role-give", here.instructor.uid)
    since = {"since": "2026-11-23"}
    assert client.post(give, {"role": "sponsor", **since}).status_code == 302
    assert client.post(give, {"role": "director", **since}).status_code == 422
    assert client.post(address(here, "person-invite"), {**NOOR, "role": "chief"}).status_code == 422
    own = address(here, "role-give", here.coordinator.uid)
    assert client.post(own, {"role": "coach", **since}).status_code == 422
    chief = here.chief.grants.get()
    end = address(here, "role-end", chief.uid)
    assert client.post(end, {"on": "2026-11-23"}).status_code == 403
    given = {g.role for g in here.instructor.grants.all()} | {
        g.role for g in here.coordinator.grants.all()
    }
    assert given == {"instructor", "sponsor", "coordinator"}
    chief.refresh_from_db()
    assert chief.until is None


def test_fields_that_no_form_has_change_nothing_and_are_logged(world, here, signed_in, caplog):
    """Mass assignment: what is posted beside the fields of the form is not looked at."""
    client = signed_in(here.coordinator)
    extra = {
        "person": here.coordinator.uid,
        "person_id": here.coordinator.pk,
        "program": world.there.program.pk,
        "resident": here.resident.uid,
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "",
        "state": "accepted",
        "by": here.director.pk,
        "roles": "director",
    }
    give = address(here, "role-give", here.instructor.uid)
    client.post(give, {"role": "sponsor", "since": "2026-11-23", **extra})
    [noted] = [each for each in caplog.records if each.name == "qipathway.core.lib.forms"]
    assert noted.getMessage() == (
        "RoleForm was sent what it does not ask: ['by', 'is_active', 'is_staff', 'is_superuser', "
        "'person', 'program', 'state']"
    )
    grant = here.instructor.grants.get(role=Role.SPONSOR)
    assert (grant.program, grant.resident) == (here.program, None)
    client.post(address(here, "person-invite"), {**NOOR, "role": "mentor", **extra})
    invitation = Invitation.objects.get()
    assert (invitation.program, invitation.state, invitation.invited_by) == (
        here.program,
        "pending",
        here.coordinator,
    )
    person = invitation.person
    assert (person.is_active, person.is_staff, person.is_superuser) == (True, False, False)


def test_a_role_is_ended_on_the_day_that_was_said(here, signed_in):
    chief = here.chief.grants.get()
    client = signed_in(here.director)
    page = client.post(address(here, "role-end", chief.uid), {"on": "2026-12-01"}, follow=True)
    assert "The role ends after Dec 1, 2026." in text(page)
    chief.refresh_from_db()
    assert str(chief.until) == "2026-12-01"
    page = client.post(address(here, "role-end", chief.uid), {"on": "soon"}, follow=True)
    assert "Give the last day of the role." in text(page)


def test_the_last_director_is_told_why_they_cannot_go(here, signed_in):
    own = here.director.grants.get()
    url = address(here, "role-end", own.uid)
    page = signed_in(here.director).post(url, {"on": "2026-11-23"}, follow=True)
    assert "Name another director first." in text(page)
    own.refresh_from_db()
    assert own.until is None


def test_a_refused_role_keeps_what_was_typed(here, signed_in):
    url = address(here, "role-give", here.chief.uid)
    answer = signed_in(here.director).post(url, {"role": "chief", "since": "2026-11-24"})
    assert answer.status_code == 422
    assert f"{here.chief.name} already holds the role chief resident" in text(answer)
    assert 'value="2026-11-24"' in answer.text


@pytest.mark.parametrize("more", [0, 2])
def test_the_pages_cost_the_same_for_any_number(here, signed_in, more, django_assert_num_queries):
    for number in range(more):
        resident = here.member(f"more{number}")
        RoleGrantFactory(
            program=here.program, role=Role.COACH, resident=resident, person=here.coach
        )
        here.person(f"chief{number}", Role.CHIEF)
        InvitationFactory(program=here.program, person=UserFactory())
        InvitationFactory(
            program=here.program, person=here.coach, role=[Role.MENTOR, Role.SPONSOR][number]
        )
    client = signed_in(here.director)
    with django_assert_num_queries(9):
        assert client.get(f"{address(here)}?q=e").status_code == 200
    with django_assert_num_queries(11):
        assert client.get(address(here, "person", here.coach.uid)).status_code == 200


def test_a_coach_who_stands_in_for_another_is_corrected_like_any_coach(here, signed_in, today):
    deputy = here.person("deputy", Role.DEPUTY, here.resident)
    RoleGrantFactory(program=here.program, role=Role.COACH, person=deputy)
    client = signed_in(here.coordinator)
    said = {"given_name": "Amaya", "family_name": "Ruiz", "email": deputy.email}
    answer = client.post(address(here, "person-correct", deputy.uid), said)
    assert answer.status_code == 302
    deputy.refresh_from_db()
    assert deputy.name == "Amaya Ruiz"
    deputy.grants.filter(role=Role.COACH).update(role=Role.DIRECTOR)
    assert client.post(address(here, "person-correct", deputy.uid), said).status_code == 403
