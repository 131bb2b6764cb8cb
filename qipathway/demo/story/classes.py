"""Classes: booked, attended or missed, and what became of their homework."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import partial

from curriculum.models import Homework, Session
from curriculum.services import (
    accept_homework,
    book_session,
    return_homework,
    save_homework,
    submit_homework,
    take_attendance,
)
from qipathway.core.accounts.models import User
from residents.models import Resident

from ..cast import Cast
from ..diary import Diary
from .homework import accepted_with, begun, returned_with, takes_two_rounds, written
from .ties import coach_of

AHEAD = timedelta(days=9)
NOON, EVENING, EARLY = time(12, 25), time(19, 40), time(7, 50)
WRITING = timedelta(days=15)
ANSWERING = timedelta(days=4)
REWRITING = timedelta(days=9)
Words = Callable[[str, Resident], tuple[str, str]]
"""Area and words of a resident's homework for a class."""
LEARNING_SYSTEM = "As recorded in the hospital's learning system."


class Outcome(IntEnum):
    """How far a booked class has come; attended ones in the order in which homework goes on."""

    BOOKED = 0
    MISSED = 1
    ATTENDED = 2
    STARTED = 3
    SUBMITTED = 4
    RETURNED = 5
    ACCEPTED = 6


@dataclass(frozen=True, slots=True)
class ClassRecord:
    """A class of a resident, how it came out, and days that differ from the usual.

    An imported one was entered as the learning system had it, whatever the schedule said.
    """

    staff_id: str
    code: str
    day: date
    outcome: Outcome
    booked_on: date | None = None
    written_on: date | None = None
    answered_on: date | None = None
    is_imported: bool = False


O = Outcome  # noqa: E741 (a column of the table below)
WINTER = date(2026, 12, 17)
LIVING = (
    ClassRecord("R2101", "VL10", date(2026, 3, 20), O.ACCEPTED),
    ClassRecord("R2102", "VL10", date(2026, 11, 4), O.ACCEPTED),
    ClassRecord("R2103", "VL10", date(2026, 12, 8), O.SUBMITTED, written_on=date(2026, 12, 22)),
    ClassRecord("R2104", "VL10", date(2026, 7, 21), O.ACCEPTED),
    ClassRecord("R2201", "VL07", date(2026, 8, 24), O.ACCEPTED),
    ClassRecord("R2201", "VL09", date(2026, 9, 1), O.STARTED, written_on=date(2026, 12, 20)),
    ClassRecord("R2202", "VL07", date(2026, 12, 3), O.RETURNED, written_on=date(2026, 12, 14)),
    ClassRecord("R2202", "VL08", date(2027, 1, 8), O.BOOKED, booked_on=WINTER),
    ClassRecord("R2202", "VL09", date(2026, 7, 9), O.ACCEPTED),
    ClassRecord("R2203", "VL06", date(2026, 2, 9), O.ACCEPTED),
    ClassRecord("R2203", "VL07", date(2026, 12, 28), O.BOOKED),
    ClassRecord("R2203", "VL08", date(2026, 9, 25), O.ATTENDED),
    ClassRecord("R2203", "VL09", date(2026, 12, 17), O.MISSED),
    ClassRecord("R2204", "VL06", date(2026, 12, 29), O.BOOKED, booked_on=date(2026, 12, 15)),
    ClassRecord("R2204", "VL07", date(2026, 12, 28), O.BOOKED),
    ClassRecord("R2204", "VL08", date(2026, 2, 17), O.ACCEPTED),
    ClassRecord("R2204", "VL09", date(2026, 2, 23), O.ACCEPTED),
    ClassRecord("R2204", "VL10", date(2027, 1, 12), O.BOOKED, booked_on=WINTER),
    ClassRecord("R2301", "VL02", date(2026, 10, 9), O.ACCEPTED),
    ClassRecord(
        "R2301",
        "VL04",
        date(2026, 10, 12),
        O.SUBMITTED,
        booked_on=date(2026, 10, 4),
        written_on=date(2026, 12, 20),
    ),
    ClassRecord("R2301", "VL05", date(2027, 1, 11), O.BOOKED, booked_on=WINTER),
    ClassRecord("R2301", "VL07", date(2026, 12, 28), O.BOOKED),
    ClassRecord("R2302", "VL05", date(2026, 8, 24), O.MISSED),
    ClassRecord("R2302", "VL05", date(2027, 1, 11), O.BOOKED, booked_on=WINTER),
    ClassRecord("R2302", "VL07", date(2026, 12, 28), O.BOOKED),
    ClassRecord("R2303", "VL05", date(2026, 9, 15), O.ATTENDED),
    ClassRecord("R2304", "VL02", date(2026, 11, 12), O.SUBMITTED, written_on=date(2026, 12, 21)),
    ClassRecord("R2304", "VL05", date(2026, 8, 24), O.ACCEPTED),
)
"""What happened since the learning system's list, by the services and on protected half days."""


