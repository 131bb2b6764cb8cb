"""How far residents have come with the classes: seats, what was done elsewhere, and homework."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from residents.models import Program, Resident

from ..models import Booking, Completion, Course, Homework
from ..querysets import BookingQuerySet, CompletionQuerySet
from ..states import BookingState, CompletionSource, HomeworkState

Fact = tuple[int, int, str, date]
"""Resident, class, state of the seat or source of the completion, day."""

DONE = frozenset({BookingState.ATTENDED, *CompletionSource})


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one resident stands with one class: a kind of the board and what it links to.

    A draft has no ``homework_uid``: it is its writer's alone. ``source`` says where a class was
    done that was not attended here.
    """

    kind: str
    booked_for: date | None = None
    homework_uid: str = ""
    is_overdue: bool = False
    source: str = ""

    @property
    def sign(self) -> str:
        """Which sign a board shows: what was done before this system is marked as such."""
        is_before = self.kind == "done" and self.source == CompletionSource.BEFORE
        return "before" if is_before else self.kind


EMPTY = Cell("empty")


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """Where one resident stands with all required classes."""

    cells: dict[int, Cell] = field(default_factory=dict)
    required: int = 0
    attended: int = 0
    complete: int = 0
    homework_open: int = 0
    homework_waiting: int = 0
    homework_overdue: int = 0
    missed: tuple[int, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.required > 0 and self.complete == self.required


def required_courses(program: Program) -> list[Course]:
    """Read the classes that the pathway asks for, in the order of the catalogue."""
    return list(Course.objects.filter(program=program).required())


def for_board(program: Program, courses: Iterable[Course], today: date) -> dict[int, ClassProgress]:
    """Read the class progress of everybody in a program; two queries for any number."""
    wanted = {course.pk for course in courses}
    classes: dict[int, dict[int, tuple[str, date]]] = defaultdict(dict)
    bookings = Booking.objects.filter(program=program)
    completions = Completion.objects.filter(program=program)
    for resident, course, state, day in _facts(bookings, completions):
        _note(classes[resident], course, state, day)
    homework: dict[int, dict[int, tuple[str, str, date]]] = defaultdict(dict)
    works = Homework.objects.filter(program=program)
    for resident, course, state, uid, due in works.values_list(
        "resident_id", "course_id", "state", "uid", "due_on"
    ):
        homework[resident][course] = (state, str(uid), due)
    return {
        resident: _progress(wanted, classes[resident], homework.get(resident, {}), today)
        for resident in classes
    }


def class_progress(resident: Resident, today: date) -> ClassProgress:
    """Read one resident's class progress."""
    courses = required_courses(resident.program)
    wanted = {course.pk for course in courses}
    classes: dict[int, tuple[str, date]] = {}
    bookings = Booking.objects.filter(resident=resident)
    for _, course, state, day in _facts(bookings, Completion.objects.filter(resident=resident)):
        _note(classes, course, state, day)
    works = {
        course: (state, str(uid), due)
        for course, state, uid, due in resident.homework.values_list(
            "course_id", "state", "uid", "due_on"
        )
    }
    return _progress(wanted, classes, works, today)


def _facts(bookings: BookingQuerySet, completions: CompletionQuerySet) -> list[Fact]:
    """Read seats that were not given back and what was done elsewhere, in order of days."""
    seats = bookings.live().values_list("resident_id", "course_id", "state", "session__day")
    done = completions.standing().values_list("resident_id", "course_id", "source", "done_on")
    return sorted(seats.union(done, all=True), key=lambda fact: fact[3])


def _note(found: dict[int, tuple[str, date]], course: int, state: str, day: date) -> None:
    """Keep what counts for a class: where it was done or is booked, else the last one missed."""
    if course not in found or found[course][0] == BookingState.MISSED:
        found[course] = (state, day)


def _progress(
    wanted: set[int],
    classes: dict[int, tuple[str, date]],
    works: dict[int, tuple[str, str, date]],
    today: date,
) -> ClassProgress:
    cells = {
        course: _cell(state, day, works.get(course), today)
        for course, (state, day) in classes.items()
        if course in wanted
    }
    open_states = (HomeworkState.DRAFT, HomeworkState.RETURNED)
    mine = [work for course, work in works.items() if course in wanted]
    kinds = [cell.kind for cell in cells.values()]
    return ClassProgress(
        cells=cells,
        required=len(wanted),
        attended=sum(state in DONE for course, (state, _) in classes.items() if course in wanted),
        complete=kinds.count("done"),
        homework_open=sum(state in open_states for state, _, _ in mine),
        homework_waiting=sum(state == HomeworkState.SUBMITTED for state, _, _ in mine),
        homework_overdue=sum(cell.is_overdue for cell in cells.values()),
        missed=tuple(course for course, cell in cells.items() if cell.kind == "missed"),
    )


def _cell(state: str, day: date, work: tuple[str, str, date] | None, today: date) -> Cell:
    if state == BookingState.BOOKED:
        return Cell("booked", booked_for=day)
    if state == BookingState.MISSED:
        return Cell("missed")
    source = state if state in CompletionSource.values else ""
    if work is None or work[0] == HomeworkState.ACCEPTED:
        return Cell("done", homework_uid=work[1] if work else "", source=source)
    late = work[0] != HomeworkState.SUBMITTED and work[2] < today
    shown = "" if work[0] == HomeworkState.DRAFT else work[1]
    return Cell("open", homework_uid=shown, is_overdue=late, source=source)
