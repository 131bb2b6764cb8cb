"""Leave, and what moves with it: seats and due dates."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

import residents.services
from curriculum.models import Booking, Homework
from curriculum.reads import booked_within
from curriculum.services import rebase_due_dates, withdraw_booking
from qipathway.core.accounts.models import User
from residents.models import Leave, Resident
from residents.states import LeaveReason


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
