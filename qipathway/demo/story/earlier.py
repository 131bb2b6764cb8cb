"""The check-ins of the years before, as often as the pathway asks for."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from mentorship.services import Slot
from mentorship.states import Mood, NoteLevel
from qipathway.core.lib.dates import DAY
from residents.models import Resident
from residents.reads import schedule_of
from residents.schedule import Schedule
from residents.states import QUIET_KINDS

from ..cast import Cast
from .conversations import OFFICE, PHONE, VIDEO, Conversation, Promise, Talk
from .ties import COACHES
from .years import FIRST_YEAR, SECOND_YEAR, THIRD_YEAR, TOPICS, Said

SETTLED, ROOM = timedelta(days=26), timedelta(days=18)
EVERY = {1: timedelta(days=78), 2: timedelta(days=29), 3: timedelta(days=54)}
SAID = {1: FIRST_YEAR, 2: SECOND_YEAR, 3: THIRD_YEAR}
LEVELS = (NoteLevel.MINE, NoteLevel.US_TWO, NoteLevel.SHARED)
PLACES = (OFFICE, VIDEO, OFFICE, PHONE)
SATURDAY = 5


def with_years_before(cast: Cast, staff_id: str, conversation: Conversation) -> Conversation:
    """Return the conversation with everything that was said before it."""
    resident = cast.residents[staff_id]
    first = conversation.talks[0].slot.day
    earlier = tuple(_talks(resident, until=first - ROOM))
    return Conversation((*earlier, *conversation.talks), conversation.next)


def _talks(resident: Resident, *, until: date) -> Iterator[Talk]:
    """Yield a talk for each stretch, on working days that are neither ICU, nights nor leave."""
    if not any(resident.staff_id in mentees for mentees in COACHES.values()):
        return
    schedule = schedule_of(resident, resident.starts_on, until)
    said = {year: _in_turn(resident, lines) for year, lines in SAID.items()}
    number, day = 0, _free_day(schedule, resident.starts_on + SETTLED)
    while day <= until:
        year = min(resident.pgy(day), 3)
        line = next(said[year], None)
        if line:
            yield _talk(resident, line, day, number)
        number, day = number + 1, _free_day(schedule, day + EVERY[year])


def _in_turn(resident: Resident, lines: tuple[Said, ...]) -> Iterator[Said]:
    """Yield the lines in order; a resident of the second half of a year begins elsewhere."""
    skip = int(resident.staff_id[-1]) % 2 if len(lines) > len(THIRD_YEAR) else 0
    return iter(lines[skip:])


def _talk(resident: Resident, said: Said, day: date, number: int) -> Talk:
    staff = int(resident.staff_id[-1])
    clock = time(8 + staff, 30 * (staff % 2))
    kept = Promise(said.promise, day + 20 * DAY, day + (9 + staff) * DAY)
    return Talk(
        Slot(day, clock, PLACES[(number + staff) % len(PLACES)]),
        Mood.NEEDS_A_HAND if said.is_stuck else Mood.MOVING,
        _sentence(said.learned.format(topic=TOPICS[resident.staff_id])),
        (kept,),
        note=said.note,
        level=LEVELS[(number + staff) % len(LEVELS)],
    )


def _sentence(words: str) -> str:
    """Let every sentence begin with a capital, also where a topic begins it."""
    return ". ".join(part[:1].upper() + part[1:] for part in words.split(". "))


def _free_day(schedule: Schedule, day: date) -> date:
    while day.weekday() >= SATURDAY or _is_quiet(schedule, day):
        day += DAY
    return day


def _is_quiet(schedule: Schedule, day: date) -> bool:
    stay = schedule.stay_on(day)
    return stay is not None and stay.kind in QUIET_KINDS
