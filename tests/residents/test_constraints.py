"""What the database refuses by itself, by the name that a person can read."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from tests.factories.residents import (
    BlockFactory,
    ClinicPatternFactory,
    CohortFactory,
    HalfDayHoldFactory,
    LeaderFactory,
    PathwayVersionFactory,
    ProgramFactory,
    ResidentFactory,
    RotationFactory,
)


def refused(constraint, factory, **fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**fields)


@pytest.mark.parametrize("month", [0, 13])
def test_an_academic_year_starts_in_a_month(db, month):
    refused("year_starts_in_a_month", ProgramFactory, year_starts=month)


@pytest.mark.parametrize(
    "times",
    [
        {"morning_starts": time(12)},
        {"morning_ends": time(13, 30)},
        {"afternoon_ends": time(13)},
    ],
)
def test_the_half_days_of_a_version_come_in_order(db, times):
    refused("half_days_in_order", PathwayVersionFactory, **times)


def test_a_program_has_one_version_from_a_date_on(world):
    version = world.here.cohort.version
    again = {"program": version.program, "effective_from": version.effective_from}
    refused("one_version_per_program_and_date", PathwayVersionFactory, **again)


def test_names_of_intakes_and_rotations_differ_within_a_program_only(world):
    here, there = world.here, world.there
    names = {"program": here.program, "name": here.cohort.name, "version": here.cohort.version}
    refused("cohort_names_differ_in_a_program", CohortFactory, **names)
    refused(
        "rotation_names_differ_in_a_program",
        RotationFactory,
        program=here.program,
        name=here.elective.name,
    )
    assert there.elective.name == here.elective.name


def test_a_person_is_a_resident_and_a_leader_of_a_program_once(world):
    resident = world.here.resident
    same = {"program": resident.program, "person": resident.person}
    refused("one_residency_per_person_and_program", ResidentFactory, **same)
    refused(
        "staff_ids_differ_in_a_program",
        ResidentFactory,
        program=resident.program,
        staff_id=resident.staff_id,
    )
    LeaderFactory(**same)
    refused("one_leader_per_person_and_program", LeaderFactory, **same)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 12, 13), date(2027, 1, 9)),
        (date(2026, 10, 19), date(2026, 11, 16)),
        (date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_blocks_of_a_resident_never_overlap_even_by_a_day(world, start, end):
    mine = {"program": world.here.program, "resident": world.here.resident}
    dates = {"rotation": world.here.elective, "start": start, "end": end}
    refused("blocks_of_a_resident_never_overlap", BlockFactory, **mine, **dates)
    assert BlockFactory(**mine, **dates, overrides=True).pk


def test_blocks_of_two_residents_may_be_the_same_and_neighbours_touch(world):
    mine = {"program": world.here.program, "resident": world.here.resident}
    day_after = {"start": date(2026, 12, 14), "end": date(2027, 1, 10)}
    assert BlockFactory(**mine, rotation=world.here.elective, **day_after).pk


def test_a_block_does_not_end_before_it_starts(world):
    backwards = {"start": date(2027, 2, 2), "end": date(2027, 2, 1)}
    refused("block_ends_after_start|range lower bound", BlockFactory, **backwards)


def test_clinic_and_holds_take_a_half_day_once(world):
    mine = {"program": world.here.program, "resident": world.here.resident}
    ClinicPatternFactory(**mine)
    refused("one_clinic_per_half_day", ClinicPatternFactory, **mine)
    refused("clinic_on_a_day_of_the_week", ClinicPatternFactory, **mine, weekday=7)
    HalfDayHoldFactory(**mine, released_at=datetime(2026, 11, 20, 16, tzinfo=UTC))
    HalfDayHoldFactory(**mine)
    refused("one_hold_per_half_day", HalfDayHoldFactory, **mine)


def test_a_rotation_is_of_a_kind_that_is_known(db):
    refused("rotation_kind_is_known", RotationFactory, kind="holiday")
