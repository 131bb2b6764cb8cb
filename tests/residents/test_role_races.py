"""Two people change who holds which role at the same moment, on the real database."""

import pytest

from qipathway.core.clock.services import now
from qipathway.core.timeline.models import Event
from residents.models import Invitation, RoleGrant
from residents.services import (
    Newcomer,
    accept_invitation,
    correct_person,
    deactivate_person,
    dismiss_deputy,
    end_role,
    give_role,
    invite_person,
    name_deputy,
    reactivate_person,
    reassign_residents,
    release_person,
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
        lambda: end_role(theirs, on=today, today=today, by=here.director),
        lambda: end_role(mine, on=today, today=today, by=theirs.person),
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


def close(person, here, today, by):
    deactivate_person(person, program=here.program, on=today, by=by)


def release(person, here, today, by):
    release_person(person, program=here.program, on=today, by=by)


@pytest.mark.parametrize("deed", [close, release])
def test_of_two_directors_who_let_each_other_go_at_once_one_stays(world, today, deed):
    here = world.here
    other = RoleGrantFactory(program=here.program, role=Role.DIRECTOR).person

    results = together(
        lambda: deed(other, here, today, here.director),
        lambda: deed(here.director, here, today, other),
    )
    [words] = told(results)
    assert words.startswith("Nobody would direct the program after")
    [director] = RoleGrant.objects.active().filter(role=Role.DIRECTOR, program=here.program)
    assert director.person.is_active


def test_an_account_closed_and_opened_twice_at_once_is_so_once(world, today):
    here = world.here
    deeds = [
        lambda: deactivate_person(here.chief, program=here.program, on=today, by=here.director)
    ] * 2
    assert told(together(*deeds)) == [f"The account of {here.chief.name} is closed already."]
    deeds = [lambda: reactivate_person(here.chief, program=here.program, by=here.director)] * 2
    assert told(together(*deeds)) == [f"The account of {here.chief.name} is open already."]
    here.chief.refresh_from_db()
    assert here.chief.is_active


def test_a_role_given_while_the_account_closes_is_not_held_in_the_end(world, today):
    here = world.here
    together(
        lambda: deactivate_person(here.chief, program=here.program, on=today, by=here.director),
        lambda: give_role(
            here.chief,
            role=Role.MENTOR,
            program=here.program,
            since=today,
            until=None,
            by=here.director,
        ),
    )
    assert not RoleGrant.objects.active().filter(person=here.chief).exists()


def test_two_overlapping_caseloads_handed_over_at_once_follow_one_another(world, today):
    here = world.here
    first, second = (here.person(name, Role.COACH) for name in ("first", "second"))

    def handing(person, *residents):
        return lambda: reassign_residents(
            residents, role=Role.COACH, person=person, on=today, by=here.director, at=now()
        )

    results = together(
        handing(first, here.resident, here.other), handing(second, here.other, here.resident)
    )
    assert told(results) == []
    coaches = RoleGrant.objects.active().filter(role=Role.COACH, resident__isnull=False)
    assert len({grant.person for grant in coaches}) == 1
    assert coaches.count() == 2


def test_a_sponsor_handed_over_twice_at_once_is_one_in_the_end(world, today):
    here = world.here
    people = [here.person(name, Role.SPONSOR) for name in ("first", "second")]
    together(
        *(
            lambda person=person: reassign_residents(
                [here.resident],
                role=Role.SPONSOR,
                person=person,
                on=today,
                by=here.director,
                at=now(),
            )
            for person in people
        )
    )
    [tie] = RoleGrant.objects.active().filter(role=Role.SPONSOR, resident=here.resident)
    assert tie.person in people


def test_addresses_swapped_from_both_sides_at_once_are_swapped(world, today):
    here = world.here
    one, two = here.coach, here.sponsor
    mine, theirs = one.email, two.email

    def swapping(person, email):
        return lambda: correct_person(
            person,
            program=here.program,
            given_name=person.given_name,
            family_name=person.family_name,
            email=email,
            swap=True,
            today=today,
            by=here.director,
        )

    assert told(together(swapping(one, theirs), swapping(two, mine))) == []
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.email, two.email) == (theirs, mine)


def test_of_two_deputies_named_for_the_same_days_at_once_one_stands_in(world, today):
    here = world.here
    said = {"since": today, "until": today, "by": here.coach, "at": now()}
    people = [here.other_coach, here.kpo_lead]
    results = together(
        *(
            lambda person=person: name_deputy([here.resident], person=person, **said)
            for person in people
        )
    )
    assert len(told(results)) == 1
    [grant] = RoleGrant.objects.filter(role=Role.DEPUTY)
    results = together(
        *[lambda: dismiss_deputy([here.resident], person=grant.person, on=today, by=here.coach)] * 2
    )
    assert told(results) == [f"{grant.person.name} stands in no more."]
