"""The capstone column of a board: one row for everybody on the pathway."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qipathway.core.lib.dates import full_day, local_date
from residents.models import Membership, Program
from residents.reads import Tied, members, sponsors_of

from ..models import Project
from ..remeasures import Remeasure
from ..states import Stage, number
from .openings import Expected, Opening, opening
from .standing import standing_of


@dataclass(frozen=True, slots=True)
class CapstoneFacts:
    """Where a resident stands with the capstone, as a board shows it.

    ``uid`` and ``number`` are none while nothing is open. ``ball`` is the name of who acts next;
    ``days_waiting`` is how long a complete charter has been with its sponsor, none when it is not
    there. ``late_from`` is the evidence behind ``is_late``. ``touched_on`` is the day of the last
    thing recorded of the project, ``remeasure`` what it waits for after its event.
    """

    uid: UUID | None
    number: int | None
    label: str
    title: str
    days_in_stage: int | None
    next_need: str
    ball: str
    days_waiting: int | None
    is_late: bool
    late_from: date
    is_prior: bool = False
    behind: Expected | None = None
    touched_on: date | None = None
    remeasure: Remeasure | None = None

    @property
    def reached(self) -> int:
        """The stage at work, counted as a drawing counts: -1 before the first, 9 once closed."""
        return -1 if self.number is None else self.number + self.is_closed

    @property
    def is_closed(self) -> bool:
        return self.number == number(Stage.CLOSED)


COLUMNS = (
    "uid",
    "resident_id",
    "title",
    "state",
    "entered_on",
    "has_process",
    "has_scope",
    "has_reason",
    "owner_given",
    "owner_family",
    "signer_given",
    "signer_family",
    "ready_at",
    "answers",
    "irb_decided",
    "baseline",
    "baseline_needed",
    "few_explained",
    "event_on",
    "remeasure_days",
    "last_after",
    "settled",
    "touched_at",
    "prior_stage",
)


def for_board(program: Program, today: date) -> dict[int, CapstoneFacts]:
    """Read the capstone of everybody on the pathway, by the resident's id; five queries."""
    people = {member.resident_id: member for member in members(program)}
    rows = (
        Project.objects.filter(program=program, resident__in=list(people))
        .with_standing()
        .with_touch()
    )
    latest = {row.resident_id: row for row in rows.latest_last().values_list(*COLUMNS, named=True)}
    sponsors = sponsors_of(people)
    return {
        key: _facts(member, latest.get(key), sponsors.get(key), today)
        for key, member in people.items()
    }


def _facts(member: Membership, row: Any, sponsor: Tied | None, today: date) -> CapstoneFacts:
    due = opening(member, today)
    if row is None:
        return _unopened(member, due)
    standing = standing_of(row, sponsor, member.resident.person.name)
    asked_on = _local(row.ready_at, member) if standing.waits_for_signature else None
    todo = standing.next
    return CapstoneFacts(
        uid=row.uid,
        number=number(row.state),
        label=standing.stage.label,
        title=row.title,
        days_in_stage=(today - row.entered_on).days,
        next_need=todo.text if todo else "",
        ball=todo.who if todo else "",
        days_waiting=(today - asked_on).days if asked_on else None,
        is_late=due.is_late(row.state),
        late_from=due.late_from,
        is_prior=row.prior_stage is not None,
        behind=due.behind(row.state),
        touched_on=_local(row.touched_at, member),
        remeasure=standing.remeasure,
    )


def _local(at: datetime | None, member: Membership) -> date | None:
    return local_date(at, member.resident.program.zone) if at else None


def _unopened(member: Membership, due: Opening) -> CapstoneFacts:
    """Return the facts of a resident without a project: when it opens, or that it is time."""
    opens = f"Opens {full_day(due.opens_on)}"
    return CapstoneFacts(
        uid=None,
        number=None,
        label="Not opened",
        title="",
        days_in_stage=None,
        next_need="Open the capstone" if due.is_open else opens,
        ball=member.resident.person.name if due.is_open else "",
        days_waiting=None,
        is_late=due.is_late(None),
        late_from=due.late_from,
    )
