"""What a resident's home page is made from."""

from datetime import date, datetime, timedelta

import capstone.reads
import curriculum.reads
import mentorship.reads
from curriculum.models import StandUp
from qipathway.core.lib.dates import local_date
from residents.models import PathwayVersion, Resident
from residents.reads import coaches_of, schedule_of, version_for
from residents.schedule import NIGHTS_BEFORE, Schedule
from residents.selection.reads.applications import latest_application
from residents.states import RotationKind
from residents.training import Absence

from ..nextup import SOON, Known, next_protected

AHEAD = timedelta(days=120)
CATCHING_UP = timedelta(days=14)
"""How long after a leave the page keeps the list of what waited."""


def home_of(resident: Resident, at: datetime) -> Known:
    """Read what a resident's home page shows at an instant."""
    zone = resident.program.zone
    day = local_date(at, zone)
    schedule = schedule_of(resident, day - NIGHTS_BEFORE, day + AHEAD)
    version = version_for(resident)
    windows = (version or PathwayVersion()).windows
    back = _back_from(resident, day)
    check_ins = mentorship.reads.for_board(resident.program, day, [resident.pk])
    return Known(
        resident=resident,
        at=at,
        today=day,
        seen_until=day + AHEAD,
        version=version,
        here=schedule.stay_on(day),
        free=next_protected(schedule, at, today=day, windows=windows, zone=zone),
        progress=curriculum.reads.class_progress(resident, day),
        homework=tuple(curriculum.reads.open_homework(resident)),
        bookings=tuple(curriculum.reads.upcoming_bookings(resident, after=at)),
        stand_ups=_stand_ups(resident, schedule, at, day),
        coach=coaches_of([resident.pk]).get(resident.pk),
        check_ins=check_ins.get(resident.pk, mentorship.reads.NOTHING),
        sbp=curriculum.reads.sbp_progress(resident, day),
        commitments=mentorship.reads.open_commitments(resident),
        project=capstone.reads.card_for(resident, day),
        application=None if version else latest_application(resident),
        opening=capstone.reads.opening_for(resident, day),
        given=curriculum.reads.contributions_of(
            resident, version.contributions if version else None
        ),
        concerns=tuple(curriculum.reads.concerns_of(resident, after=at)),
        back=back,
        given_back=tuple(curriculum.reads.given_back_within(resident, back)) if back else (),
    )


def _back_from(resident: Resident, today: date) -> Absence | None:
    """Return the leave from which the resident has come back, while they may be catching up."""
    if resident.away_on(today):
        return None
    over = (each for each in resident.training.absences if each.last and each.last < today)
    last = max(over, key=lambda each: each.first, default=None)
    return last if last and last.last and today - last.last <= CATCHING_UP else None


def _stand_ups(
    resident: Resident, schedule: Schedule, at: datetime, today: date
) -> tuple[StandUp, ...]:
    """Read the stand-ups of the days ahead that find the resident on SBP, who attends them."""
    last = today + timedelta(days=SOON)
    ahead = curriculum.reads.stand_ups(resident.program, since=at, resident=resident)
    return tuple(each for each in ahead if each.day <= last and _is_sbp(schedule, each.day))


def _is_sbp(schedule: Schedule, day: date) -> bool:
    stay = schedule.stay_on(day)
    return stay is not None and stay.kind == RotationKind.SBP
