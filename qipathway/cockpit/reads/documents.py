"""The files of a resident's record: what was handed in, and what is evidence of earlier work."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from capstone.models import PriorWork, Project
from curriculum.models import Completion, HomeworkFile
from curriculum.models import Homework as Work
from curriculum.states import HomeworkState
from qipathway.core.accounts.models import User
from qipathway.core.files.states import ScanState
from residents.models import Resident

HOMEWORK = "Resident, coach, the class's instructor and the program office can open this."
COMPLETION = "Resident, coach, the KPO lead and the program office can open this."
ENTRY = "Resident, coach, sponsor, the KPO lead and the program office can open this."


@dataclass(frozen=True, slots=True)
class Document:
    """One file that the viewer may open; ``readers`` says who else may."""

    name: str
    what: str
    url: str
    readers: str


def documents_of(viewer: User, resident: Resident) -> tuple[Document, ...]:
    """Read the files that ``viewer`` may open, and none beside them; three queries.

    Bounded by what one resident hands in. The CV belongs to an application, not to the record.
    """
    return (
        *_homework(viewer, resident),
        *_completions(viewer, resident),
        *_entries(viewer, resident),
    )


def _homework(viewer: User, resident: Resident) -> Iterator[Document]:
    seen = Work.objects.visible_to(viewer).filter(resident=resident)
    files = HomeworkFile.objects.filter(homework__in=seen, file__state=ScanState.CLEAN)
    for row in files.select_related("file", "homework__course").order_by("-pk"):
        is_draft = row.homework.state == HomeworkState.DRAFT
        uids = [resident.program.slug, row.homework.uid, row.file.uid]
        yield Document(
            row.file.name,
            f"Homework of {row.homework.course.title}",
            reverse("curriculum:homework-file", args=uids),
            "Nobody else until it is handed in." if is_draft else HOMEWORK,
        )


def _completions(viewer: User, resident: Resident) -> Iterator[Document]:
    seen = Completion.objects.visible_to(viewer).standing().filter(resident=resident)
    for row in seen.filter(file__state=ScanState.CLEAN).select_related("file", "course"):
        if row.file:
            yield Document(
                row.file.name,
                f"Evidence of {row.course.title}, done elsewhere",
                reverse("curriculum:completion-file", args=[resident.program.slug, row.uid]),
                COMPLETION,
            )


def _entries(viewer: User, resident: Resident) -> Iterator[Document]:
    seen = Project.objects.visible_to(viewer).filter(resident=resident)
    rows = PriorWork.objects.standing().filter(project__in=seen, file__state=ScanState.CLEAN)
    for row in rows.select_related("file", "project"):
        if row.file:
            yield Document(
                row.file.name,
                "Evidence of the capstone before this system",
                reverse("capstone:entry-file", args=[resident.program.slug, row.project.uid]),
                ENTRY,
            )
