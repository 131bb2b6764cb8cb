"""What a search finds."""

from dataclasses import dataclass

from capstone.models import Project
from curriculum.models import Course
from qipathway.core.accounts.models import User
from residents.models import Program, Resident

LIMIT = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The first of everything that a viewer may see and that holds some words."""

    residents: tuple[Resident, ...] = ()
    courses: tuple[Course, ...] = ()
    projects: tuple[Project, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.residents or self.courses or self.projects)


def found(viewer: User, program: Program, words: str) -> Found:
    """Read what ``viewer`` may see whose name or title holds ``words``; three queries."""
    if not words:
        return Found()
    here = {"program": program}
    residents = Resident.objects.visible_to(viewer).filter(**here).named(words)
    courses = Course.objects.visible_to(viewer).filter(**here, title__icontains=words)
    projects = Project.objects.visible_to(viewer).filter(**here, title__icontains=words)
    people = residents.select_related("person", "program").by_name()
    return Found(
        residents=tuple(people[:LIMIT]),
        courses=tuple(courses[:LIMIT]),
        projects=tuple(projects.select_related("program", "resident__person")[:LIMIT]),
    )
