"""Seats that a change of schedules would leave on half days that are not protected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from residents.models import Membership, PathwayVersion
from residents.reads import schedules_of
from residents.schedule import NIGHTS_BEFORE, Schedule, about

from ..models import Booking
from ..states import BookingState
from .classes import refusal_of

Change = Callable[[Schedule], Schedule]


@dataclass(frozen=True, slots=True)
class Collision:
    """A seat that would collide, and why."""

    booking: Booking
    reason: str


def collisions_of(changes: Mapping[int, Change], *, after: datetime) -> list[Collision]:
    """Read whose seats ahead collide once these residents' schedules have changed, by day.

    Seats that collide already, and those that a director allowed, are left out. Six queries for any
    number of seats and residents.
    """
    if not changes:
        return []
    booked = list(
        Booking.objects.filter(
            resident__in=list(changes),
            state=BookingState.BOOKED,
            override_note="",
            session__starts_at__gt=after,
        )
        .select_related("session", "course", "resident__person")
        .order_by("session__starts_at", "resident__person__family_name", "pk")
    )
    if not booked:
        return []
    days = [seat.session.day for seat in booked]
    schedules = schedules_of(list(changes), min(days) - NIGHTS_BEFORE, max(days))
    running = Membership.objects.running().filter(resident__in=list(changes))
    versions = {m.resident_id: m.cohort.version for m in running.select_related("cohort__version")}
    found = []
    for seat in booked:
        before, version = schedules[seat.resident_id], versions.get(seat.resident_id)
        reason = _collides(seat, version or PathwayVersion(), before, changes[seat.resident_id])
        if reason:
            found.append(Collision(seat, reason))
    return found


def _collides(seat: Booking, version: PathwayVersion, before: Schedule, change: Change) -> str:
    voice = about(seat.resident.person.given_name)
    if refusal_of(seat.session, version, before, voice):
        return ""
    return refusal_of(seat.session, version, change(before), voice)
