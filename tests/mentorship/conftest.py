from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

import pytest

from qipathway.core.accounts.models import User
from residents.models import Cohort, Membership, PathwayVersion, Program, Resident, RoleGrant
from residents.states import Role, Track

NUMBERS = count(1)
START = date(2025, 7, 1)


@dataclass
class World:
    """Two programs; in the first a coach with a mentee, and everybody who must not read along."""

    program: Program
    elsewhere: Program
    resident: Resident
    peer: Resident
    stranger: Resident
    coach: User
    other_coach: User
    director: User
    second_director: User
    coordinator: User
    chief: User
    kpo_lead: User
    sponsor: User
    foreign_director: User
    foreign_coach: User

    def everybody(self):
        people = [value for value in vars(self).values() if isinstance(value, User)]
        return [*people, self.resident.person, self.peer.person, self.stranger.person]


def person(given="Amaya", family="Ortiz"):
    return User.objects.create_user(
        f"person{next(NUMBERS)}@example.org", given_name=given, family_name=family
    )


def grant(role, program, resident=None, user=None, **fields):
    user = user or person(given=role.label, family=program.slug)
    RoleGrant.objects.create(
        person=user, role=role, program=program, resident=resident, since=START, **fields
    )
    return user


def resident_of(cohort, **names):
    resident = Resident.objects.create(
        program=cohort.program,
        person=person(**names),
        staff_id=f"R{next(NUMBERS)}",
        track=Track.CATEGORICAL,
        starts_on=START,
    )
    Membership.objects.create(
        program=cohort.program, cohort=cohort, resident=resident, joined_on=START
    )
    return resident


def cohort_of(slug):
    program = Program.objects.create(slug=slug, name=slug.upper())
    version = PathwayVersion.objects.create(program=program, name="First", effective_from=START)
    return Cohort.objects.create(program=program, version=version, name="2025", starts_on=START)


@pytest.fixture
def at():
    """Monday evening in Seattle; already Tuesday in UTC."""
    return datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def cohort(db):
    return cohort_of("imr")


@pytest.fixture
def world(cohort):
    foreign = cohort_of("elsewhere")
    here, there = cohort.program, foreign.program
    amaya = resident_of(cohort)
    hana = resident_of(cohort, given="Hana", family="Lindqvist")
    leila = resident_of(foreign, given="Leila", family="Farrokh")
    return World(
        program=here,
        elsewhere=there,
        resident=amaya,
        peer=hana,
        stranger=leila,
        coach=grant(Role.COACH, here, amaya, person("Renée", "Delacroix")),
        other_coach=grant(Role.COACH, here, hana, person("Takumi", "Nakamura")),
        director=grant(Role.DIRECTOR, here),
        second_director=grant(Role.DIRECTOR, here),
        coordinator=grant(Role.COORDINATOR, here),
        chief=grant(Role.CHIEF, here),
        kpo_lead=grant(Role.KPO_LEAD, here),
        sponsor=grant(Role.SPONSOR, here, amaya),
        foreign_director=grant(Role.DIRECTOR, there),
        foreign_coach=grant(Role.COACH, there, leila),
    )
