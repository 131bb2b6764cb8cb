"""Classes: booked, attended or missed, and what became of their homework."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import partial

from curriculum.models import Booking, Homework, Session
from curriculum.reads import why_not_protected
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
from .homework import RETURNED_WITH, accepted_with, written
from .ties import coach_of

AHEAD = timedelta(days=9)
NOON, EVENING, EARLY = time(12, 25), time(19, 40), time(7, 50)
WRITING = timedelta(days=15)
ANSWERING = timedelta(days=4)
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
    """A class of a resident, how it came out, and days that differ from the usual."""

    staff_id: str
    code: str
    day: date
    outcome: Outcome
    booked_on: date | None = None
    written_on: date | None = None
    answered_on: date | None = None


O = Outcome  # noqa: E741 (a column of the table below)
WINTER = date(2026, 12, 17)
LIVING = (
    ClassRecord("R2101", "VL10", date(2026, 3, 20), O.ACCEPTED),
    ClassRecord("R2102", "VL10", date(2026, 11, 4), O.ACCEPTED),
    ClassRecord("R2103", "VL10", date(2026, 12, 8), O.SUBMITTED, written_on=date(2026, 12, 22)),
    ClassRecord("R2104", "VL10", date(2027, 1, 12), O.BOOKED, booked_on=WINTER),
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


def plan_class(cast: Cast, diary: Diary, record: ClassRecord) -> None:
    """Write a record of a class into the diary, deed by deed."""
    session = cast.sessions[record.code, record.day]
    resident = cast.residents[record.staff_id]
    booked_on = record.booked_on or record.day - AHEAD
    diary.on(booked_on, NOON, partial(_book, cast, session, resident))
    if record.outcome >= Outcome.MISSED:
        there = record.outcome >= Outcome.ATTENDED
        diary.note(session.ends_at, partial(_mark, session, resident, there=there))
    if record.outcome >= Outcome.STARTED:
        _plan_homework(cast, diary, record)


def _plan_homework(cast: Cast, diary: Diary, record: ClassRecord) -> None:
    session = cast.sessions[record.code, record.day]
    resident = cast.residents[record.staff_id]
    written_on = record.written_on or record.day + WRITING
    diary.on(written_on, EVENING, partial(_write, session, resident))
    if record.outcome >= Outcome.SUBMITTED:
        diary.on(written_on, EVENING, partial(_hand_in, session, resident))
    if record.outcome >= Outcome.RETURNED:
        reviewer = coach_of(cast, record.staff_id) or session.instructor
        answer = _accept if record.outcome == Outcome.ACCEPTED else _return
        answered_on = record.answered_on or written_on + ANSWERING
        diary.on(answered_on, EARLY, partial(answer, session, resident, by=reviewer))


def _book(cast: Cast, session: Session, resident: Resident, at: datetime) -> None:
    """Book as the resident did; a seat on an unprotected half day is the learning system's."""
    unprotected = why_not_protected(session, resident)
    book_session(
        session,
        resident=resident,
        by=cast.director if unprotected else resident.person,
        at=at,
        override_note=LEARNING_SYSTEM if unprotected else "",
    )


def _mark(session: Session, resident: Resident, at: datetime, *, there: bool) -> None:
    uid = Booking.objects.live().get(session=session, resident=resident).uid
    take_attendance(
        session,
        by=session.instructor,
        at=at,
        attended=[uid] if there else [],
        missed=[] if there else [uid],
    )


def _write(session: Session, resident: Resident, at: datetime) -> None:
    homework = _homework(session, resident)
    area, body = written(session.course.code, resident)
    save_homework(
        homework, by=resident.person, at=at, area=area, body=body, version=homework.version
    )


def _hand_in(session: Session, resident: Resident, at: datetime) -> None:
    submit_homework(_homework(session, resident), by=resident.person, at=at)


def _accept(session: Session, resident: Resident, at: datetime, *, by: User) -> None:
    comment = accepted_with(session.course.code, resident)
    accept_homework(_homework(session, resident), by=by, at=at, comment=comment)


def _return(session: Session, resident: Resident, at: datetime, *, by: User) -> None:
    return_homework(_homework(session, resident), by=by, at=at, comment=RETURNED_WITH)


def _homework(session: Session, resident: Resident) -> Homework:
    return Homework.objects.get(resident=resident, course=session.course)
