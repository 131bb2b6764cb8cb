"""A role is offered by mail and taken once, by whom it was meant for."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now, travel_to
from qipathway.core.lib.states import DomainError
from qipathway.core.links.models import PersonalLink
from qipathway.core.notices.kinds import get_kind
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from residents.models import Invitation, Program, Resident
from residents.reminders import INVITED
from residents.services import (
    accept_invitation,
    create_program,
    invite_director,
    revoke_invitation,
    show_invitation,
)
from residents.states import InvitationState, Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import RoleGrantFactory

NOOR = {"email": "Noor.Haddad@example.org", "given_name": "Noor", "family_name": "Haddad"}
FORM_TOKEN = re.compile(r"[A-Za-z0-9]{64}")
GONE = "This invitation does not open"


@pytest.fixture
def operator(monday):
    return RoleGrantFactory(role=Role.OPERATOR, program=None).person


@pytest.fixture
def program(operator):
    return create_program("Fresh Start", slug="fresh", by=operator, at=now())


@pytest.fixture
def invitation(program, operator):
    return invite_director(program, by=operator, at=now(), **NOOR)


@pytest.fixture
def token(invitation, operator):
    return show_invitation(invitation, by=operator)


def way(token, verb=""):
    return reverse(f"invitation{verb}", args=[token])


def write_letter(invitation):
    notice = Notice.objects.get(kind=INVITED, object_id=invitation.pk)
    return get_kind(INVITED).render([notice], invitation.person)


def test_the_letter_is_owed_with_the_invitation_and_holds_a_link_that_nobody_stores(invitation):
    assert Mail.objects.get().recipient == invitation.person
    text = write_letter(invitation).text
    token = re.search(r"/invitation/([\w-]{43})/", text)[1]
    [link] = PersonalLink.objects.all()
    assert (token in str(link.__dict__), link.single_use) == (False, True)
    assert link.expires_at == invitation.expires_at
    assert accept_invitation(token, at=now()).state == InvitationState.ACCEPTED


def test_the_invited_person_is_there_without_a_role_and_without_a_password(invitation, program):
    person = User.objects.get(email="noor.haddad@example.org")
    assert (person.name, person.has_usable_password()) == ("Noor Haddad", False)
    assert list(Program.objects.visible_to(person)) == []
    assert invitation.expires_at - invitation.issued_at == pytest.approx(
        timedelta(days=7), abs=timedelta(minutes=1)
    )


def test_somebody_known_is_invited_under_the_name_they_have(program, operator):
    known = UserFactory(email="noor.haddad@example.org", given_name="Nour")
    assert invite_director(program, by=operator, at=now(), **NOOR).person == known
    assert User.objects.get(pk=known.pk).given_name == "Nour"


def test_looking_changes_nothing_and_pressing_gives_the_role(client, token, program):
    before = (Event.objects.count(), PersonalLink.objects.get().used_at)
    for _ in range(3):
        page = client.get(way(token))
        assert (page.status_code, "Direct Fresh Start" in page.content.decode()) == (200, True)
    assert (Event.objects.count(), PersonalLink.objects.get().used_at) == before

    response = client.post(way(token, "-accept"))
    assert (response.status_code, response.headers["Location"]) == (302, "/account/sign-in/")
    assert "_auth_user_id" not in client.session, "a link alone signs nobody in"
    [grant] = program.grants.all()
    assert (grant.person.email, grant.role) == ("noor.haddad@example.org", Role.DIRECTOR)
    assert client.get(way(token)).status_code == 404


def spend(token, invitation, operator):
    accept_invitation(token, at=now())


def take_back(token, invitation, operator):
    revoke_invitation(invitation, by=operator)


def replace(token, invitation, operator):
    invite_director(invitation.program, by=operator, at=now(), **NOOR)


def wait_a_week(token, invitation, operator):
    travel_to(now() + timedelta(days=7, minutes=1))


def move_away(token, invitation, operator):
    User.objects.filter(pk=invitation.person_id).update(email="elsewhere@example.org")


def deactivate(token, invitation, operator):
    User.objects.filter(pk=invitation.person_id).update(is_active=False)


@pytest.mark.parametrize(
    "deed",
    [spend, take_back, replace, wait_a_week, move_away, deactivate],
    ids=lambda d: d.__name__,
)
def test_a_link_that_is_void_is_answered_like_one_that_never_was(
    client, token, invitation, operator, deed
):
    deed(token, invitation, operator)
    roles = invitation.program.grants.count()
    void, never = client.get(way(token)), client.get(way("x" * 43))
    assert (void.status_code, GONE in void.content.decode()) == (404, True)
    assert FORM_TOKEN.sub("", void.content.decode()) == FORM_TOKEN.sub("", never.content.decode())
    assert client.post(way(token, "-accept")).headers["Location"] == way(token)
    with pytest.raises(DomainError):
        accept_invitation(token, at=now())
    assert invitation.program.grants.count() == roles


@pytest.mark.parametrize(
    "spoil",
    [str.upper, str.lower, lambda token: token[:-1], lambda token: f"{token}x", lambda _: "x"],
)
def test_a_token_that_is_not_quite_the_one_opens_nothing(client, token, invitation, spoil):
    odd, never = client.get(way(spoil(token))), client.get(way("x" * 43))
    assert odd.status_code == 404
    assert FORM_TOKEN.sub("", odd.content.decode()) == FORM_TOKEN.sub("", never.content.decode())
    client.post(way(spoil(token), "-accept"))
    assert not invitation.program.grants.exists()
    assert client.get(way(token)).status_code == 200


def test_a_letter_that_has_not_gone_out_stays_when_the_invitation_is_taken_back(
    invitation, operator
):
    revoke_invitation(invitation, by=operator)
    assert Mail.objects.get().state == "cancelled"


def test_somebody_else_who_is_signed_in_is_told_whose_it_is_and_cannot_press(client, token):
    other = UserFactory(email="other@example.org")
    client.force_login(other)
    page = client.get(way(token)).content.decode()
    assert "noor.haddad@example.org" in page
    assert "You are signed in as other@example.org" in page
    assert "invitation-accept" not in page
    client.post(way(token, "-accept"))
    assert not other.grants.exists()
    assert Invitation.objects.get().state == InvitationState.PENDING


def test_who_accepts_while_signed_in_goes_to_the_program(client, token, invitation):
    client.force_login(invitation.person)
    assert client.post(way(token, "-accept")).headers["Location"] == "/p/fresh/"
    home = client.get("/p/fresh/", follow=True)
    assert home.status_code == 200


def test_accepting_needs_the_page_s_own_token(token):
    client = Client(enforce_csrf_checks=True)
    assert client.post(way(token, "-accept")).status_code == 403
    assert Invitation.objects.get().state == InvitationState.PENDING


def test_a_program_with_a_director_takes_no_second_first_one(token, program, operator):
    accept_invitation(token, at=now())
    with pytest.raises(DomainError, match="Fresh Start has a director"):
        invite_director(
            program, email="b@example.org", given_name="B", family_name="", by=operator, at=now()
        )
    assert Invitation.objects.count() == 1


def test_an_operator_sees_programs_and_nothing_of_the_people_in_them(client, world):
    operator = RoleGrantFactory(role=Role.OPERATOR, program=None).person
    client.force_login(operator)
    assert client.get("/").headers["Location"] == "/operator/"
    assert client.get("/operator/").status_code == 200
    page = client.get("/operator/cascade/").content.decode()
    assert world.here.resident.person.email not in page
    assert list(Resident.objects.visible_to(operator)) == []
    assert list(Program.objects.visible_to(operator)) == []
    for path in ("", "board/", "settings/", "cohorts/", "first-hour/", "mail/", "search/?q=a"):
        assert client.get(f"/p/cascade/{path}").status_code == 404


def test_an_operator_makes_a_program_invites_and_takes_back_in_the_browser(
    client, operator, settings
):
    settings.DEMO = settings.MAIL_IS_SET_UP = False
    client.force_login(operator)
    said = {
        "name": "Fresh Start",
        "slug": "fresh",
        "mission": "Learn to lead.",
        "methodology": "Lean",
        "zone": "America/New_York",
        "year_starts": "7",
    }
    assert client.post("/operator/create/", said).headers["Location"] == "/operator/fresh/"
    made = Program.objects.get(slug="fresh")
    version = made.versions.get()
    assert (made.methodology, made.zone) == ("Lean", "America/New_York")
    assert (version.name, str(version.effective_from)) == ("2026–27", "2026-07-01")
    assert client.post("/operator/create/", said).status_code == 422

    assert client.post("/operator/fresh/invite/", {**NOOR, "email": "no"}).status_code == 422
    assert client.post("/operator/fresh/invite/", NOOR).status_code == 302
    invitation = Invitation.objects.get()
    shown = client.post(f"/invitations/{invitation.uid}/show/").content.decode()
    assert client.get(re.search(r"/invitation/[\w-]{43}/", shown)[0]).status_code == 200
    client.post(f"/invitations/{invitation.uid}/revoke/")
    assert Invitation.objects.get().state == InvitationState.REVOKED
    refused = client.post(f"/invitations/{invitation.uid}/show/")
    assert refused.headers["Location"] == "/operator/fresh/"
