"""Places on the pathway: whoever of the roster is eligible gets one on their first day."""

from datetime import date, time
from functools import partial

from qipathway.core.accounts.models import User
from residents.models import Cohort, PathwayVersion, Resident
from residents.reads import why_not_eligible
from residents.services import enrol

from ..cast import Cast
from ..diary import Diary
from ..scene import FIRST_INTAKE

YEARS = 3
WELCOME = time(9)


def plan_welcomes(cast: Cast, diary: Diary) -> None:
    """Make the intakes, and write into the diary who is enrolled when."""
    version = PathwayVersion.objects.create(
        program=cast.program, name="2024", effective_from=FIRST_INTAKE
    )
    cohorts: dict[date, Cohort] = {}
    for resident in cast.residents.values():
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


def _welcome(resident: Resident, at: object, *, cohort: Cohort, by: User) -> None:
    enrol(resident, cohort=cohort, on=resident.starts_on, by=by)
