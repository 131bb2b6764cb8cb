"""Residents: who is here, in which track, and who has a place on the pathway."""

from datetime import date, time
from functools import partial

from qipathway.core.accounts.models import User
from residents.models import Cohort, PathwayVersion, Resident
from residents.services import enrol, why_not_eligible
from residents.states import CareerInterest, Track

from ..cast import Cast
from ..diary import Diary
from ..scene import FIRST_INTAKE, stable
from .files import Row, rows

TRACKS = {
    "categorical": Track.CATEGORICAL,
    "primary care": Track.PRIMARY_CARE,
    "preliminary": Track.PRELIMINARY,
}
INTERESTS = {
    "": CareerInterest.UNDECIDED,
    "primary care": CareerInterest.PRIMARY_CARE,
    "hospitalist": CareerInterest.HOSPITALIST,
    "subspecialist": CareerInterest.SUBSPECIALIST,
}
YEARS = 3
WELCOME = time(9)


def load_roster(cast: Cast, diary: Diary) -> None:
    """Enter everybody of the roster; whoever is eligible is enrolled on the first day.

    A preliminary resident is entered without a place on the pathway: a person of the program.
    """
    version = PathwayVersion.objects.create(
        program=cast.program, name="2024", effective_from=FIRST_INTAKE
    )
    cohorts: dict[date, Cohort] = {}
    for row in rows("roster"):
        resident = _enter(cast, row)
        cast.residents[resident.staff_id] = resident
        if why_not_eligible(resident):
            continue
        starts = resident.starts_on
        if starts not in cohorts:
            cohorts[starts] = Cohort.objects.create(
                program=cast.program,
                version=version,
                name=f"Class of {starts.year + YEARS}",
                starts_on=starts,
            )
        welcome = partial(_welcome, resident, cohort=cohorts[starts], by=cast.director)
        diary.on(starts, WELCOME, welcome)


def _enter(cast: Cast, row: Row) -> Resident:
    email = row["E-mail"]
    person = User.objects.create_user(
        email,
        given_name=row["First name"],
        family_name=row["Last name"],
        uid=stable("person", email),
    )
    return Resident.objects.create(
        uid=stable("resident", row["Staff ID"]),
        program=cast.program,
        person=person,
        staff_id=row["Staff ID"],
        track=TRACKS[row["Track"]],
        matched_here=row["Matched here"] == "yes",
        starts_on=date.fromisoformat(row["Program start"]),
        career_interest=INTERESTS[row["Career interest"]],
        specialty=row["Specialty"],
        interests=row["Areas of interest"],
    )


def _welcome(resident: Resident, at: object, *, cohort: Cohort, by: User) -> None:
    enrol(resident, cohort=cohort, on=resident.starts_on, by=by)
