"""What happens to a place on the pathway: it ends, is put back, moves, or its clock is set anew.

Seats and due dates, which other apps keep, follow in ``qipathway.cockpit.services``.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.states import DomainError, move
from qipathway.core.timeline.services import record

from ..changes import why_not_into, why_not_starting, why_not_track
from ..models import Cohort, Membership, Resident
from ..places import has_completed
from ..reads import why_not_eligible
from ..states import MEMBERSHIP_MOVES, MembershipState, Track, in_sentence
from .locks import lock_resident


@transaction.atomic
def withdraw_member(membership: Membership, *, by: User, at: datetime) -> Membership:
    """End a place on the pathway; what was done stays, and nobody is reminded any more."""
    return _end(membership, "withdraw", by=by, at=at)


@transaction.atomic
def complete_member(membership: Membership, *, by: User, at: datetime) -> Membership:
    """Record that a member has completed the pathway, which happens once in a life.

    The resident is locked, so that of two who complete at once the second is told; the database
    would refuse it anyway.
    """
    return _end(membership, "complete", by=by, at=at)


@transaction.atomic
def reinstate_member(membership: Membership, *, by: User) -> Membership:
    """Put somebody back whose place ended by mistake or too soon; refuse who is not eligible."""
    membership = _locked(membership)
    name = membership.resident.person.name
    move(membership, "reinstate", MEMBERSHIP_MOVES)
    if membership.resident.memberships.running().exists():
        raise DomainError(f"{name} has a place on the pathway already.")
    if reason := why_not_eligible(membership.resident):
        raise DomainError(f"{name} was not put back: {reason}.")
    membership.ended_on = None
    membership.save(update_fields=["state", "ended_on"])
    _tell(by, "residents.reinstate_member", membership, cohort=membership.cohort.name)
    return membership


@transaction.atomic
def move_member(membership: Membership, *, cohort: Cohort, by: User) -> Membership:
    """Move a member to another cohort, and so to the version of the pathway that it is held to."""
    membership = _locked(membership)
    _refuse_ended(membership)
    _refuse(membership.resident, why_not_into(membership, cohort))
    left, membership.cohort = membership.cohort, cohort
    membership.save(update_fields=["cohort"])
    _tell(by, "residents.move_member", membership, left=left.name, cohort=cohort.name)
    return membership


@transaction.atomic
def move_start(resident: Resident, *, starts_on: date, by: User, at: datetime) -> Resident:
    """Set another first day of residency: year, month and all that is expected by them follow."""
    resident = lock_resident(resident)
    today = local_date(at, resident.program.zone)
    _refuse(resident, why_not_starting(resident, starts_on, today))
    left, resident.starts_on = resident.starts_on, starts_on
    resident.save(update_fields=["starts_on"])
    record(
        by,
        "residents.move_start",
        resident,
        about=resident.person,
        scope=resident.program_id,
        left=left.isoformat(),
        first=starts_on.isoformat(),
    )
    return resident


@transaction.atomic
def change_track(resident: Resident, *, track: Track, by: User, at: datetime) -> Resident:
    """Set another track; who is not eligible in it leaves the pathway with the same deed."""
    resident = lock_resident(resident)
    _refuse(resident, why_not_track(resident, track))
    left, resident.track = resident.get_track_display(), track
    resident.save(update_fields=["track"])
    record(
        by,
        "residents.change_track",
        resident,
        about=resident.person,
        scope=resident.program_id,
        left=in_sentence(left),
        track=in_sentence(track.label),
    )
    running = resident.memberships.running().first()
    if running and why_not_eligible(resident):
        withdraw_member(running, by=by, at=at)
    return resident


def _end(membership: Membership, arrow: str, *, by: User, at: datetime) -> Membership:
    membership = _locked(membership)
    move(membership, arrow, MEMBERSHIP_MOVES)
    if membership.state == MembershipState.COMPLETED and has_completed(membership.resident):
        raise DomainError(f"{membership.resident.person.name} has completed the pathway before.")
    membership.ended_on = local_date(at, membership.resident.program.zone)
    membership.save(update_fields=["state", "ended_on"])
    _tell(by, f"residents.{arrow}_member", membership, cohort=membership.cohort.name)
    return membership


def _locked(membership: Membership) -> Membership:
    """Return a place as it is now, with its resident locked."""
    resident = lock_resident(membership.resident)
    membership = Membership.objects.select_related("cohort").get(pk=membership.pk)
    membership.resident = resident
    return membership


def _refuse_ended(membership: Membership) -> None:
    if not membership.is_running:
        name = membership.resident.person.name
        raise DomainError(f"{name} is {membership.get_state_display().lower()} by now.")


def _refuse(resident: Resident, reason: str) -> None:
    if reason:
        raise DomainError(f"Nothing was changed for {resident.person.name}: {in_sentence(reason)}")


def _tell(by: User, action: str, membership: Membership, **data: Any) -> None:
    about = membership.resident.person
    record(by, action, membership, about=about, scope=membership.program_id, **data)
