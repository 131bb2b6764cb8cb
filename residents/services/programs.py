"""Programs come to be, and say how they want to be run; intakes open."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import (
    academic_year,
    academic_year_label,
    academic_year_of,
    local_date,
)
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Cohort, PathwayVersion, Program
from ..reads import version_in_force
from .locks import lock_program

MISSION = (
    "Residents learn to lead improvement: they study its methods, apply them where care happens, "
    "and carry one project from a problem to a result that holds."
)


@transaction.atomic
def create_program(name: str, *, slug: str, by: User | None, at: datetime, **said: Any) -> Program:
    """Make a program with the defaults of the pathway and a first version of it.

    ``said`` may hold ``mission``, ``methodology``, ``zone`` and ``year_starts``. The version has
    every count's default and holds from the first day of the present academic year, so that
    residents who are here already can join. Of two who take one address at once, the second
    waits for the first and is told.
    """
    program = Program(slug=slug, name=name, **({"mission": MISSION} | said))
    Program.objects.bulk_create([program], ignore_conflicts=True)
    found = Program.objects.get(slug=slug)
    if found.uid != program.uid:
        raise DomainError(f"The address “{slug}” is taken by another program.")
    day = local_date(at, found.zone)
    year = academic_year_of(day, found.year_starts)
    PathwayVersion.objects.create(
        program=found,
        name=academic_year_label(year, found.year_starts),
        effective_from=academic_year(year, found.year_starts)[0],
    )
    record(by, "residents.create_program", found, about=None, scope=found.pk)
    return found


@transaction.atomic
def save_program(program: Program, *, by: User, at: datetime, values: Mapping[str, Any]) -> Program:
    """Keep what a director set, and that somebody looked.

    The program is locked, so that of two who save at once both are kept, the later one last.
    """
    program = lock_program(program.pk)
    for name, value in values.items():
        setattr(program, name, value)
    program.settings_saved_at = at
    program.save(update_fields=[*values, "settings_saved_at"])
    record(by, "residents.save_program", program, about=None, scope=program.pk)
    return program


@transaction.atomic
def create_cohort(
    program: Program, *, name: str, starts_on: date, version: PathwayVersion | None, by: User
) -> Cohort:
    """Open an intake that is held to one version of the pathway.

    Without one it is held to the version in force when it starts. The program is locked, so of two
    who take one name at once the second is told.
    """
    program = lock_program(program.pk)
    version = version or version_in_force(program, starts_on)
    if version is None:
        raise DomainError("Make a version of the pathway first: a cohort is held to one.")
    if version.program_id != program.pk:
        raise DomainError("This version of the pathway belongs to another program.")
    if program.cohorts.filter(name=name).exists():
        raise DomainError(f"There is a cohort called {name} already.")
    cohort = Cohort.objects.create(program=program, name=name, starts_on=starts_on, version=version)
    record(by, "residents.create_cohort", cohort, about=None, scope=program.pk, cohort=name)
    return cohort
