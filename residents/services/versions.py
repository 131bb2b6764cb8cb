"""Versions of the pathway: made from what is there, and changed while no cohort is held to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import PathwayVersion, Program
from .locks import lock_program


@transaction.atomic
def create_version(program: Program, *, values: Mapping[str, Any], by: User) -> PathwayVersion:
    """Make a version of the pathway; cohorts that start from its date on are offered it.

    The program is locked, so that of two who make one for the same day the second is told. Cohorts
    that are open stay with the version that they were opened with.
    """
    program = lock_program(program.pk)
    _refuse_taken(program, values["effective_from"])
    version = PathwayVersion.objects.create(program=program, **values)
    _tell(by, "residents.create_version", version)
    return version


@transaction.atomic
def change_version(version: PathwayVersion, *, values: Mapping[str, Any], by: User) -> None:
    """Change a version to which no cohort is held.

    The program is locked, as for opening a cohort: nobody is held to what changes under them.
    """
    program = lock_program(version.program_id)
    if version.cohorts.exists():
        raise DomainError("A cohort is held to this version by now; nothing was changed.")
    _refuse_taken(program, values["effective_from"], but=version)
    PathwayVersion.objects.filter(pk=version.pk).update(**values)
    version.refresh_from_db()
    _tell(by, "residents.change_version", version)


def _refuse_taken(program: Program, day: date, *, but: PathwayVersion | None = None) -> None:
    others = program.versions.filter(effective_from=day)
    if but:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise DomainError(f"Another version takes effect on {full_day(day)} already.")


def _tell(by: User, action: str, version: PathwayVersion) -> None:
    day = version.effective_from.isoformat()
    said = {"version": version.name, "day": day}
    record(by, action, version, about=None, scope=version.program_id, **said)
