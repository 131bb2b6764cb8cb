"""Appointments: planned, moved, cancelled."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import at_local, full_day, short_day, window_before
from qipathway.core.lib.states import DomainError, move
from qipathway.core.notices.services import owe, owe_each, withdraw_notices
from qipathway.core.timeline.services import record
from residents.models import Resident
from residents.services.locks import lock_resident
from residents.states import COACHING, Role

from ..models import CheckIn
from ..reminders import CHECK_IN_CANCELLED, CHECK_IN_MOVED, CHECK_IN_REMINDER, NEWS_LASTS
from ..states import CHECK_IN_MOVES

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Slot:
    """When, by the program's wall clock, and how two people meet."""

    day: date
    clock: time
    medium: str = ""


@transaction.atomic
def schedule_check_in(resident: Resident, *, by: User, at: datetime, slot: Slot) -> CheckIn:
    """Plan a check-in of ``resident`` with ``by`` and owe both a reminder.

    A slot in the past logs a check-in that has happened already and waits to be recorded. The
    resident's row is locked, so of two coaches who plan at once the second is told which one
    stands; the database keeps the same promise by a constraint.
    """
    resident = lock_resident(resident)
    planned = CheckIn.objects.scheduled().filter(resident=resident).first()
    if planned is not None:
        raise DomainError(
            f"Not planned: {resident.person.given_name} already has a check-in on "
            f"{short_day(planned.day)} at {planned.clock:%H:%M}. Move that one instead."
        )
    check_in = plan(resident, by=by, at=at, slot=slot)
    tell(check_in, by, "mentorship.schedule_check_in", day=check_in.day.isoformat())
    return check_in


@transaction.atomic
def move_check_in(check_in: CheckIn, *, by: User, at: datetime, slot: Slot) -> CheckIn:
    """Move a planned check-in to another slot and remind both afresh.

    Nothing is written where nothing changes, so a second tap sends no second reminder.
    """
    check_in = locked(check_in)
    move(check_in, "move", CHECK_IN_MOVES)
    if (check_in.day, check_in.clock, check_in.medium) == (slot.day, slot.clock, slot.medium):
        return check_in
    _refuse_odd_days(check_in.resident, slot, at)
    check_in.day, check_in.clock, check_in.medium = slot.day, slot.clock, slot.medium
    check_in.zone = check_in.program.zone
    check_in.starts_at = at_local(slot.day, slot.clock, check_in.zone)
    check_in.revision += 1
    check_in.save(
        update_fields=["state", "day", "clock", "medium", "zone", "starts_at", "revision"]
    )
    tell(check_in, by, "mentorship.move_check_in", day=check_in.day.isoformat())
    withdraw_notices(check_in, kinds=[CHECK_IN_REMINDER])
    owe_reminders(check_in, at=at)
    _tell_resident(CHECK_IN_MOVED, check_in, at)
    return check_in


@transaction.atomic
def cancel_check_in(check_in: CheckIn, *, by: User, at: datetime) -> CheckIn:
    """Cancel a planned check-in and take back its reminders; what was written in it is kept."""
    check_in = locked(check_in)
    move(check_in, "cancel", CHECK_IN_MOVES)
    check_in.save(update_fields=["state"])
    tell(check_in, by, "mentorship.cancel_check_in", day=check_in.day.isoformat())
    withdraw_notices(check_in, kinds=[CHECK_IN_REMINDER])
    _tell_resident(CHECK_IN_CANCELLED, check_in, at)
    return check_in


@transaction.atomic
def reassign_check_in(resident: Resident, *, coach: User, by: User, at: datetime) -> CheckIn | None:
    """Let whoever coaches from now on hold the check-in that another coach planned, if any.

    Its day stays; the resident and the new coach are reminded afresh, the old one no more.
    """
    resident = lock_resident(resident)
    planned = CheckIn.objects.scheduled().filter(resident=resident).exclude(coach=coach).first()
    if planned is None:
        return None
    check_in = locked(planned)
    check_in.coach = coach
    check_in.revision += 1
    check_in.save(update_fields=["coach", "revision"])
    day = check_in.day.isoformat()
    tell(check_in, by, "mentorship.reassign_check_in", day=day, person=coach.pk)
    withdraw_notices(check_in, kinds=[CHECK_IN_REMINDER])
    owe_reminders(check_in, at=at)
    return check_in


def _tell_resident(kind: str, check_in: CheckIn, at: datetime) -> None:
    """Owe the resident the news at once; what the coach did, the coach knows."""
    person, scope = check_in.resident.person, check_in.program_id
    owe(kind, person, check_in, scope=scope, due=at, expires=at + NEWS_LASTS)


def plan(resident: Resident, *, by: User, at: datetime, slot: Slot) -> CheckIn:
    """Write a planned check-in and owe its reminders; the caller holds the resident's lock."""
    _refuse_odd_days(resident, slot, at)
    zone = resident.program.zone
    check_in = CheckIn.objects.create(
        program=resident.program,
        resident=resident,
        coach=_host(resident, by, slot.day),
        day=slot.day,
        clock=slot.clock,
        zone=zone,
        starts_at=at_local(slot.day, slot.clock, zone),
        medium=slot.medium,
    )
    owe_reminders(check_in, at=at)
    return check_in


def _host(resident: Resident, by: User, day: date) -> User:
    """Return who will coach on a day: whoever plans, unless they only stand in until before it."""
    ties = resident.ties.filter(role__in=COACHING, since__lte=day).exclude(until__lt=day)
    people = {tie.role: tie.person for tie in ties.select_related("person")}
    return by if by in people.values() else people.get(Role.COACH, by)


def owe_reminders(check_in: CheckIn, *, at: datetime) -> None:
    """Owe resident and coach a reminder, unless the check-in has begun by ``at``."""
    window = window_before(check_in.starts_at)
    if window.expires <= at:
        return
    owe_each(
        CHECK_IN_REMINDER,
        [check_in.resident.person, check_in.coach],
        check_in,
        scope=check_in.program_id,
        due=window.due,
        expires=window.expires,
        rule="24h",
    )


def locked(check_in: CheckIn) -> CheckIn:
    """Read a check-in again under its lock, with whom it is about."""
    return CheckIn.objects.with_people().select_for_update(of=("self",)).get(pk=check_in.pk)


def tell(check_in: CheckIn, by: User, action: str, **data: str | int | bool) -> None:
    """Put what happened to a check-in on its resident's timeline."""
    about = check_in.resident.person
    record(by, action, check_in, about=about, scope=check_in.program_id, **data)


def _refuse_odd_days(resident: Resident, slot: Slot, at: datetime) -> None:
    """Refuse what can only be a slip of the keyboard, in words."""
    name = resident.person.given_name
    if slot.day < resident.starts_on:
        first = resident.starts_on
        raise DomainError(
            f"Not planned: {name} started here on {full_day(first)}. Choose a later day."
        )
    if slot.day > at.date() + AHEAD:
        raise DomainError("Not planned: that is more than a year ahead. Choose an earlier day.")
