"""Put a decision off and take it back; tie a sponsor; record leave and what moves with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

import residents.services
from capstone.models import Project
from capstone.services import ask_sponsor
from capstone.states import Stage
from curriculum.models import Booking, Homework
from curriculum.reads import booked_within
from curriculum.services import rebase_due_dates, withdraw_booking
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from residents.models import Leave, Resident, RoleGrant
from residents.states import LeaveReason, Role

from .models import REASON, Snooze

LASTS = timedelta(days=14)
"""What the button promises: "Snooze 2 weeks"."""


def snooze(resident: Resident, *, by: User, today: date, reason: str) -> Snooze:
    """Hide a reason from one viewer's decisions for two weeks; pressing again changes the day.

    Of two presses at once the second waits at the unique key and finds the first one's row.
    """
    row, _ = Snooze.objects.update_or_create(
        viewer=by,
        resident=resident,
        reason=reason[:REASON],
        defaults={"until": today + LASTS, "program_id": resident.program_id},
    )
    return row


def unsnooze(resident: Resident, *, by: User, reason: str) -> None:
    """Show the reason again; doing so twice changes nothing."""
    Snooze.objects.filter(viewer=by, resident=resident, reason=reason).delete()


@transaction.atomic
def grant_role(
    *, resident: Resident, role: Role, person: User, by: User, at: datetime
) -> RoleGrant:
    """Tie a sponsor or a mentor to a resident from today on.

    A charter that is complete already waits for the new sponsor, who is asked in the same
    transaction.
    """
    grant = residents.services.grant_role(
        person,
        role=role,
        program=resident.program,
        resident=resident,
        since=local_date(at, resident.program.zone),
        by=by,
    )
    project = Project.objects.filter(resident=resident).exclude(state=Stage.CLOSED).first()
    if role == Role.SPONSOR and project:
        ask_sponsor(project, at=at)
    return grant


@dataclass(frozen=True, slots=True)
class Moved:
    """A leave, and what moved with it: seats that were given back, homework with new due dates."""

    leave: Leave
    given_back: tuple[Booking, ...]
    due: tuple[Homework, ...]


@transaction.atomic
def record_leave(
    resident: Resident,
    *,
    first: date,
    last: date | None,
    extends: bool,
    reason: LeaveReason,
    by: User,
    at: datetime,
) -> Moved:
    """Record a leave, give back the seats booked within it, and derive due dates anew."""
    leave = residents.services.record_leave(
        resident, first=first, last=last, extends=extends, reason=reason, by=by
    )
    return _follow(leave, by=by, at=at)


@transaction.atomic
def end_leave(leave: Leave, *, last: date, by: User, at: datetime) -> Moved:
    """Let a leave end on another day; what it takes now is given back, due dates follow."""
    return _follow(residents.services.end_leave(leave, last=last, by=by), by=by, at=at)


@transaction.atomic
def withdraw_leave(leave: Leave, *, by: User, at: datetime) -> Moved:
    """Take a leave back: due dates follow; seats that were given back are not taken again."""
    leave = residents.services.withdraw_leave(leave, by=by, at=at)
    return Moved(leave, (), tuple(rebase_due_dates([leave.resident], by=by)))


def _follow(leave: Leave, *, by: User, at: datetime) -> Moved:
    """Let seats and due dates follow a leave; whoever books meanwhile waits for the resident."""
    seats = booked_within(leave.resident, leave.absence, after=at)
    given_back = tuple(withdraw_booking(seat, by=by, at=at) for seat in seats)
    return Moved(leave, given_back, tuple(rebase_due_dates([leave.resident], by=by)))
