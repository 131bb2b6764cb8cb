"""Stand-ups: announced for the residents on SBP, logged with one tap."""

from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import at_local, window_before
from qipathway.core.lib.states import DomainError
from qipathway.core.notices.services import owe_each
from qipathway.core.timeline.services import record
from residents.models import Program, Resident
from residents.services.locks import lock_residents

from ..models import Activity, StandUp
from ..reads import people_on_sbp
from ..reminders import RULE, STAND_UP_UPCOMING
from ..states import ActivityKind
from .activities import Entry, keep_activity


@transaction.atomic
def schedule_stand_up(
    program: Program, *, by: User, at: datetime, day: date, starts: time, place: str
) -> StandUp:
    """Announce a stand-up and owe a reminder to every resident who is on SBP that day."""
    starts_at = at_local(day, starts, program.zone)
    if starts_at <= at:
        raise DomainError("Not scheduled: that time is in the past.")
    try:
        with transaction.atomic():
            stand_up = StandUp.objects.create(
                program=program,
                day=day,
                starts=starts,
                zone=program.zone,
                starts_at=starts_at,
                place=place,
            )
    except IntegrityError as error:
        raise DomainError("This stand-up is already on the list.") from error
    record(by, "curriculum.schedule_stand_up", stand_up, about=None, scope=program.pk, place=place)
    window = window_before(stand_up.starts_at)
    owe_each(
        STAND_UP_UPCOMING,
        people_on_sbp(program, day),
        stand_up,
        scope=program.pk,
        due=window.due,
        expires=window.expires,
        rule=RULE,
    )
    return stand_up


@transaction.atomic
def attend_stand_up(stand_up: StandUp, *, resident: Resident, by: User, at: datetime) -> Activity:
    """Log that a resident was at a stand-up; logging it again changes nothing.

    It stands in the log of activities like any other, so it is taken back there. Locks the
    resident: of two stand-ups of a week the second is told that the week has one.
    """
    lock_residents([resident.pk])
    if stand_up.starts_at > at:
        raise DomainError("Not logged: this stand-up has not started yet.")
    logged = resident.activities.filter(stand_up=stand_up).first()
    if logged is not None:
        return logged
    entry = Entry(ActivityKind.STAND_UP, stand_up.day, place=stand_up.place)
    activity = keep_activity(resident, entry, at=at, stand_up=stand_up)
    record(
        by,
        "curriculum.attend_stand_up",
        activity,
        about=resident.person,
        scope=stand_up.program_id,
        place=stand_up.place,
    )
    return activity
