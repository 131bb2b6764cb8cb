"""Where everybody is, week by week, and what they booked there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from residents.models import Membership, Program
from residents.reads import members, schedules_of
from residents.schedule import Schedule, Stay
from residents.states import RotationKind

from ..models import Booking
from ..states import KEPT

MIDWEEK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Span:
    """Some weeks of a resident on one rotation, with the classes booked in them."""

    start: date
    end: date
    name: str
    kind: str
    weeks: int
    leaves: tuple[Stay, ...]
    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody's place on the pathway, their schedule over some days, and their seats in them."""

    member: Membership
    schedule: Schedule
    seats: tuple[Booking, ...]


def block_schedule(
    program: Program, monday: date, weeks: int
) -> list[tuple[Membership, list[Span]]]:
    """Read who is where, week by week from a Monday on, by name; nine queries for any number.

    A week counts for where its Wednesday is spent; leave within it is named apart.
    """
    last = monday + timedelta(weeks=weeks, days=-1)
    mondays = [monday + timedelta(weeks=number) for number in range(weeks)]
    return [
        (placed.member, _spans(placed.schedule, placed.seats, mondays))
        for placed in everybody_placed(program, monday, last)
    ]


def everybody_placed(program: Program, first: date, last: date) -> list[Placed]:
    """Read where everybody on the pathway is on some days, by name; nine queries for any number."""
    people = members(program)
    schedules = schedules_of([member.resident_id for member in people], first, last)
    seats: dict[int, list[Booking]] = defaultdict(list)
    booked = Booking.objects.filter(program=program, session__day__range=(first, last))
    booked = booked.filter(state__in=KEPT).select_related("session__program", "course")
    for booking in booked.order_by("session__starts_at"):
        seats[booking.resident_id].append(booking)
    return [
        Placed(member, schedules[member.resident_id], tuple(seats[member.resident_id]))
        for member in people
    ]


def _spans(schedule: Schedule, seats: Sequence[Booking], mondays: list[date]) -> list[Span]:
    """Join neighbouring weeks that are spent in one stay. Pure."""
    blocks = [stay for stay in schedule.stays if stay.kind != RotationKind.LEAVE]
    leaves = [stay for stay in schedule.stays if stay.kind == RotationKind.LEAVE]
    joined: list[tuple[Stay | None, date, int]] = []
    for monday in mondays:
        here = next((b for b in blocks if b.covers(monday + MIDWEEK)), None)
        if joined and joined[-1][0] == here:
            joined[-1] = (here, joined[-1][1], joined[-1][2] + 1)
        else:
            joined.append((here, monday, 1))
    return [_span(here, start, weeks, leaves, seats) for here, start, weeks in joined]


def _span(
    here: Stay | None, start: date, weeks: int, leaves: list[Stay], seats: Sequence[Booking]
) -> Span:
    end = start + timedelta(weeks=weeks, days=-1)
    return Span(
        start=start,
        end=end,
        name=here.name if here else "No block",
        kind=here.kind if here else "",
        weeks=weeks,
        leaves=tuple(leave for leave in leaves if leave.start <= end and start <= leave.end),
        bookings=tuple(seat for seat in seats if start <= seat.session.day <= end),
    )
