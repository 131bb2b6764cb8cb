"""Classes that residents have done, as the hospital's learning system lists them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from curriculum.models import Course
from curriculum.reads import Claim, judge_completions
from curriculum.services import record_completions
from curriculum.states import CompletionSource
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.words import plural
from qipathway.core.sheets import cells
from residents.models import Resident

from ..columns import Field
from ..plan import Desk, Plan, Row, doubles, labels_of
from .classes import CODE
from .clinic import residents_of
from .roster import STAFF_ID

STATUSES = {
    **dict.fromkeys(("completed", "complete", "passed", "attended", "done", "yes"), "done"),
    **dict.fromkeys(
        (
            *("in progress", "enrolled", "registered", "not started", "incomplete", "failed"),
            *("withdrawn", "cancelled", "canceled", "no show", "waitlisted", "expired", "no"),
        ),
        "",
    ),
}
FIELDS = (
    STAFF_ID,
    Field("email", "E-mail", cells.email, ("email address",), is_needed=False, is_filled=False),
    Field("code", "Class code", CODE.parse, ("code", "class", "course code")),
    Field("done_on", "Completed on", None, ("completion date", "date completed", "date")),
    Field(
        "is_done",
        "Status",
        lambda text: bool(cells.one_of(text, STATUSES)),
        ("completion status",),
        is_needed=False,
        is_filled=False,
        default=True,
    ),
)
LABELS = labels_of(FIELDS)


def plan(rows: Sequence[Row], desk: Desk) -> Plan:
    """Compare with what residents have done, here or elsewhere; nothing is taken back by a file."""
    draft = Plan(labels=LABELS)
    done = [row for row in rows if row.get("is_done", True)]
    if len(done) < len(rows):
        draft.notes.append(f"Left out, because their status is not “completed”: {_left(rows)}.")
    repeated = set()
    for row, first in doubles(done, lambda row: (_staff(row), row["code"].casefold())):
        draft.warn(row, "code", f"is already in line {first.line}, which counts", row["code"])
        repeated.add(row.line)
    residents = residents_of(done, desk, draft)
    courses = {course.code.casefold(): course for course in desk.program.courses.all()}
    known = [row for row in done if _is_known(row, residents, courses, draft)]
    single = [row for row in known if row.line not in repeated]
    _judge(single, residents, courses, draft, desk.by, desk.at)
    return draft


def _staff(row: Row) -> str:
    return str(row["staff_id"]).casefold()


def _left(rows: Sequence[Row]) -> str:
    count = sum(1 for row in rows if not row.get("is_done", True))
    return plural(count, "line")


def _is_known(
    row: Row, residents: Mapping[str, Resident], courses: Mapping[str, Course], draft: Plan
) -> bool:
    """Tell whether resident and class of a line are here; what is not, and what looks odd, is said.

    ``residents_of`` has said already who is not in the roster.
    """
    has_course = row["code"].casefold() in courses
    if not has_course:
        reason = "is not in the class catalogue. Bring in the catalogue first, or correct the code"
        draft.error(row, "code", reason, row["code"])
    resident, email = residents.get(_staff(row)), row.get("email")
    if resident and email and email != resident.person.email:
        draft.warn(row, "email", f"is not the address of {resident.person.name} here", email)
    return bool(resident) and has_course


def _judge(
    rows: Sequence[Row],
    residents: Mapping[str, Resident],
    courses: Mapping[str, Course],
    draft: Plan,
    by: User | None,
    at: datetime,
) -> None:
    """Let the curriculum say what becomes of each line."""
    claims = [
        Claim(residents[_staff(row)], courses[row["code"].casefold()], row["done_on"])
        for row in rows
    ]
    verdicts = judge_completions(claims, source=CompletionSource.LEARNING_SYSTEM, at=at)
    for row, verdict in zip(rows, verdicts, strict=True):
        claim = verdict.claim
        if verdict.refusal:
            draft.error(row, "done_on", f"cannot be entered: {verdict.refusal}", row["code"])
        elif verdict.is_new:
            what = "the seat becomes attended" if verdict.booking else full_day(claim.done_on)
            draft.new(f"{claim.resident.person.name}, {claim.course.code}, {what}", row.line)
        else:
            draft.unchanged += 1
    draft.deeds.append(lambda: record_completions(claims, by=by, at=at))
