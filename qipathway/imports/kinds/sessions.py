"""When and where classes are taught, by whom, for how many."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import Q

from curriculum.models import Course, Session
from curriculum.services import move_session, staff_session
from curriculum.services.catalogue import schedule_sessions
from curriculum.states import SessionState
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import at_local, full_day
from qipathway.core.lib.states import DomainError
from qipathway.core.sheets import cells
from qipathway.core.sheets.cells import fold

from ..columns import Field
from ..plan import Desk, Plan, Row, differences, doubles, labels_of
from .classes import CODE

FIELDS = (
    Field("code", "Class code", CODE.parse, ("code", "class", "course code")),
    Field("day", "Date", None, ("day", "session date")),
    Field("starts", "Start", cells.clock, ("start time", "starts", "from")),
    Field("ends", "End", cells.clock, ("end time", "ends", "to", "until")),
    Field("place", "Place", partial(cells.label, most=120), ("room", "location", "where")),
    Field("instructor", "Instructor", partial(cells.label, most=254), ("teacher", "taught by")),
    Field("capacity", "Capacity", partial(cells.whole_number, least=1), ("seats", "places")),
    Field(
        "held_seats",
        "Seats held for residents",
        cells.whole_number,
        ("held seats", "seats held"),
        is_needed=False,
        is_filled=False,
        default=0,
    ),
)
LABELS = labels_of(FIELDS)
WHEN = ("starts", "ends", "place")
STAFFING = ("instructor", "capacity", "held_seats")
Slot = tuple[int, date, time]


@dataclass
class _Board:
    """What a session of the file is compared with."""

    courses: Mapping[str, Course]
    people: Mapping[str, list[User]]
    there: dict[Slot, list[Session]] = field(default_factory=lambda: defaultdict(list))
    claimed: frozenset[tuple[date, time, str]] = frozenset()
    at: datetime | None = None
    added: list[Session] = field(default_factory=list)


def plan(rows: Sequence[Row], desk: Desk) -> Plan:
    """Compare with the sessions that are there by class, day, start and, if need be, place."""
    draft = Plan(labels=LABELS)
    board = _read(desk)
    shifted = [_on_the_clock(row, desk, draft) for row in rows]
    found = [(row, _resolve(row, board, draft)) for row in shifted]
    repeated = set()
    for row, first in doubles(shifted, lambda row: (fold(row["code"]), *_slot(row))):
        reason = f"is already in line {first.line} at this time and place"
        draft.error(row, "code", reason, row["code"])
        repeated.add(row.line)
    board.claimed = frozenset(map(_slot, shifted))
    for row, known in found:
        if known and row.line not in repeated:
            _one(row, *known, draft=draft, desk=desk, board=board)
    draft.deeds.insert(0, desk.deed(schedule_sessions, board.added))
    return draft


def _slot(row: Row) -> tuple[date, time, str]:
    return row["day"], row["starts"], row["place"]


def _read(desk: Desk) -> _Board:
    """Read the classes, the people of the program by name and address, and the sessions."""
    here = Q(grants__program=desk.program) | Q(residencies__program=desk.program)
    people: dict[str, list[User]] = defaultdict(list)
    for person in User.objects.filter(here).distinct():
        for word in (person.name, f"{person.family_name} {person.given_name}", person.email):
            if person not in people[fold(word)]:
                people[fold(word)].append(person)
    courses = {course.code.casefold(): course for course in desk.program.courses.all()}
    board = _Board(courses, people, at=desk.at)
    sessions = Session.objects.filter(program=desk.program).with_seats()
    for session in sessions.select_related("course", "instructor"):
        board.there[session.course_id, session.day, session.starts].append(session)
    return board


def _on_the_clock(row: Row, desk: Desk, draft: Plan) -> Row:
    """Return the row with times that exist on that day: what spring skips is moved, and said."""
    times = {}
    for name in ("starts", "ends"):
        instant = at_local(row["day"], row[name], desk.program.zone)
        clock = instant.astimezone(ZoneInfo(desk.program.zone)).time()
        if clock != row[name]:
            times[name] = clock
            draft.warn(
                row,
                name,
                f"does not exist on {full_day(row['day'])}, when clocks go forward. It is taken as "
                f"{clock:%H:%M}",
                f"{row[name]:%H:%M}",
            )
    return Row(row.line, {**row.values, **times}) if times else row


def _resolve(row: Row, board: _Board, draft: Plan) -> tuple[Course, User] | None:
    """Return the class and the instructor of a line, or say what is wrong with it."""
    course = board.courses.get(row["code"].casefold())
    if course is None:
        reason = "is not in the class catalogue. Bring in the catalogue first, or correct the code"
        draft.error(row, "code", reason, row["code"])
    people = board.people.get(fold(row["instructor"]), [])
    if not people:
        reason = "is nobody of this program. Bring in the people first, or correct the name"
        draft.error(row, "instructor", reason, row["instructor"])
    if len(people) > 1:
        reason = f"is the name of {len(people)} people. Write the e-mail address instead"
        draft.error(row, "instructor", reason, row["instructor"])
    if row["ends"] <= row["starts"]:
        reason = f"is not after the start, {row['starts']:%H:%M}"
        draft.error(row, "ends", reason, f"{row['ends']:%H:%M}")
    if row.get("held_seats", 0) > row["capacity"]:
        reason = f"is more than the capacity, {row['capacity']}"
        draft.error(row, "held_seats", reason, row["held_seats"])
    return (course, people[0]) if course and len(people) == 1 else None


def _one(
    row: Row, course: Course, instructor: User, *, draft: Plan, desk: Desk, board: _Board
) -> None:
    session = _there(row, course, board)
    facts = {"instructor": instructor, **row.only(("capacity", "held_seats"))}
    if session is None:
        board.added.append(_session(row, course, facts, desk))
        draft.new(_title(board.added[-1]), row.line)
        return
    if session.state == SessionState.CANCELLED:
        draft.warn(row, "code", "was cancelled here, and stays so", _title(session))
        draft.unchanged += 1
        return
    title = _title(session)
    moved = differences(session, row.only(WHEN), LABELS)
    staffed = differences(session, facts, LABELS)
    if moved and board.at and session.starts_at <= board.at:
        reason = "has started already, so its time and place can no longer be changed"
        draft.error(row, "day", reason, title)
    if session.taken > session.capacity:
        reason = f"is less than the {session.taken} seats that are taken"
        draft.error(row, "capacity", reason, session.capacity)
    if moved or staffed:
        draft.change(title, row.line, moved + staffed)
        draft.deeds.append(
            partial(_correct, session, row, desk, moved=bool(moved), staffed=bool(staffed))
        )
    else:
        draft.unchanged += 1


def _there(row: Row, course: Course, board: _Board) -> Session | None:
    """Take the session that a line is about off the board: at its place, else the only one then.

    One that another line names by its place is not taken for one that has changed its place.
    """
    then = board.there.get((course.pk, row["day"], row["starts"]), [])
    same = [session for session in then if session.place == row["place"]]
    free = [s for s in then if (s.day, s.starts, s.place) not in board.claimed]
    found = same or (free if len(free) == 1 else [])
    if not found:
        return None
    then.remove(found[0])
    return found[0]


def _session(row: Row, course: Course, facts: Mapping[str, object], desk: Desk) -> Session:
    zone = desk.program.zone
    return Session(
        program=desk.program,
        course=course,
        day=row["day"],
        starts=row["starts"],
        ends=row["ends"],
        zone=zone,
        starts_at=at_local(row["day"], row["starts"], zone),
        ends_at=at_local(row["day"], row["ends"], zone),
        place=row["place"],
        **facts,
    )


def _correct(session: Session, row: Row, desk: Desk, *, moved: bool, staffed: bool) -> None:
    """Move a session and change its staff; a refusal names the line."""
    try:
        if moved:
            move_session(
                session,
                by=desk.by,
                at=desk.at,
                day=row["day"],
                starts=row["starts"],
                ends=row["ends"],
                place=row["place"],
            )
        if staffed:
            staff_session(
                session,
                instructor=session.instructor,
                capacity=session.capacity,
                held_seats=session.held_seats,
                by=desk.by,
            )
    except DomainError as error:
        raise DomainError(f"Line {row.line}: {error}") from error


def _title(session: Session) -> str:
    return f"{session.course.code}, {full_day(session.day)} {session.starts:%H:%M}, {session.place}"