def plan_classes(cast: Cast, diary: Diary, records: Iterable[ClassRecord]) -> None:
    """Write records of classes into the diary, deed by deed."""
    lists: dict[tuple[str, date], list[ClassRecord]] = defaultdict(list)
    for record in records:
        session = cast.sessions[record.code, record.day]
        resident = cast.residents[record.staff_id]
        booked_on = record.booked_on or record.day - AHEAD
        by = cast.director if record.is_imported else resident.person
        note = LEARNING_SYSTEM if record.is_imported else ""
        diary.on(booked_on, NOON, partial(_book, session, resident, by=by, note=note))
        if record.outcome >= Outcome.MISSED:
            lists[record.code, record.day].append(record)
        if record.outcome >= Outcome.STARTED:
            _plan_homework(cast, diary, record)
    for key, marked in lists.items():
        session = cast.sessions[key]
        diary.note(session.ends_at, partial(_mark, session, marked))


def _plan_homework(cast: Cast, diary: Diary, record: ClassRecord) -> None:
    session = cast.sessions[record.code, record.day]
    resident = cast.residents[record.staff_id]
    reviewer = coach_of(cast, record.staff_id) or session.instructor
    written_on = record.written_on or record.day + WRITING
    returned = record.outcome == Outcome.RETURNED
    again = record.is_imported and takes_two_rounds(record.code, resident)
    if again:
        _plan_hand_in(diary, session, resident, written_on, begun)
        back_on = written_on + ANSWERING
        diary.on(back_on, EARLY, partial(_return, session, resident, by=reviewer))
        written_on = back_on + REWRITING
    if record.outcome < Outcome.SUBMITTED:
        diary.on(written_on, EVENING, partial(_write, session, resident, words=written))
        return
    _plan_hand_in(diary, session, resident, written_on, begun if returned else written)
    if record.outcome >= Outcome.RETURNED:
        answer = _return if returned else partial(_accept, again=again)
        answered_on = record.answered_on or written_on + ANSWERING
        diary.on(answered_on, EARLY, partial(answer, session, resident, by=reviewer))


def _plan_hand_in(
    diary: Diary, session: Session, resident: Resident, day: date, words: Words
) -> None:
    diary.on(day, EVENING, partial(_write, session, resident, words=words))
    diary.on(day, EVENING, partial(_hand_in, session, resident))


def _book(session: Session, resident: Resident, at: datetime, *, by: User, note: str) -> None:
    book_session(session, resident=resident, by=by, at=at, override_note=note)


def _mark(session: Session, records: Iterable[ClassRecord], at: datetime) -> None:
    live = session.bookings.live().select_related("resident")
    uids = {booking.resident.staff_id: booking.uid for booking in live}
    there = {record.staff_id: record.outcome != Outcome.MISSED for record in records}
    take_attendance(
        session,
        by=session.instructor,
        at=at,
        attended=[uids[staff_id] for staff_id, was in there.items() if was],
        missed=[uids[staff_id] for staff_id, was in there.items() if not was],
    )


def _write(session: Session, resident: Resident, at: datetime, *, words: Words) -> None:
    homework = _homework(session, resident)
    area, body = words(session.course.code, resident)
    save_homework(
        homework, by=resident.person, at=at, area=area, body=body, version=homework.version
    )


def _hand_in(session: Session, resident: Resident, at: datetime) -> None:
    submit_homework(_homework(session, resident), by=resident.person, at=at)


def _accept(session: Session, resident: Resident, at: datetime, *, by: User, again: bool) -> None:
    comment = accepted_with(session.course.code, resident, again=again)
    accept_homework(_homework(session, resident), by=by, at=at, comment=comment)


def _return(session: Session, resident: Resident, at: datetime, *, by: User) -> None:
    comment = returned_with(session.course.code, resident)
    return_homework(_homework(session, resident), by=by, at=at, comment=comment)


def _homework(session: Session, resident: Resident) -> Homework:
    return Homework.objects.get(resident=resident, course=session.course)
