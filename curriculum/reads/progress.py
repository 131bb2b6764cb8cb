"""How far residents have come with the classes: seats, what was done elsewhere, and homework."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from qipathway.core.lib.dates import local_date
from residents.models import Program, Resident
from residents.reads import settled_in
from residents.requirements import NOTHING_SETTLED, UNSETTLED, Settlements
from residents.states import SettlementKind

from ..models import Booking, Completion, Course, Homework
from ..querysets import BookingQuerySet, CompletionQuerySet
from ..requirements import homework_key, is_waived
from ..states import BookingState, CompletionSource, HomeworkState

Fact = tuple[int, int, str, date]
"""Resident, class, state of the seat or source of the completion, day."""

Work = tuple[str, str, date, date | None]
"""Homework: its state, its address, when it is due and when it was accepted."""

WORK = ("state", "uid", "due_on", "accepted_at")
DONE = frozenset({BookingState.ATTENDED, *CompletionSource})


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one resident stands with one class: a kind of the board and what it links to.

    A draft has no ``homework_uid``: it is its writer's alone. ``source`` says where a class was
    done that was not attended here, ``settled`` how the homework was, if on a signature; a class
    that is waived is "waived" whole. ``done_on`` is when class and homework were complete here.
    """

    kind: str
    booked_for: date | None = None
    homework_uid: str = ""
    is_overdue: bool = False
    source: str = ""
    settled: str = ""
    done_on: date | None = None

    @property
    def is_settled(self) -> bool:
        return self.kind == "waived" or bool(self.settled)

    @property
    def sign(self) -> str:
        """Which sign a board shows: what was not done here is marked as such."""
        if self.is_settled:
            return "waived"
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
    waived: int = 0
    settled: int = 0

    @property
    def count(self) -> str:
        """Say how much is complete, and that some of it rests on a signature."""
        settled = f", {self.settled} of them credited or waived" if self.settled else ""
        return f"{self.complete} of {self.required}{settled}"

    @property
    def is_complete(self) -> bool:
        return self.required > 0 and self.complete == self.required

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which one class after the other was complete."""
        return tuple(sorted(cell.done_on for cell in self.cells.values() if cell.done_on))


def required_courses(program: Program) -> list[Course]:
    """Read the classes that the pathway asks for, in the order of the catalogue."""
    return list(Course.objects.filter(program=program).required())


def for_board(
    program: Program,
    courses: Iterable[Course],
    today: date,
    settled: Mapping[int, Settlements] | None = None,
) -> dict[int, ClassProgress]:
    """Read the class progress of everybody in a program; three queries for any number.

    A page that has read what is ``settled`` hands it in, and saves one.
    """
    wanted = {course.pk: course.uid for course in courses}
    known = settled_in(program) if settled is None else settled
    classes: dict[int, dict[int, tuple[str, date]]] = defaultdict(dict)
    bookings = Booking.objects.filter(program=program)
    completions = Completion.objects.filter(program=program)
    for resident, course, state, day in _facts(bookings, completions):
        _note(classes[resident], course, state, day)
    homework: dict[int, dict[int, Work]] = defaultdict(dict)
    works = Homework.objects.filter(program=program)
    for resident, course, *work in works.values_list("resident_id", "course_id", *WORK):
        homework[resident][course] = _work(program.zone, *work)
    return {
        resident: _progress(
            wanted,
            classes.get(resident, {}),
            homework.get(resident, {}),
            known.get(resident, NOTHING_SETTLED),
            today,
        )
        for resident in classes.keys() | known.keys()
    }


def class_progress(resident: Resident, today: date) -> ClassProgress:
    """Read one resident's class progress."""
    courses = required_courses(resident.program)
    wanted = {course.pk: course.uid for course in courses}
    classes: dict[int, tuple[str, date]] = {}
    bookings = Booking.objects.filter(resident=resident)
    for _, course, state, day in _facts(bookings, Completion.objects.filter(resident=resident)):
        _note(classes, course, state, day)
    zone = resident.program.zone
    works = {
        course: _work(zone, *work)
        for course, *work in resident.homework.values_list("course_id", *WORK)
    }
    return _progress(wanted, classes, works, resident.settled, today)


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
    wanted: Mapping[int, UUID],
    classes: dict[int, tuple[str, date]],
    works: dict[int, Work],
    settled: Settlements,
    today: date,
) -> ClassProgress:
    cells = {
        course: _settle(_cell(*classes[course], works.get(course), today), uid, settled)
        if course in classes
        else Cell("waived")
        for course, uid in wanted.items()
        if course in classes or is_waived(uid, settled)
    }
    due = {course: cell for course, cell in cells.items() if cell.kind == "open"}
    open_states = (HomeworkState.DRAFT, HomeworkState.RETURNED)
    mine = [work for course, work in works.items() if course in due]
    kinds = [cell.kind for cell in cells.values()]
    return ClassProgress(
        cells=cells,
        required=len(wanted),
        attended=sum(state in DONE for course, (state, _) in classes.items() if course in wanted),
        complete=kinds.count("done") + kinds.count("waived"),
        homework_open=sum(state in open_states for state, *_ in mine),
        homework_waiting=sum(state == HomeworkState.SUBMITTED for state, *_ in mine),
        homework_overdue=sum(cell.is_overdue for cell in cells.values()),
        missed=tuple(course for course, cell in cells.items() if cell.kind == "missed"),
        waived=kinds.count("waived"),
        settled=sum(cell.is_settled for cell in cells.values()),
    )


def _settle(cell: Cell, course: UUID, settled: Settlements) -> Cell:
    """Return the cell as the director's signature leaves it; what was done here stays as it is."""
    if cell.kind == "done":
        return cell
    if is_waived(course, settled):
        return Cell("waived", homework_uid=cell.homework_uid)
    homework = settled.get(homework_key(course), UNSETTLED)
    if cell.kind != "open" or not homework.total:
        return cell
    how = SettlementKind.CREDIT if homework.credited else SettlementKind.WAIVER
    return replace(cell, kind="done", is_overdue=False, settled=how)


def _work(zone: str, state: str, uid: UUID, due_on: date, accepted_at: datetime | None) -> Work:
    return state, str(uid), due_on, local_date(accepted_at, zone) if accepted_at else None


def _cell(state: str, day: date, work: Work | None, today: date) -> Cell:
    if state == BookingState.BOOKED:
        return Cell("booked", booked_for=day)
    if state == BookingState.MISSED:
        return Cell("missed")
    source = state if state in CompletionSource.values else ""
    if work is None or work[0] == HomeworkState.ACCEPTED:
        done_on = max(day, work[3] or day) if work else day
        return Cell("done", homework_uid=work[1] if work else "", source=source, done_on=done_on)
    late = work[0] != HomeworkState.SUBMITTED and work[2] < today
    shown = "" if work[0] == HomeworkState.DRAFT else work[1]
    return Cell("open", homework_uid=shown, is_overdue=late, source=source)
