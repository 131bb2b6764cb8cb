"""What classes, homework and practice ask of a resident, and how much of it is left."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from residents.models import Membership, PathwayVersion, Program, Resident
from residents.reads import version_for
from residents.requirements import NOTHING_SETTLED, UNSETTLED, Requirement, Settlements

from ..models import Course
from ..requirements import CONTRIBUTIONS, class_key, homework_key, is_waived
from .activities import Line, SbpProgress, sbp_for_board, sbp_progress
from .contributions import confirmed_for, contributions_of
from .progress import EMPTY, Cell, ClassProgress, class_progress, for_board, required_courses

CLASSES, HOMEWORK, PRACTICE, YEARS = (
    "Classes",
    "Homework",
    "Systems-Based Practice",
    "Over the three years",
)


def requirements_of(resident: Resident, today: date) -> list[Requirement]:
    """Read all that is asked of one resident, in the order of a page; eleven queries."""
    courses = required_courses(resident.program)
    progress, sbp = class_progress(resident, today), sbp_progress(resident, today)
    asked = _asked(courses, progress, sbp, resident.settled, str(resident.uid))
    wanted = (version_for(resident) or PathwayVersion()).contributions
    given = contributions_of(resident, wanted)
    return [*asked, *_contributions(given.done, wanted, resident.settled)]


def requirements_for(
    members: Sequence[Membership],
    program: Program,
    settled: Mapping[int, Settlements],
    today: date,
) -> dict[int, list[Requirement]]:
    """Read all that is asked of each member, by resident; seven queries for any number."""
    courses = required_courses(program)
    versions = {member.resident_id: member.cohort.version for member in members}
    classes = for_board(program, courses, today, settled)
    practice = sbp_for_board(program, versions, today, settled)
    given = confirmed_for(program)

    def asked_of(member: Membership) -> Iterator[Requirement]:
        key, known = member.resident_id, settled.get(member.resident_id, NOTHING_SETTLED)
        progress = classes.get(key, ClassProgress())
        yield from _asked(courses, progress, practice[key], known, str(member.resident.uid))
        yield from _contributions(given.get(key, 0), versions[key].contributions, known)

    return {member.resident_id: list(asked_of(member)) for member in members}


def _asked(
    courses: Sequence[Course],
    progress: ClassProgress,
    sbp: SbpProgress,
    settled: Settlements,
    resident: str,
) -> Iterator[Requirement]:
    cells = [(course, progress.cells.get(course.pk, EMPTY)) for course in courses]
    yield from (_class(course, cell, resident, settled) for course, cell in cells)
    yield from _homework(cells, settled)
    yield from _practice(sbp)


def _class(course: Course, cell: Cell, resident: str, settled: Settlements) -> Requirement:
    """Return a class: done at its session, entered on the page of classes done elsewhere, or not.

    A seat that is booked has to be given back before the class is waived.
    """
    key = class_key(course.uid)
    attended = cell.kind in {"done", "open"}
    return Requirement(
        key=key,
        text=course.title,
        group=CLASSES,
        wanted=1,
        done=int(attended),
        settled=settled.get(key, UNSETTLED),
        refusal="a seat is booked and has to be given back first" if cell.kind == "booked" else "",
        entered_at="curriculum:completions",
        entered_uid=resident,
    )


def _homework(cells: list[tuple[Course, Cell]], settled: Settlements) -> Iterator[Requirement]:
    """Yield the homework of classes that have some; a class is waived with its homework."""
    for course, cell in cells:
        if not course.homework_brief or is_waived(course.uid, settled):
            continue
        key = homework_key(course.uid)
        yield Requirement(
            key=key,
            text=f"Homework of {course.title}",
            group=HOMEWORK,
            wanted=1,
            done=int(cell.kind == "done" and not cell.settled),
            settled=settled.get(key, UNSETTLED),
        )


def _practice(sbp: SbpProgress) -> Iterator[Requirement]:
    meetings, *rest = sbp.years
    for group, lines in ((PRACTICE, sbp.lines), (YEARS, (meetings, *sbp.among, *rest))):
        yield from (_line(line, group) for line in lines if line.wanted)


def _contributions(done: int, wanted: int, settled: Settlements) -> Iterator[Requirement]:
    """Yield what is to be given to mentoring and improvement. Source: requirement 53."""
    if wanted:
        yield Requirement(
            key=CONTRIBUTIONS,
            text="Contributions to mentoring and improvement",
            group=YEARS,
            wanted=wanted,
            done=done,
            settled=settled.get(CONTRIBUTIONS, UNSETTLED),
        )


def _line(line: Line, group: str) -> Requirement:
    return Requirement(
        key=line.key,
        text=line.text,
        group=group,
        wanted=line.wanted,
        done=line.done,
        settled=line.settled,
        shared=line.shared,
    )
