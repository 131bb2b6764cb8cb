"""Two coaches, or two places, for one resident at the same moment, on the real database."""

from datetime import date

import pytest
from django.db import DatabaseError

from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from residents.models import Membership, RoleGrant
from residents.services import assign_coach, end_grant, enrol, grant_role
from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import CohortFactory, ResidentFactory, RoleGrantFactory
from tests.together import done, forget_everything, together, told


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The real database: every thread sees what is written; afterwards it is taken away."""
    with django_db_blocker.unblock():
        yield
        forget_everything()


@pytest.mark.requirement(47)
def test_of_six_coaches_named_at_once_one_is_in_and_five_are_told(world, today):
    resident = world.here.member("newcomer")
    people = UserFactory.create_batch(6)
    results = together(
        *(
            lambda person=person: grant_role(
                person,
                role=Role.COACH,
                program=world.here.program,
                resident=resident,
                since=today,
                by=world.here.kpo_lead,
            )
            for person in people
        )
    )
    [granted] = done(results)
    words = f"{resident.person.name} already has a KPO coach at that time: {granted.person.name}."
    assert told(results) == [words] * 5
    assert list(RoleGrant.objects.filter(resident=resident)) == [granted]
    assert Event.objects.filter(action="residents.grant_role").count() == 1


def test_the_database_refuses_a_second_coach_even_to_who_goes_around_the_service(world):
    resident = world.here.member("newcomer")
    people = UserFactory.create_batch(2)

    def insert(person, since):
        try:
            return RoleGrantFactory(
                person=person,
                program=world.here.program,
                role=Role.COACH,
                resident=resident,
                since=since,
            )
        except DatabaseError as error:
            return error

    together(
        lambda: insert(people[0], date(2026, 1, 1)),
        lambda: insert(people[1], date(2026, 6, 1)),
    )
    assert RoleGrant.objects.filter(resident=resident).count() == 1


def test_the_same_role_recorded_six_times_at_once_is_held_once(world, today):
    chief = UserFactory(given_name="Ines", family_name="Duarte")
    deed = {"role": Role.CHIEF, "program": world.here.program, "since": today}
    results = together(
        *(lambda: grant_role(chief, by=world.here.director, **deed) for _ in range(6))
    )
    assert told(results) == ["Ines Duarte already holds the role chief resident at that time."] * 5
    assert list(RoleGrant.objects.filter(person=chief)) == done(results)


def test_of_six_who_end_the_same_role_at_once_one_ends_it(world, today):
    coach = RoleGrant.objects.get(person=world.here.coach)
    results = together(
        *(lambda: end_grant(coach, on=today, by=world.here.director) for _ in range(6))
    )
    assert told(results) == ["This role already ends on Nov 23."] * 5
    coach.refresh_from_db()
    assert coach.until == today
    assert Event.objects.filter(action="residents.end_grant").count() == 1


@pytest.mark.requirement(47)
def test_a_resident_handed_over_to_six_at_once_has_one_coach_in_the_end(world, today):
    people = UserFactory.create_batch(6)
    results = together(
        *(
            lambda person=person: assign_coach(
                world.here.resident, person=person, on=today, by=world.here.kpo_lead
            )
            for person in people
        )
    )
    assert told(results) == []
    [coach] = RoleGrant.objects.active().filter(role=Role.COACH, resident=world.here.resident)
    assert coach.person in people
    assert Notice.objects.standing().filter(recipient=world.here.resident.person).count() == 1


@pytest.mark.requirement(47)
def test_the_same_coach_assigned_twice_at_once_is_assigned_once(world, today):
    person = UserFactory()
    results = together(
        *(
            lambda: assign_coach(
                world.here.resident, person=person, on=today, by=world.here.kpo_lead
            )
            for _ in range(2)
        )
    )
    name = world.here.resident.person.name
    assert told(results) == [f"{person.name} already coaches {name}."]
    assert Event.objects.filter(action="residents.assign_coach").count() == 1


def test_of_two_who_enrol_the_same_resident_at_once_one_is_told(world, today):
    newcomer = ResidentFactory(program=world.here.program)
    second = CohortFactory(program=world.here.program, version=world.here.cohort.version)
    results = together(
        *(
            lambda cohort=cohort: enrol(newcomer, cohort=cohort, on=today, by=world.here.director)
            for cohort in (world.here.cohort, second)
        )
    )
    assert told(results) == [f"{newcomer.person.name} already has a place on the pathway."]
    assert Membership.objects.filter(resident=newcomer).count() == 1
    assert Event.objects.filter(action="residents.enrol").count() == 1
