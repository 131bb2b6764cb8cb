"""Whoever leaves: their roles end, and their account closes with everything that opens by it."""

from datetime import date, timedelta

import pytest

from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.links.models import PersonalLink
from qipathway.core.links.services import issue
from qipathway.core.notices.models import Mail
from qipathway.core.notices.services import TEST_MAIL, owe_now
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Invitation, RoleGrant
from residents.services import deactivate_person, give_role, reactivate_person, release_person
from residents.states import MembershipState, Role
from tests.browser import Browser
from tests.factories.accounts import UserFactory
from tests.factories.residents import InvitationFactory, ResidentFactory, RoleGrantFactory

DAY = timedelta(days=1)
HOME = "/p/cascade/"


@pytest.fixture
def here(world):
    return world.here


def close(here, person, today, by=None):
    return deactivate_person(person, program=here.program, on=today, by=by or here.director)


def written():
    return list(RoleGrant.objects.values()), Event.objects.count(), Mail.objects.count()


def test_every_session_ends_at_once_and_none_comes_back_with_the_account(here, today):
    phone, desk = Browser(), Browser()
    for browser in (phone, desk):
        browser.force_login(here.chief)
        assert browser.get(HOME).headers["Location"] == "/p/cascade/board/"
    close(here, here.chief, today)
    for browser in (phone, desk):
        assert browser.get(HOME).headers["Location"].startswith("/account/sign-in/")
    reactivate_person(here.chief, program=here.program, by=here.director)
    give_role(
        here.chief, role=Role.CHIEF, program=here.program, since=today, until=None, by=here.director
    )
    for browser in (phone, desk):
        assert browser.get(HOME).headers["Location"].startswith("/account/sign-in/")
    fresh = Browser()
    here.chief.refresh_from_db()
    fresh.force_login(here.chief)
    assert fresh.get(HOME).headers["Location"] == "/p/cascade/board/"


def test_links_letters_and_offers_of_theirs_are_void_and_others_are_not(here, today):
    for person in (here.chief, here.instructor):
        issue(person, purpose="x", scope=1, object_id=1, expires_at=now() + DAY)
        owe_now(TEST_MAIL, person, person, scope=here.program.pk, at=now())
        InvitationFactory(program=here.program, person=person)
    close(here, here.chief, today)
    assert [link.person for link in PersonalLink.objects.alive()] == [here.instructor]
    waiting = Mail.objects.filter(state="pending")
    assert {mail.recipient for mail in waiting} == {here.instructor}
    assert [each.person for each in Invitation.objects.open()] == [here.instructor]


def test_their_roles_end_the_day_before_and_what_they_did_keeps_their_name(here, today):
    later = RoleGrantFactory(
        person=here.chief, program=here.program, role=Role.MENTOR, since=today + DAY
    )
    give_role(
        here.instructor,
        role=Role.SPONSOR,
        program=here.program,
        since=today,
        until=None,
        by=here.director,
    )
    close(here, here.chief, today)
    assert here.chief.grants.get().until == today - DAY
    assert not RoleGrant.objects.filter(pk=later.pk).exists()
    told = [line.text for line in tell(Event.objects.order_by("pk"), zone=here.program.zone)]
    assert told[1:] == [
        f"{here.director.name} ended the time of {here.chief.name} as chief resident.",
        f"{here.director.name} ended the time of {here.chief.name} as mentor.",
        f"{here.director.name} closed the account of {here.chief.name}.",
    ]


@pytest.mark.parametrize("name", ["coach", "sponsor"])
def test_somebody_on_whom_residents_depend_cannot_go(here, today, name):
    person, before = getattr(here, name), written()
    words = f"{person.name} coaches or sponsors {here.resident.person.name}. Hand them over first."
    for deed in (deactivate_person, release_person):
        with pytest.raises(DomainError) as told:
            deed(person, program=here.program, on=today, by=here.director)
        assert str(told.value) == words
    assert written() == before
    person.refresh_from_db()
    assert person.is_active


