"""What pages read of people and schedules, at a literal price."""

from datetime import date

import pytest

from qipathway.core.lib.dates import Half
from residents.models import Resident, RoleGrant
from residents.reads import (
    Tied,
    coaches_of,
    members,
    membership_of,
    schedule_of,
    schedules_of,
    sponsors_of,
    version_for,
)
from residents.schedule import Clinic, Hold, Schedule, Stay
from residents.states import MembershipState, Role, RotationKind
from tests.factories.residents import (
    BlockFactory,
    ClinicPatternFactory,
    HalfDayHoldFactory,
    MembershipFactory,
    ResidentFactory,
    RoleGrantFactory,
    RotationFactory,
)

START, END = date(2026, 11, 16), date(2026, 12, 13)
ELECTIVE = Stay(START, END, "elective", "Elective: Cardiology")


@pytest.fixture
def vacation(world):
    rotation = RotationFactory(program=world.here.program, name="Vacation", kind=RotationKind.LEAVE)
    return BlockFactory(
        program=world.here.program,
        resident=world.here.resident,
        rotation=rotation,
        start=date(2026, 12, 3),
        end=date(2026, 12, 4),
        overrides=True,
    )


@pytest.mark.requirement(8)
def test_a_schedule_is_read_with_blocks_clinic_and_holds_of_that_resident_alone(world, vacation):
    mine = {"program": world.here.program, "resident": world.here.resident}
    ClinicPatternFactory(**mine)
    HalfDayHoldFactory(**mine)
    HalfDayHoldFactory(program=world.here.program, resident=world.here.other, reason="a wedding")
    assert schedule_of(world.here.resident, START, END) == Schedule(
        (ELECTIVE, Stay(vacation.start, vacation.end, "leave", "Vacation")),
        (Clinic(1, Half.AM, frozenset({"elective", "sbp"})),),
        (Hold(date(2026, 12, 3), Half.PM, "a board examination"),),
    )
    assert schedule_of(world.here.other, START, END).holds == (
        Hold(date(2026, 12, 3), Half.PM, "a wedding"),
    )


def test_the_whole_block_is_read_when_it_only_touches_the_days_asked_for(world):
    for first, last in ((END, date(2027, 1, 1)), (date(2026, 1, 1), START)):
        assert schedule_of(world.here.resident, first, last).stays == (ELECTIVE,)
    day_after = date(2026, 12, 14)
    assert schedule_of(world.here.resident, day_after, day_after).stays == ()


def test_everybody_asked_for_has_a_schedule_even_an_empty_one(world):
    newcomer = ResidentFactory(program=world.here.program)
    assert schedules_of([newcomer.pk, world.here.other.pk], START, END) == {
        newcomer.pk: Schedule(),
        world.here.other.pk: Schedule((ELECTIVE,)),
    }


@pytest.mark.parametrize("days", [0, 2])
def test_rest_after_nights_is_that_of_the_residents_version(world, days):
    version = world.here.cohort.version
    version.rest_days_after_nights = days
    version.save()
    light = ResidentFactory(program=world.here.program)
    BlockFactory(program=world.here.program, resident=light, rotation=world.here.elective)
    read = schedules_of([world.here.resident.pk, light.pk], START, END)
    assert read[world.here.resident.pk].rest_days_after_nights == days
    assert read[light.pk].rest_days_after_nights == 1


def test_who_left_one_intake_and_joined_another_has_each_block_once(world):
    MembershipFactory(
        program=world.here.program,
        cohort=world.here.cohort,
        resident=world.here.resident,
        state=MembershipState.WITHDRAWN,
    )
    assert schedule_of(world.here.resident, START, END).stays == (ELECTIVE,)


@pytest.mark.parametrize("more", [0, 2])
def test_schedules_of_costs_four_queries_for_any_number(
    world, vacation, more, django_assert_num_queries
):
    for number in range(more):
        world.here.member(f"more{number}")
    everybody = list(Resident.objects.filter(program=world.here.program).values_list("pk", flat=1))
    with django_assert_num_queries(4):
        assert len(schedules_of(everybody, START, END)) == 2 + more


@pytest.mark.parametrize("more", [0, 2])
def test_members_costs_three_queries_for_any_number_and_names_come_in_order(
    world, more, django_assert_num_queries
):
    for number in range(more):
        world.here.member(f"more{number}")
    assert world.there.resident.pk
    with django_assert_num_queries(3):
        found = members(world.here.program)
        names = [(m.resident.person.family_name, m.resident.person.given_name) for m in found]
        assert {m.cohort.version.program_id for m in found} == {world.here.program.pk}
        assert {m.resident.program.slug for m in found} == {"cascade"}
    assert len(found) == 2 + more
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("state", "running"),
    [
        (MembershipState.ACTIVE, True),
        (MembershipState.COMPLETED, False),
        (MembershipState.WITHDRAWN, False),
    ],
)
def test_who_is_gone_is_no_member(world, state, running):
    membership = world.here.resident.memberships.get()
    membership.state = state
    membership.save()
    assert (membership in members(world.here.program)) is running
    assert (membership_of(world.here.resident) == membership) is running
    assert (world.here.resident in Resident.objects.on_pathway()) is running
    assert version_for(world.here.resident) == (world.here.cohort.version if running else None)


@pytest.mark.requirement(47)
def test_coaches_of_names_the_active_coach_of_each_and_nobody_for_the_others(
    world, today, django_assert_num_queries
):
    here = world.here
    alone = here.member("alone")
    gone = here.member("gone")
    RoleGrantFactory(
        program=here.program, role=Role.COACH, resident=gone, until=today.replace(day=22)
    )
    with django_assert_num_queries(1):
        found = coaches_of([here.resident.pk, here.other.pk, alone.pk, gone.pk])
    coach, other = here.coach, here.other_coach
    assert found == {
        here.resident.pk: Tied(here.resident.pk, coach.pk, coach.given_name, coach.name),
        here.other.pk: Tied(here.other.pk, other.pk, other.given_name, other.name),
    }


def test_sponsors_of_is_asked_of_sponsors_alone(world):
    sponsor = world.here.sponsor
    everybody = [world.here.resident.pk, world.here.other.pk]
    tie = Tied(world.here.resident.pk, sponsor.pk, sponsor.given_name, sponsor.name)
    assert sponsors_of(everybody) == {world.here.resident.pk: tie}
    RoleGrant.objects.filter(person=sponsor).update(until=date(2026, 11, 22))
    assert sponsors_of(everybody) == {}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("thorvald", True),
        ("SIGRIDUR", True),
        ("Þorvaldsdóttir", True),
        ("sigrí þorv", True),
        ("sigridur jonsdottir", False),
        ("%", False),
        ("_", False),
        ("", True),
    ],
)
def test_people_are_found_by_name_without_accents_and_case(world, words, found):
    person = world.here.resident.person
    person.given_name, person.family_name = "Sigríður", "Þorvaldsdóttir"
    person.save()
    named = Resident.objects.filter(pk=world.here.resident.pk).named(words)
    assert named.exists() is found
