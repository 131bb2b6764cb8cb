"""Two people change who holds which role at the same moment, on the real database."""

import pytest

from qipathway.core.clock.services import now
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
from residents.states import Role
from tests.factories.residents import RoleGrantFactory
from tests.together import done, forget_everything, together, told


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The real database: every thread sees what is written; afterwards it is taken away."""
    with django_db_blocker.unblock():
        yield
        forget_everything()


NOOR = Newcomer("noor.haddad@example.org", "Noor", "Haddad")


def invite(here, by=None):
    return invite_person(
        here.program,
        NOOR,
        role=Role.SPONSOR,
        since=None,
        until=None,
        by=by or here.director,
        at=now(),
    )


def test_of_two_directors_who_end_each_other_at_once_one_stays(world, today):
    here = world.here
    mine = here.director.grants.get()
    theirs = RoleGrantFactory(program=here.program, role=Role.DIRECTOR)
    results = together(
        lambda: end_role(theirs, on=today, by=here.director),
        lambda: end_role(mine, on=today, by=theirs.person),
    )
    words = "Nobody would direct the program after Nov 23. Name another director first."
    assert told(results) == [words]
    assert RoleGrant.objects.filter(role=Role.DIRECTOR, until=None).count() == 1


def test_a_role_given_twice_at_once_is_held_once(world, today):
    here = world.here
    results = together(
        *(
            lambda: give_role(
                here.instructor,
                role=Role.CHIEF,
                program=here.program,
                since=today,
                until=None,
                by=here.director,
            )
            for _ in range(2)
        )
    )
    name = here.instructor.name
    assert told(results) == [f"{name} already holds the role chief resident at that time."]
    assert Event.objects.filter(action="residents.give_role").count() == 1


def test_of_two_who_invite_the_same_person_at_once_one_link_opens(world):
    results = together(*(lambda: invite(world.here) for _ in range(2)))
    assert told(results) == []
    assert Invitation.objects.open().count() == 1
    assert len({invitation.person for invitation in done(results)}) == 1


def test_an_invitation_sent_again_twice_at_once_is_sent_again_once(world):
    here = world.here
    invitation = invite(here)
    results = together(
        *(lambda: renew_invitation(invitation, by=here.director, at=now()) for _ in range(2))
    )
    assert told(results) == ["This invitation was answered or taken back."]
    assert Invitation.objects.open().count() == 1


def test_an_invitation_accepted_while_the_role_is_given_gives_it_once(world, today):
    here = world.here
    invitation = invite(here)
    token = show_invitation(invitation, by=here.director)
    results = together(
        lambda: accept_invitation(token, at=now()),
        lambda: give_role(
            invitation.person,
            role=Role.SPONSOR,
            program=here.program,
            since=today,
            until=None,
            by=here.director,
        ),
    )
    assert len(told(results)) == 1
    assert RoleGrant.objects.filter(person=invitation.person).count() == 1
