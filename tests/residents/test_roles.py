"""Roles in the program: given to who belongs to it, offered to who does not, ended on a day."""

from datetime import date, timedelta

import pytest

from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.links.models import PersonalLink
from qipathway.core.notices.models import Mail
from qipathway.core.timeline.models import Event
from residents.models import Invitation, RoleGrant
from residents.services import (
    Newcomer,
    accept_invitation,
    end_role,
    give_role,
    invite_person,
    renew_invitation,
    show_invitation,
)
from residents.states import InvitationState, Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import InvitationFactory, RoleGrantFactory

DAY = timedelta(days=1)
NOOR = Newcomer("Noor.Haddad@example.org", "Noor", "Haddad")


@pytest.fixture
def here(world):
    return world.here


def give(here, person, role=Role.SPONSOR, **dates):
    said = {"since": date(2026, 11, 23), "until": None} | dates
    return give_role(person, role=role, program=here.program, by=here.director, **said)


def invite(here, newcomer=NOOR, role=Role.SPONSOR, *, since=None, until=None):
    return invite_person(
        here.program, newcomer, role=role, since=since, until=until, by=here.director, at=now()
    )


def written():
    return RoleGrant.objects.count(), Invitation.objects.count(), Event.objects.count()


def test_a_role_is_given_told_once_and_counts_at_once(here):
    grant = give(here, here.instructor, Role.CHIEF, until=date(2027, 6, 30))
    assert (grant.person, grant.role, grant.until) == (
        here.instructor,
        "chief",
        date(2027, 6, 30),
    )
    event = Event.objects.get()
    assert (event.action, event.about, event.data) == (
        "residents.give_role",
        here.instructor,
        {"role": "chief", "person": here.instructor.pk},
    )
    assert here.instructor.has_perm("residents.view_board", here.program)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.RESIDENT])
def test_what_is_no_role_of_a_program_is_neither_given_nor_offered(here, role):
    before = written()
    with pytest.raises(DomainError, match=f"Nobody is given the role {role.noun} here"):
        give(here, here.coach, role)
    with pytest.raises(DomainError, match=f"Nobody is given the role {role.noun} here"):
        invite(here, role=role)
    assert written() == before


def test_a_role_that_is_given_takes_the_place_of_the_one_that_was_offered(here):
    offered = InvitationFactory(program=here.program, person=here.instructor)
    give(here, here.instructor)
    offered.refresh_from_db()
    assert offered.state == InvitationState.REVOKED


def test_somebody_whose_account_is_closed_gets_no_role_and_no_letter(here):
    gone = UserFactory(is_active=False, email=NOOR.email.lower())
    before = written()
    with pytest.raises(DomainError, match="cannot sign in"):
        give(here, gone)
    with pytest.raises(DomainError, match=r"The account with the address .* is closed"):
        invite(here)
    assert written() == before


def test_who_accepts_holds_the_role_for_the_days_that_were_offered(here, today):
    invitation = invite(here, since=today + 3 * DAY, until=today + 9 * DAY)
    token = show_invitation(invitation, by=here.director)
    accept_invitation(token, at=now())
    grant = here.program.grants.get(person=invitation.person)
    assert (grant.role, grant.since, grant.until) == (
        Role.SPONSOR,
        today + 3 * DAY,
        today + 9 * DAY,
    )


def test_a_first_day_that_has_passed_is_the_day_on_which_they_accept(here, today):
    invitation = invite(here, since=today - 3 * DAY)
    accept_invitation(show_invitation(invitation, by=here.director), at=now())
    assert here.program.grants.get(person=invitation.person).since == today


def test_a_role_whose_last_day_has_passed_is_not_taken_any_more(here, today):
    invitation = invite(here, until=today - DAY)
    token = show_invitation(invitation, by=here.director)
    with pytest.raises(DomainError, match="can no longer be accepted"):
        accept_invitation(token, at=now())
    assert not here.program.grants.filter(person=invitation.person).exists()


def test_who_belongs_here_already_is_not_invited(here):
    before = written()
    for known in (here.coach, here.resident.person):
        with pytest.raises(DomainError) as told:
            invite(here, Newcomer(known.email.upper(), "Somebody", "Else"))
        words = f"{known.name} belongs to this program already. Give the role on their page."
        assert str(told.value) == words
    assert written() == before


def test_who_belongs_to_another_program_alone_is_invited_under_their_name(world, here):
    known = world.there.coach
    invitation = invite(here, Newcomer(known.email, "Another", "Name"))
    known.refresh_from_db()
    assert (invitation.person, known.given_name) == (known, "Coach")


