"""Leave: recorded, ended on another day than was said, or taken back."""

from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record

from ..models import Leave, Resident
from ..states import LeaveReason
from .locks import lock_resident


@transaction.atomic
def record_leave(
    resident: Resident,
    *,
    first: date,
    last: date | None,
    extends: bool,
    reason: LeaveReason,
    by: User,
) -> Leave:
    """Record that a resident is away from ``first`` to ``last``, or until somebody ends it.

    The resident is locked, so that of two who record the same at once the second is told; the
    database would refuse it anyway.
    """
    resident = lock_resident(resident)
    _refuse_backwards(first, last)
    _refuse_overlap(resident, first, last)
    leave = Leave.objects.create(
        program_id=resident.program_id,
        resident=resident,
        first=first,
        last=last,
        extends=extends,
        reason=reason,
        recorded_by=by,
    )
    _tell(by, "residents.record_leave", leave)
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, last: date, by: User) -> Leave:
    """Let a leave end after ``last``, sooner or later than was said."""
    leave = _locked(leave)
    if leave.last == last:
        raise DomainError(f"This leave already ends on {full_day(last)}.")
    _refuse_backwards(leave.first, last)
    _refuse_overlap(leave.resident, leave.first, last, but=leave)
    leave.last = last
    leave.save(update_fields=["last"])
    _tell(by, "residents.end_leave", leave)
    return leave


@transaction.atomic
def withdraw_leave(leave: Leave, *, by: User, at: datetime) -> Leave:
    """Take back a leave that was recorded by mistake: it counts for nothing any more."""
    leave = _locked(leave)
    leave.withdrawn_at = at
    leave.save(update_fields=["withdrawn_at"])
    _tell(by, "residents.withdraw_leave", leave)
    return leave


def _locked(leave: Leave) -> Leave:
    """Return a leave that stands, as it is now, with its resident locked."""
    resident = lock_resident(leave.resident)
    leave = Leave.objects.get(pk=leave.pk)
    if leave.withdrawn_at is not None:
        raise DomainError("This was already taken back.")
    leave.resident = resident
    return leave


def _refuse_backwards(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise DomainError("A leave cannot end before it starts.")


def _refuse_overlap(
    resident: Resident, first: date, last: date | None, *, but: Leave | None = None
) -> None:
    others = resident.leaves.overlapping(first, last)
    other = next((each for each in others if each != but), None)
    if other:
        name = resident.person.given_name
        raise DomainError(f"{name} is on leave from {full_day(other.first)} already.")


def _tell(by: User, action: str, leave: Leave) -> None:
    """Tell it on the timeline, which others read too: days, and never why."""
    record(
        by,
        action,
        leave,
        about=leave.resident.person,
        scope=leave.program_id,
        first=leave.first.isoformat(),
        last=leave.last.isoformat() if leave.last else "further notice",
    )
