"""The organisation's classes and when they are taught."""

from datetime import date, time

from curriculum.models import Course, Session
from curriculum.states import Format, Mode, Strand
from qipathway.core.lib.dates import at_local

from ..cast import Cast
from ..scene import ZONE, stable
from .files import Row, rows, words

SHORT = {
    "VL01": "Seven wastes",
    "VL02": "Going to see",
    "VL03": "Value stream",
    "VL04": "Standard work",
    "VL05": "5S, visual control",
    "VL06": "Set-up, flow",
    "VL07": "Mistake proofing",
    "VL08": "Daily mgmt",
    "VL09": "Leading change",
    "VL10": "Event leadership",
    "LX01": "One-week intensive",
}
"""What stands above a column of the board."""

STRANDS = {
    "QI methodology": Strand.QI,
    "leadership": Strand.LEADERSHIP,
    "change management": Strand.CHANGE,
}
FORMATS = {"half day": Format.HALF_DAY, "full day": Format.FULL_DAY, "week": Format.WEEK}
MODES = {"in person": Mode.IN_PERSON, "remote": Mode.REMOTE}


def load_catalogue(cast: Cast) -> None:
    """Enter the classes in the order of the file, each with what comes before it."""
    catalogue = rows("class_catalogue")
    courses = Course.objects.bulk_create(
        _course(cast, position, row) for position, row in enumerate(catalogue, start=1)
    )
    cast.courses.update({course.code: course for course in courses})
    for row in catalogue:
        before = [cast.courses[code] for code in words(row["Prerequisites"])]
        cast.courses[row["Code"]].prerequisites.set(before)


def load_sessions(cast: Cast) -> None:
    """Enter the sessions by the local day and clock of the file."""
    sessions = Session.objects.bulk_create(_session(cast, row) for row in rows("class_sessions"))
    cast.sessions.update({(session.course.code, session.day): session for session in sessions})


def _course(cast: Cast, position: int, row: Row) -> Course:
    return Course(
        uid=stable("class", row["Code"]),
        program=cast.program,
        code=row["Code"],
        title=row["Title"],
        short_title=SHORT[row["Code"]],
        strands=[STRANDS[word] for word in words(row["Strand"])],
        format=FORMATS[row["Format"]],
        mode=MODES[row["Mode"]],
        homework_brief=row["Homework brief"],
        is_required=row["Required"] == "yes",
        position=position,
    )


def _session(cast: Cast, row: Row) -> Session:
    code, place = row["Class code"], row["Place"]
    day = date.fromisoformat(row["Date"])
    starts, ends = time.fromisoformat(row["Start"]), time.fromisoformat(row["End"])
    return Session(
        uid=stable("session", code, day, starts, place),
        program=cast.program,
        course=cast.courses[code],
        day=day,
        starts=starts,
        ends=ends,
        zone=ZONE,
        starts_at=at_local(day, starts, ZONE),
        ends_at=at_local(day, ends, ZONE),
        place=place,
        instructor=cast.people[row["Instructor"]],
        capacity=int(row["Capacity"]),
        held_seats=int(row["Seats held for residents"]),
    )
