"""Stand-ups at the visibility wall, for whoever is on Systems-Based Practice."""

from datetime import date, datetime, time
from functools import partial

from curriculum.models import StandUp
from curriculum.services import attend_stand_up, schedule_stand_up

from ..cast import Cast
from ..diary import Diary

PLACE = "7 East visibility wall"
STARTS = time(7, 30)
DAYS = (date(2026, 12, 22), date(2026, 12, 29), date(2027, 1, 5), date(2027, 1, 12))
ANNOUNCED = date(2026, 12, 15)
ATTENDED = date(2026, 12, 22)
ON_SBP = "R2301"


def plan_stand_ups(cast: Cast, diary: Diary) -> None:
    """Announce the Tuesdays of a block; the resident on it was at the first."""
    for day in DAYS:
        diary.on(ANNOUNCED, time(9), partial(_announce, cast, day))
    diary.on(ATTENDED, time(7, 48), partial(_attend, cast))


def _announce(cast: Cast, day: date, at: datetime) -> None:
    schedule_stand_up(cast.program, by=cast.kpo_lead, at=at, day=day, starts=STARTS, place=PLACE)


def _attend(cast: Cast, at: datetime) -> None:
    resident = cast.residents[ON_SBP]
    stand_up = StandUp.objects.get(program=cast.program, day=ATTENDED)
    attend_stand_up(stand_up, resident=resident, by=resident.person, at=at)
