"""Roles are in force from one day until another, by the calendar of the program itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import travel_to
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from residents.models import RoleGrant
from residents.rules import ties
from residents.services import end_grant, grant_role
from residents.states import PAIRED, Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import ProgramFactory, RoleGrantFactory

DAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)
MIDNIGHTS = [
    ("America/Los_Angeles", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
    ("Pacific/Auckland", datetime(2026, 11, 22, 11, 0, tzinfo=UTC)),
    ("UTC", datetime(2026, 11, 23, 0, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "midnight"), MIDNIGHTS)
def test_a_grant_starts_at_midnight_of_the_programs_zone(db, zone, midnight):
    RoleGrantFactory(program=ProgramFactory(zone=zone), since=DAY)
    travel_to(midnight - MINUTE)
    assert not RoleGrant.objects.active().exists()
    travel_to(midnight)
    assert RoleGrant.objects.active().exists()


@pytest.mark.parametrize(("zone", "midnight"), MIDNIGHTS)
def test_a_grant_lasts_to_the_end_of_its_last_day_in_the_programs_zone(db, zone, midnight):
    RoleGrantFactory(program=ProgramFactory(zone=zone), until=DAY)
    end = midnight + timedelta(days=1)
    travel_to(end - MINUTE)
    assert RoleGrant.objects.active().exists()
    travel_to(end)
    assert not RoleGrant.objects.active().exists()


def test_at_one_instant_two_programs_may_have_two_dates(db):
    travel_to(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    west = RoleGrantFactory(program=ProgramFactory(zone="America/Los_Angeles"), since=DAY)
    RoleGrantFactory(
        program=ProgramFactory(zone="America/Los_Angeles"), until=DAY - timedelta(days=1)
    )
    RoleGrantFactory(program=ProgramFactory(zone="Pacific/Auckland"), until=DAY)
    assert list(RoleGrant.objects.active()) == [west]


def test_a_grant_of_a_single_day_is_in_force_on_that_day(db):
    travel_to(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    grant = RoleGrantFactory(since=DAY, until=DAY)
    assert list(RoleGrant.objects.active()) == [grant]


def grant(person, world, role=Role.COACH, resident=None, **dates):
    since = dates.pop("since", DAY)
    return grant_role(
        person,
        role=role,
        program=world.here.program,
        resident=resident,
        since=since,
        by=world.here.director,
        **dates,
    )


def recorded():
    return list(RoleGrant.objects.values()), Event.objects.count()


@pytest.mark.requirement(47)
def test_a_second_coach_at_the_same_time_is_refused_with_the_name_of_the_first(world):
    before = recorded()
    with pytest.raises(DomainError) as told:
        grant(UserFactory(), world, resident=world.here.resident)
    name, coach = world.here.resident.person.name, world.here.coach.name
    assert str(told.value) == f"{name} already has a KPO coach at that time: {coach}."
    assert recorded() == before


@pytest.mark.requirement(47)
def test_coaches_may_follow_one_another_from_one_day_to_the_next(world, today):
    first = RoleGrant.objects.get(person=world.here.coach)
    end_grant(first, on=today, by=world.here.director)
    with pytest.raises(DomainError, match="already has a KPO coach"):
        grant(UserFactory(), world, resident=world.here.resident, since=today)
    next_day = today + timedelta(days=1)
    assert grant(UserFactory(), world, resident=world.here.resident, since=next_day).pk


def test_a_coach_before_the_first_one_is_welcome_and_one_across_is_not(world):
    earlier = {"since": date(2024, 1, 1), "resident": world.here.resident}
    with pytest.raises(DomainError, match="already has a KPO coach"):
        grant(UserFactory(), world, until=date(2024, 7, 1), **earlier)
    assert grant(UserFactory(), world, until=date(2024, 6, 30), **earlier).pk


@pytest.mark.requirement(45)
def test_a_second_sponsor_at_the_same_time_is_refused_with_the_name_of_the_first(world):
    before = recorded()
    with pytest.raises(DomainError) as told:
        grant(UserFactory(), world, Role.SPONSOR, resident=world.here.resident)
    name, sponsor = world.here.resident.person.name, world.here.sponsor.name
    assert str(told.value) == f"{name} already has a sponsor at that time: {sponsor}."
    assert recorded() == before


def test_mentors_may_be_several(world):
    assert grant(UserFactory(), world, Role.MENTOR, resident=world.here.resident).pk
    assert grant(UserFactory(), world, Role.MENTOR, resident=world.here.resident).pk


def test_nobody_holds_the_same_role_twice_at_once(world):
    person, before = world.here.chief, recorded()
    with pytest.raises(DomainError) as told:
        grant(person, world, Role.CHIEF)
    assert str(told.value) == f"{person.name} already holds the role chief resident at that time."
    assert recorded() == before
    with pytest.raises(IntegrityError, match="nobody_holds_a_role_twice"), transaction.atomic():
        RoleGrantFactory(person=person, program=world.here.program, role=Role.CHIEF)


def test_pool_coaches_name_no_resident_and_are_many(world):
    assert grant(UserFactory(), world).pk
    assert grant(UserFactory(), world).pk


@pytest.mark.parametrize("role", PAIRED)
def test_nobody_is_tied_to_themself(world, role):
    own = world.here.resident
    before = recorded()
    with pytest.raises(DomainError) as told:
        grant(own.person, world, role, resident=own)
    assert str(told.value) == f"{own.person.name} cannot be their own {role.noun}."
    assert recorded() == before


def test_a_resident_of_another_program_cannot_be_tied_to_anybody_here(world):
    stranger = world.there.resident
    before = recorded()
    with pytest.raises(DomainError) as told:
        grant(UserFactory(), world, Role.SPONSOR, resident=stranger)
    assert str(told.value) == f"{stranger.person.name} is not a resident of this program."
    assert recorded() == before


def test_a_role_that_is_no_tie_names_no_resident(world):
    before = recorded()
    with pytest.raises(DomainError) as told:
        grant(UserFactory(), world, Role.KPO_LEAD, resident=world.here.resident)
    assert str(told.value) == "KPO lead is a role in the program, not for one resident."
    assert recorded() == before


def test_a_role_cannot_end_before_it_starts(world):
    before = recorded()
    with pytest.raises(DomainError) as told:
        grant(UserFactory(), world, Role.CHIEF, until=DAY - timedelta(days=1))
    assert str(told.value) == "A role cannot end before it starts."
    assert recorded() == before


def test_granting_a_role_is_told_once_about_whom_it_concerns(world):
    mentor = UserFactory()
    tie = grant(mentor, world, Role.MENTOR, resident=world.here.other)
    event = Event.objects.get()
    assert (event.action, event.actor, event.about) == (
        "residents.grant_role",
        world.here.director,
        world.here.other.person,
    )
    assert (event.subject, event.scope_id, event.data) == (
        tie,
        world.here.program.pk,
        {"role": "mentor", "person": mentor.pk},
    )


def test_a_new_role_counts_at_once_for_the_person_who_got_it(world):
    person = UserFactory()
    assert not ties(person)
    grant(person, world, Role.CHIEF)
    assert {tie.role for tie in ties(person)} == {"chief"}


def test_ending_a_role_keeps_the_last_day_and_tells_the_story(world, today):
    coach = RoleGrant.objects.get(person=world.here.coach)
    ended = end_grant(coach, on=today, by=world.here.kpo_lead)
    assert ended.until == today
    event = Event.objects.get()
    assert (event.action, event.about, event.data) == (
        "residents.end_grant",
        world.here.resident.person,
        {"role": "coach", "person": world.here.coach.pk},
    )


def test_a_role_that_ends_already_is_left_alone(world, today):
    chief = RoleGrant.objects.get(person=world.here.chief)
    end_grant(chief, on=today, by=world.here.director)
    before = recorded()
    with pytest.raises(DomainError) as told:
        end_grant(chief, on=today + timedelta(days=9), by=world.here.director)
    assert str(told.value) == "This role already ends on Nov 23."
    assert recorded() == before


def test_a_role_may_end_earlier_than_planned_but_not_before_it_started(world, today):
    planned = grant(UserFactory(), world, Role.CHIEF, since=today, until=date(2027, 6, 30))
    ended = end_grant(planned, on=date(2026, 1, 1), by=world.here.director)
    assert (ended.since, ended.until) == (today, today)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"role": Role.COACH}, "one_active_coach_per_resident"),
        ({"role": Role.SPONSOR}, "one_active_sponsor_per_resident"),
        ({"role": Role.DIRECTOR}, "only_ties_name_a_resident"),
        ({"role": Role.RESIDENT, "resident": None}, "resident_is_never_granted"),
        ({"role": Role.SPONSOR, "until": date(2020, 1, 1)}, "grant_ends_after_it_starts"),
    ],
)
def test_the_database_itself_refuses_impossible_grants(world, fields, constraint):
    row = {"program": world.here.program, "resident": world.here.resident, "since": DAY} | fields
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RoleGrantFactory(**row)


def test_a_person_whose_account_is_closed_holds_nothing(world):
    director = User.objects.get(pk=world.here.director.pk)
    director.is_active = False
    assert ties(director) == frozenset()
