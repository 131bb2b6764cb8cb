"""A project opens, and gets its process."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.states import DomainError, IllegalMove, move
from qipathway.core.timeline.services import record
from residents.models import Resident

from ..models import Charter, Project, Screen, StageEntry
from ..reads import opening_for
from ..states import PROJECT_MOVES, Stage


@transaction.atomic
def open_project(resident: Resident, *, by: User, today: date, title: str = "") -> Project:
    """Open the one capstone of a resident, near the end of the first year.

    Before the month that the resident's version of the pathway names it is refused, with the day
    on which it opens. Two that open at once meet at the database's constraint.
    """
    opening = opening_for(resident, today)
    if opening is None:
        raise DomainError("A capstone can be opened once you have a place on the pathway.")
    if not opening.is_open:
        raise DomainError(
            f"Your capstone opens on {full_day(opening.opens_on)}. "
            "Until then your classes come first."
        )
    try:
        with transaction.atomic():
            project = Project.objects.create(
                program_id=resident.program_id, resident=resident, title=title, opened_on=today
            )
    except IntegrityError as error:
        raise DomainError("You already have an open capstone, so no second one was opened.") from (
            error
        )
    of_project = {"project": project, "program_id": resident.program_id}
    Charter.objects.create(**of_project)
    Screen.objects.create(**of_project)
    StageEntry.objects.create(**of_project, stage=Stage.IDEA, entered_on=today)
    tell(project, by, "capstone.open_project")
    return project


@transaction.atomic
def choose_process(project: Project, *, by: User, today: date, area: str, process: str) -> Project:
    """Choose the one process that the project makes better; from here on a charter is written."""
    project = locked(project)
    if project.state != Stage.IDEA:
        raise IllegalMove(
            f"The process is chosen already: {project}. Change its name in the charter."
        )
    if not area or not process:
        raise DomainError("Name both the area and the process; the charter can refine them later.")
    move(project, "choose_process", PROJECT_MOVES)
    project.save(update_fields=["state"])
    name_process(project, area, process)
    enter(project, today=today)
    tell(project, by, "capstone.choose_process")
    return project


def locked(project: Project) -> Project:
    """Read a project again under a lock, with what belongs to it.

    The lock leaves foreign keys to the row free, so that nobody waits who only points at it.
    """
    return (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("program", "resident__person")
        .get(pk=project.pk)
    )


def name_process(project: Project, area: str, process: str, title: str | None = None) -> None:
    """Name the process in the charter, and call the project after it if not otherwise."""
    project.title = title_of(area, process) if title is None else title
    project.save(update_fields=["title"])
    charter = project.charter
    charter.area, charter.process, charter.version = area, process, charter.version + 1
    charter.save(update_fields=["area", "process", "version"])


def enter(project: Project, *, today: date) -> None:
    """Write down that the stage before was left today and the project's own stage entered."""
    project.entries.filter(left_on=None).update(left_on=today)
    StageEntry.objects.create(
        project=project, program_id=project.program_id, stage=project.state, entered_on=today
    )


def tell(project: Project, by: User, action: str, **data: Any) -> None:
    """Put what was done on the resident's timeline, under the project."""
    record(by, action, project, about=project.resident.person, scope=project.program_id, **data)


def title_of(area: str, process: str) -> str:
    """Return what a project is called once its process has a name."""
    return f"{process}, {area}"