def test_inviting_again_to_the_same_role_makes_the_older_link_void(here):
    first = invite(here)
    token = show_invitation(first, by=here.director)
    second = renew_invitation(first, by=here.director, at=now() + DAY)
    first.refresh_from_db()
    assert (first.state, second.role, second.person) == ("revoked", Role.SPONSOR, first.person)
    with pytest.raises(DomainError, match="can no longer be accepted"):
        accept_invitation(token, at=now())
    assert PersonalLink.objects.alive().count() == 0
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["cancelled", "pending"]
    with pytest.raises(DomainError, match="answered or taken back"):
        renew_invitation(first, by=here.director, at=now())


def test_invitations_to_two_roles_stand_beside_each_other(here):
    one, two = invite(here), invite(here, role=Role.MENTOR)
    assert {one.state, two.state} == {"pending"}
    assert set(Invitation.objects.open()) == {one, two}


def test_a_role_ends_after_the_day_and_is_told(here, today):
    grant = here.chief.grants.get()
    end_role(grant, on=today, today=today, by=here.director)
    grant.refresh_from_db()
    assert grant.until == today
    assert Event.objects.get().action == "residents.end_role"


def test_a_role_that_would_begin_later_never_begins(here, today):
    grant = give(here, here.instructor, Role.CHIEF, since=today + 30 * DAY)
    end_role(grant, on=today, today=today, by=here.director)
    assert not here.program.grants.filter(role=Role.CHIEF, person=here.instructor).exists()
    with pytest.raises(DomainError, match="already taken back"):
        end_role(grant, on=today, today=today, by=here.director)


def test_the_last_director_stays(here, today):
    own = here.director.grants.get()
    before = written()
    with pytest.raises(DomainError) as told:
        end_role(own, on=today, today=today, by=here.director)
    assert str(told.value) == (
        "Nobody would direct the program after Nov 23. Name another director first."
    )
    assert written() == before


def second(here, **fields):
    return RoleGrantFactory(**{"program": here.program, "role": Role.DIRECTOR} | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"person__is_active": False},
        {"until": date(2026, 11, 23)},
        {"since": date(2026, 11, 25)},
        {"role": Role.COORDINATOR},
    ],
)
def test_a_director_who_cannot_act_on_the_day_after_is_no_other_director(here, today, fields):
    second(here, **fields)
    with pytest.raises(DomainError, match="Nobody would direct"):
        end_role(here.director.grants.get(), on=today, today=today, by=here.director)


def test_with_another_director_one_may_go_and_then_the_other_stays(here, today):
    other = second(here)
    end_role(here.director.grants.get(), on=today, today=today, by=other.person)
    with pytest.raises(DomainError, match="Nobody would direct"):
        end_role(other, on=today, today=today, by=here.director)


def test_the_director_who_was_to_follow_is_not_taken_back_once_the_first_one_goes(here, today):
    follower = second(here, since=today + 10 * DAY)
    end_role(here.director.grants.get(), on=today + 9 * DAY, today=today, by=here.director)
    with pytest.raises(DomainError, match="Nobody would direct"):
        end_role(follower, on=today, today=today, by=here.director)
    assert RoleGrant.objects.filter(pk=follower.pk).exists()


@pytest.mark.parametrize("back", [2, 365])
def test_a_role_does_not_end_in_the_past_where_somebody_else_directed(here, today, back):
    second(here, since=today - 900 * DAY, until=today - 200 * DAY)
    own = here.director.grants.get()
    RoleGrant.objects.filter(pk=own.pk).update(since=today - 900 * DAY)
    own.refresh_from_db()
    before = written()
    with pytest.raises(DomainError, match="A role ends yesterday at the earliest"):
        end_role(own, on=today - back * DAY, today=today, by=here.director)
    own.refresh_from_db()
    assert (own.until, written()) == (None, before)


def test_a_role_that_was_given_by_mistake_today_can_end_at_once(here, today):
    grant = give(here, here.instructor, Role.CHIEF)
    end_role(grant, on=today - DAY, today=today, by=here.director)
    assert not here.instructor.has_perm("residents.view_board", here.program)


def test_only_who_directs_sends_an_invitation_to_direct_again_once_somebody_does(here):
    offer = InvitationFactory(program=here.program, role=Role.DIRECTOR)
    operator = RoleGrantFactory(role=Role.OPERATOR, program=None).person
    before = written()
    with pytest.raises(DomainError, match="has a director, who gives the other roles"):
        renew_invitation(offer, by=operator, at=now())
    assert written() == before
    again = renew_invitation(offer, by=here.director, at=now())
    assert list(Invitation.objects.open()) == [again]
