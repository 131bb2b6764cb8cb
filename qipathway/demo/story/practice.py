"""What residents took part in on Systems-Based Practice, and whom they met over the years."""

from datetime import date, datetime, time, timedelta
from functools import partial

from curriculum.services import Entry, log_activity
from curriculum.states import ActivityKind
from qipathway.core.lib.dates import DAY
from residents.models import Block, Leader, Resident
from residents.states import RotationKind

from ..cast import Cast
from ..diary import Diary
from ..scene import MONDAY
from .stand_ups import ON_SBP, PLACE

K = ActivityKind
WEEK = timedelta(days=7)
AFTERWARDS = time(17, 20)
AUDITORIUM = "Lindeman auditorium"
TOURS = ("Emergency department to 7 East", "Operating room to recovery", "Pharmacy to bedside")
ROLES = ("Team member", "Timekeeper", "Observer of the process", "Team member")
CHAIRS = ("Chief medical officer", "Vice president of quality", "Chief nursing officer")
REFLECTIONS = (
    "Whoever stopped the line spoke first. Every open item left the room with one name and a day.",
    "The chair asked what had made it easy to do the wrong thing. Nobody was asked who it was.",
    "It took eleven minutes. Two fixes were for today, one for the week, and all three were read "
    "back before people left.",
)
QUALITY = ("Howard Finch", "Lupe Santana", "Howard Finch")
OTHERS = ("Roisin Keogh", "Dmitri Volkov", "Anneke de Wit")
MISSED = frozenset({("R2203", K.REPORT_OUT, 1), ("R2203", K.STAND_UP, 2), ("R2204", K.PSA_MEETING)})
"""What was let slip, by week of the rotation where it is weekly."""


def plan_practice(cast: Cast, diary: Diary) -> None:
    """Write down what everybody logged whose rotation has begun."""
    blocks = Block.objects.filter(program=cast.program, rotation__kind=RotationKind.SBP)
    for block in blocks.select_related("resident").order_by("resident__staff_id", "start"):
        resident = cast.residents[block.resident.staff_id]
        if resident.staff_id == ON_SBP:
            _plan_current(cast, diary, resident)
        elif block.end < MONDAY:
            _plan_rotation(cast, diary, resident, block)
    for staff_id, resident in cast.residents.items():
        if resident.pgy(MONDAY) > 1:
            _plan_leaders(cast, diary, staff_id)


def _plan_rotation(cast: Cast, diary: Diary, resident: Resident, block: Block) -> None:
    """A rotation that is over: something of everything, a stand-up and a report-out each week."""
    staff = int(resident.staff_id[-1])
    for week in range((block.end - block.start).days // 7 + 1):
        for kind, place, shift in ((K.STAND_UP, PLACE, 1), (K.REPORT_OUT, AUDITORIUM, 4)):
            day = _weekday(block.start + week * WEEK, shift)
            if day <= block.end and (resident.staff_id, kind, week) not in MISSED:
                _note(diary, resident, Entry(kind, day, place=place))
    start = _weekday(block.start + WEEK, 2)
    chair, seen = CHAIRS[staff % len(CHAIRS)], REFLECTIONS[staff % len(REFLECTIONS)]
    if (resident.staff_id, K.PSA_MEETING) not in MISSED:
        _note(diary, resident, Entry(K.PSA_MEETING, start, role=chair, note=seen))
    tour = TOURS[staff % len(TOURS)]
    _note(diary, resident, Entry(K.FLOW_TOUR, start + DAY, place=tour))
    role = ROLES[staff % len(ROLES)]
    _note(diary, resident, Entry(K.EVENT, start + WEEK, place="5 West", role=role))
    for number, name in enumerate(QUALITY):
        _note(diary, resident, _met(cast, name, start + (2 + 5 * number) * DAY))


def _plan_current(cast: Cast, diary: Diary, resident: Resident) -> None:
    """The rotation that runs: a report-out, a tour and a meeting, and the rest still ahead."""
    _note(diary, resident, Entry(K.STAND_UP, date(2026, 12, 17), place=PLACE))
    _note(diary, resident, Entry(K.REPORT_OUT, date(2026, 12, 18), place=AUDITORIUM))
    _note(diary, resident, Entry(K.FLOW_TOUR, date(2026, 12, 21), place=TOURS[0]))
    _note(diary, resident, _met(cast, "Howard Finch", date(2026, 12, 22)))


def _plan_leaders(cast: Cast, diary: Diary, staff_id: str) -> None:
    """The leaders met outside the rotation, some in each year, and an event in the second."""
    resident = cast.residents[staff_id]
    staff = int(staff_id[-1])
    for number, name in enumerate(OTHERS):
        day = _weekday(resident.starts_on + (140 + 95 * number + 6 * staff) * DAY, 3)
        if day < MONDAY:
            _note(diary, resident, _met(cast, name, day))
    day = _weekday(resident.starts_on + (430 + 9 * staff) * DAY, 1)
    if day < MONDAY:
        _note(diary, resident, Entry(K.EVENT, day, place="Clinic", role="Team member"))


def _met(cast: Cast, name: str, day: date) -> Entry:
    leader = Leader.objects.get(program=cast.program, person=cast.people[name])
    return Entry(K.LEADER_MEETING, day, leader=leader)


def _note(diary: Diary, resident: Resident, entry: Entry) -> None:
    """Log it on the evening of its day."""
    diary.on(entry.day, AFTERWARDS, partial(_log, resident, entry=entry))


def _log(resident: Resident, at: datetime, *, entry: Entry) -> None:
    log_activity(resident, by=resident.person, at=at, entry=entry)


def _weekday(day: date, wanted: int) -> date:
    """Return the first day from ``day`` on that is this day of the week (Monday is 0)."""
    return day + (wanted - day.weekday()) % 7 * DAY
