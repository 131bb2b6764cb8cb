"""The log of what residents take part in: two taps, or afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day, local_date, monday_of, short_day
from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.services import record
from residents.models import Leader, Resident
from residents.services.locks import lock_residents

from ..models import Activity, StandUp
from ..states import WEEKLY, ActivityKind


@dataclass(frozen=True, slots=True)
class Entry:
    """What is logged: a kind, a day, and what that kind asks for beside it.

    ``role`` is one's own in an event, and that of who chaired a PSA resolution meeting.
    """

    kind: ActivityKind
    day: date
    place: str = ""
    leader: Leader | None = None
    role: str = ""
    note: str = ""


@transaction.atomic
def log_activity(resident: Resident, *, by: User, at: datetime, entry: Entry) -> Activity:
    """Log that a resident took part in something, today or afterwards.

    Locks the resident, so of two taps the second is told that it is there already. Of a PSA
    resolution meeting only the week is kept, whatever day was given, and no place.
    """
    lock_residents([resident.pk])
    today = local_date(at, resident.program.zone)
    if entry.day > today:
        raise DomainError(f"Not logged: {full_day(entry.day)} is still to come.")
    _refuse_incomplete(resident, entry)
    activity = keep_activity(resident, entry, at=at, stand_up=_announced(resident, entry))
    _tell(activity, by, "curriculum.log_activity")
    return activity


@transaction.atomic
def withdraw_activity(activity: Activity, *, by: User) -> None:
    """Take back what was logged by mistake; the timeline keeps that it was."""
    found = Activity.objects.select_for_update().filter(pk=activity.pk).first()
    if found is None:
        raise DomainError("This was already taken back.")
    _tell(found, by, "curriculum.withdraw_activity")
    found.delete()


def keep_activity(
    resident: Resident, entry: Entry, *, at: datetime, stand_up: StandUp | None
) -> Activity:
    """Write an entry of a locked resident; refuse what is there already, by week or by day."""
    is_psa = entry.kind == ActivityKind.PSA_MEETING
    week = monday_of(entry.day)
    day = week if is_psa else entry.day
    _refuse_second(resident, entry, day=day, week=week)
    return Activity.objects.create(
        program_id=resident.program_id,
        resident=resident,
        kind=entry.kind,
        day=day,
        week=week,
        place="" if is_psa else entry.place.strip(),
        stand_up=stand_up,
        leader=entry.leader,
        role=entry.role.strip(),
        note=entry.note.strip(),
        logged_at=at,
    )


def _announced(resident: Resident, entry: Entry) -> StandUp | None:
    """Return the stand-up that was announced for that day and place, if it was one."""
    if entry.kind != ActivityKind.STAND_UP:
        return None
    announced = StandUp.objects.filter(program=resident.program_id, day=entry.day)
    return announced.filter(place__iexact=entry.place.strip()).order_by("starts_at").first()


def _refuse_incomplete(resident: Resident, entry: Entry) -> None:
    """Refuse an entry that lacks what its kind asks for."""
    if entry.kind == ActivityKind.LEADER_MEETING:
        if entry.leader is None or entry.leader.program_id != resident.program_id:
            raise DomainError("Not logged: say whom you met.")
    elif entry.leader is not None:
        raise DomainError("Not logged: only a meeting names a leader.")
    if entry.kind == ActivityKind.EVENT and not entry.role.strip():
        raise DomainError("Not logged: say in which role you took part.")
    if entry.kind == ActivityKind.PSA_MEETING and not (entry.role.strip() and entry.note.strip()):
        raise DomainError("Not logged: name the chair's role, and what you saw of the process.")


def _refuse_second(resident: Resident, entry: Entry, *, day: date, week: date) -> None:
    same = resident.activities.filter(kind=entry.kind)
    if entry.kind in WEEKLY:
        if same.filter(week=week).exists():
            raise DomainError(f"Already logged for the week of {short_day(week)}.")
    elif same.filter(day=day, leader=entry.leader).exists():
        raise DomainError(f"Already logged for {short_day(day)}.")


def _tell(activity: Activity, by: User, action: str) -> None:
    """Tell of it; of a PSA meeting no more than its week."""
    record(
        by,
        action,
        activity,
        about=activity.resident.person,
        scope=activity.program_id,
        kind=ActivityKind(activity.kind).label.lower().replace("psa", "PSA"),
        week=activity.week.isoformat(),
    )
