"""Names and addresses: corrected by the office, swapped between two people."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.links.models import PersonalLink
from qipathway.core.links.services import issue
from qipathway.core.timeline.models import Event
from residents.models import Invitation
from residents.services import Taken, correct_person
from residents.states import Role
from tests.factories.residents import InvitationFactory, RoleGrantFactory


@pytest.fixture
def here(world):
    return world.here


def correct(here, person, today, **said):
    now_said = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        "swap": False,
    }
    return correct_person(
        person, program=here.program, today=today, by=here.director, **now_said | said
    )


def addresses():
    return dict(User.objects.values_list("pk", "email"))


def test_a_name_and_an_address_are_saved_in_the_spelling_that_is_compared(here, today):
    correct(here, here.coach, today, given_name="Renée", email=" Rene\u0301e.D@Example.ORG ")
    here.coach.refresh_from_db()
    assert (here.coach.given_name, here.coach.email) == ("Renée", "renée.d@example.org")
    event = Event.objects.get()
    assert (event.action, event.about) == ("residents.correct_person", here.coach)


def test_what_went_to_the_old_address_opens_no_more_and_signs_nobody_in(here, today):
    issue(
        here.coach,
        purpose="x",
        scope=1,
        object_id=1,
        expires_at=now() + timedelta(days=1),
    )
    EmailAddress.objects.create(user=here.coach, email=here.coach.email, verified=True)
    InvitationFactory(program=here.program, person=here.coach)
    correct(here, here.coach, today, email="new@example.org")
    assert not PersonalLink.objects.alive().exists()
    assert not EmailAddress.objects.exists()
    assert not Invitation.objects.open().exists()


def test_a_name_alone_leaves_links_as_they_are(here, today):
    issue(here.coach, purpose="x", scope=1, object_id=1, expires_at=now() + timedelta(days=1))
    correct(here, here.coach, today, family_name="New")
    assert PersonalLink.objects.alive().count() == 1


def test_two_people_swap_their_addresses(here, today):
    mine, theirs = here.coach.email, here.sponsor.email
    with pytest.raises(Taken) as told:
        correct(here, here.coach, today, email=theirs)
    assert told.value.holder == here.sponsor
    assert addresses()[here.coach.pk] == mine
    correct(here, here.coach, today, email=theirs, swap=True)
    after = addresses()
    assert (after[here.coach.pk], after[here.sponsor.pk]) == (theirs, mine)
    abouts = {event.about for event in Event.objects.all()}
    assert abouts == {here.coach, here.sponsor}


@pytest.mark.parametrize("swap", [False, True])
def test_the_address_of_somebody_outside_is_neither_taken_nor_swapped(world, here, today, swap):
    far, before = world.there.coach.email, addresses()
    with pytest.raises(DomainError, match="Somebody outside this program"):
        correct(here, here.coach, today, email=far, swap=swap)
    assert addresses() == before


@pytest.mark.parametrize("whose", ["coach", "sponsor"])
def test_people_on_whom_another_program_counts_keep_name_and_address(world, here, today, whose):
    RoleGrantFactory(person=getattr(here, whose), program=world.there.program, role=Role.SPONSOR)
    before = addresses()
    with pytest.raises(DomainError, match="counted on in another program"):
        correct(here, here.coach, today, email=here.sponsor.email, swap=True)
    assert addresses() == before