def test_the_only_director_cannot_go_and_nobody_closes_their_own_account(here, today):
    with pytest.raises(DomainError, match="Nobody would direct the program"):
        release_person(here.director, program=here.program, on=today, by=here.director)
    with pytest.raises(DomainError, match="Nobody closes their own account"):
        close(here, here.director, today)
    second = RoleGrantFactory(program=here.program, role=Role.DIRECTOR).person
    with pytest.raises(DomainError, match="Nobody closes their own account"):
        close(here, here.director, today)
    close(here, here.director, today, by=second)
    with pytest.raises(DomainError, match="Nobody would direct the program"):
        release_person(second, program=here.program, on=today, by=second)


def test_a_director_whose_colleague_goes_tomorrow_cannot_go_today(here, today):
    second = RoleGrantFactory(program=here.program, role=Role.DIRECTOR, until=today).person
    with pytest.raises(DomainError, match="Nobody would direct the program after Nov 23"):
        release_person(here.director, program=here.program, on=today, by=second)


def elsewhere_by_role(world, person):
    RoleGrantFactory(person=person, program=world.there.program, role=Role.SPONSOR)


def elsewhere_by_running_the_site(world, person):
    RoleGrantFactory(person=person, program=None, role=Role.OPERATOR)


def elsewhere_by_roster(world, person):
    ResidentFactory(person=person, program=world.there.program)


def elsewhere_by_offer(world, person):
    InvitationFactory(person=person, program=world.there.program)


def elsewhere_by_repair(world, person):
    person.is_staff = True
    person.save()


@pytest.mark.parametrize(
    "tie",
    [
        elsewhere_by_role,
        elsewhere_by_running_the_site,
        elsewhere_by_roster,
        elsewhere_by_offer,
        elsewhere_by_repair,
    ],
    ids=lambda tie: tie.__name__,
)
def test_an_account_on_which_others_count_stays_open_and_roles_can_end_here(
    world, here, today, tie
):
    tie(world, here.chief)
    before = written()
    with pytest.raises(DomainError, match="counted on in another program"):
        close(here, here.chief, today)
    assert written() == before
    elsewhere = here.chief.grants.exclude(program=here.program).count()
    release_person(here.chief, program=here.program, on=today, by=here.director)
    here.chief.refresh_from_db()
    assert here.chief.is_active
    assert not here.chief.grants.active().filter(program=here.program).exists()
    assert here.chief.grants.active().count() == elsewhere


def test_a_role_elsewhere_that_ended_keeps_no_account_open(world, here, today):
    RoleGrantFactory(
        person=here.chief, program=world.there.program, role=Role.CHIEF, until=today - DAY
    )
    assert not close(here, here.chief, today).is_active


def test_a_resident_on_the_pathway_keeps_the_account_until_the_place_ends(here, today):
    with pytest.raises(DomainError, match="is on the pathway"):
        close(here, here.other.person, today)
    here.other.memberships.update(state=MembershipState.WITHDRAWN)
    assert not close(here, here.other.person, today).is_active


def test_twice_is_told(here, today):
    close(here, here.chief, today)
    with pytest.raises(DomainError, match="closed already"):
        close(here, here.chief, today)
    reactivate_person(here.chief, program=here.program, by=here.director)
    with pytest.raises(DomainError, match="open already"):
        reactivate_person(here.chief, program=here.program, by=here.director)
    with pytest.raises(DomainError, match="holds no role here"):
        release_person(here.chief, program=here.program, on=today, by=here.director)


def test_an_account_of_whoever_repairs_the_site_is_not_opened_by_a_director(here):
    repair = UserFactory(is_staff=True, is_active=False)
    with pytest.raises(DomainError, match="Whoever runs the site"):
        reactivate_person(repair, program=here.program, by=here.director)


def test_what_began_today_is_taken_back(here, today):
    grant = RoleGrantFactory(
        person=here.instructor, program=here.program, role=Role.MENTOR, since=date(2026, 11, 23)
    )
    release_person(here.instructor, program=here.program, on=today, by=here.director)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()
