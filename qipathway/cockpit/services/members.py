"""One deed done to many members of the pathway together, and all of it put back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

import residents.services
from curriculum.models import Booking
from curriculum.services import book_session, rebase_due_dates, withdraw_bookings
from qipathway.core.accounts.models import User
from qipathway.core.lib.states import DomainError
from residents.changes import Change
from residents.models import Cohort, Membership, Program
from residents.services.locks import lock_residents
from residents.states import MemberDeed, MembershipState, Track

from ..models import ChangedMember, MemberChange
from ..reads.members import Planned, members_with_training, plan_change

OTHERWISE = "Nothing was changed: this is no longer what you looked at. Look again, then confirm."


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done, to how many, how many were left alone, and how many seats were given back."""

    change: MemberChange
    count: int
    refused: int
    seats: int


@transaction.atomic
def change_members(
    program: Program,
    change: Change,
    *,
    members: Iterable[Membership],
    seen: str,
    by: User,
    at: datetime,
) -> Changed:
    """Do one thing to all those of some members to whom it can be done, or to nobody.

    ``seen`` is the fingerprint of the preview. The residents are locked before it is worked out
    again, so that of two who confirm at once the second is told; whoever books waits too.
    """
    chosen = list(members)
    lock_residents(member.resident_id for member in chosen)
    plan = plan_change(program, change, chosen, at)
    if plan.seen != seen:
        raise DomainError(OTHERWISE)
    if not plan.possible:
        raise DomainError("Nothing was changed: it can be done to nobody of those you chose.")
    done = MemberChange.objects.create(program=program, deed=change.deed, done_by=by, done_at=at)
    before = {row.member.pk: standing(row.member) for row in plan.possible}
    for row in plan.possible:
        _do(row.member, change, by=by, at=at)
    seats = [seat for row in plan.possible for seat in row.seats]
    withdraw_bookings(seats, by=by, at=at)
    _keep(done, plan.possible, before)
    rebase_due_dates([row.member.resident for row in plan.possible], by=by)
    return Changed(done, len(plan.possible), len(plan.refused), len(seats))


@transaction.atomic
def undo_change(change: MemberChange, *, by: User, at: datetime) -> list[str]:
    """Put back all members of a change as they were; return which seats others have by now.

    Refuses, and puts nobody back, when one of them was changed since, whoever did it.
    """
    rows = {row.membership_id: row for row in change.members.select_related("membership")}
    lock_residents(row.membership.resident_id for row in rows.values())
    change = MemberChange.objects.get(pk=change.pk)
    if change.undone_at:
        raise DomainError("This was already taken back.")
    members = members_with_training(change.program, rows)
    moved = [each.resident.person.name for each in members if _moved(each, rows[each.pk])]
    if moved:
        raise DomainError(f"Nothing was taken back: changed since: {', '.join(moved)}.")
    for member in members:
        _put_back(member, rows[member.pk].before, by=by, at=at)
    change.undone_by, change.undone_at = by, at
    change.save(update_fields=["undone_by", "undone_at"])
    lost = _take_seats(rows.values(), by=by, at=at)
    rebase_due_dates([member.resident for member in members], by=by)
    return lost


def standing(member: Membership) -> dict[str, Any]:
    """Return all of a member that a change may change."""
    return {
        "state": str(member.state),
        "ended_on": member.ended_on and member.ended_on.isoformat(),
        "cohort": member.cohort_id,
        "starts_on": member.resident.starts_on.isoformat(),
        "track": str(member.resident.track),
    }


def _do(member: Membership, change: Change, *, by: User, at: datetime) -> None:
    deeds = residents.services
    if change.cohort:
        deeds.move_member(member, cohort=change.cohort, by=by)
    elif change.starts_on:
        deeds.move_start(member.resident, starts_on=change.starts_on, by=by, at=at)
    elif change.track:
        deeds.change_track(member.resident, track=change.track, by=by, at=at)
    elif change.deed == MemberDeed.COMPLETE:
        deeds.complete_member(member, by=by, at=at)
    else:
        deeds.withdraw_member(member, by=by, at=at)


def _keep(
    done: MemberChange, rows: Iterable[Planned], before: Mapping[int, dict[str, Any]]
) -> None:
    """Keep how every member stood before, and how they stand now."""
    seats = {row.member.pk: [seat.pk for seat in row.seats] for row in rows}
    now = members_with_training(done.program, seats)
    ChangedMember.objects.bulk_create(
        ChangedMember(
            program=done.program,
            change=done,
            membership=member,
            before=before[member.pk],
            after=standing(member),
            seats=seats[member.pk],
        )
        for member in now
    )


def _moved(member: Membership, row: ChangedMember) -> bool:
    return standing(member) != row.after


def _put_back(member: Membership, before: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Do the opposite of what was done: whatever differs now is set as it was."""
    deeds = residents.services
    start = date.fromisoformat(before["starts_on"])
    if member.resident.track != before["track"]:
        track = Track(before["track"])
        deeds.change_track(member.resident, track=track, by=by, at=at)
    if member.state != before["state"] == MembershipState.ACTIVE:
        deeds.reinstate_member(member, by=by)
    if member.resident.starts_on != start:
        deeds.move_start(member.resident, starts_on=start, by=by, at=at)
    if member.cohort_id != before["cohort"]:
        cohort = Cohort.objects.get(pk=before["cohort"])
        deeds.move_member(member, cohort=cohort, by=by)


def _take_seats(rows: Iterable[ChangedMember], *, by: User, at: datetime) -> list[str]:
    """Book again what was given back; return in words what could not be."""
    keys = [seat for row in rows for seat in row.seats]
    lost = []
    seats = Booking.objects.filter(pk__in=keys).order_by("session", "pk")
    for seat in seats.select_related("session__course", "resident__person"):
        try:
            book_session(
                seat.session, resident=seat.resident, by=by, at=at, override_note=seat.override_note
            )
        except DomainError as error:
            name = seat.resident.person.name
            lost.append(f"{name}, {seat.session.course.short_title}: {error}")
    return lost
