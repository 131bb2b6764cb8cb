"""Capstones: opened, written, screened, signed, entered from before, and measured."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import groupby
from operator import itemgetter

from capstone.models import Measure, Project
from capstone.services import (
    add_measure,
    add_point,
    choose_process,
    enter_at_stage,
    open_project,
    screen_project,
    sign_charter,
    write_charter,
)
from qipathway.core.lib.dates import DAY as NEXT_DAY
from qipathway.core.lib.dates import add_months, local_date
from residents.models import Leader, Resident

from ..cast import Cast
from ..diary import Deed, Diary
from ..scene import MONDAY, ZONE
from .numbers import NUMBERS, Followed, Week, weeks_of
from .projects import CAPSTONES, Capstone, Entry
from .ties import SPONSORS

EVENING, NIGHT, MORNING, NOON = time(18, 5), time(20, 30), time(8, 40), time(12, 20)


def plan_capstones(cast: Cast, diary: Diary) -> None:
    """Write everybody's project into the diary, as far as it has come."""
    for staff_id, capstone in CAPSTONES.items():
        resident = cast.residents[staff_id]

        def plan(day: date | None, clock: time, deed: Deed) -> None:
            if day:
                diary.on(day, clock, deed)

        plan(capstone.opened, EVENING, partial(_open, resident, capstone))
        plan(capstone.chosen, EVENING, partial(_choose, resident, capstone))
        plan(capstone.written, EVENING, partial(_write, cast, resident, capstone))
        plan(capstone.screened, NIGHT, partial(_screen, resident, capstone))
        plan(capstone.signed, MORNING, partial(_sign, cast, resident))
        if entry := capstone.entry:
            plan(entry.on, NOON, partial(_enter, cast, resident, capstone, entry))
        since = entry.on if entry else capstone.signed
        if since:
            _plan_numbers(diary, resident, since)


def _plan_numbers(diary: Diary, resident: Resident, since: date) -> None:
    """Let what is followed be named, then entered: old weeks at once, later ones month by month."""
    for followed in NUMBERS.get(resident.staff_id, ()):
        first = max(since, followed.weeks[0].first) + NEXT_DAY
        diary.on(first, EVENING, partial(_follow, resident, followed))
        typed = ((_typed_on(week, first), week) for week in weeks_of(followed))
        for evening, found in groupby(typed, key=itemgetter(0)):
            weeks = [week for _, week in found]
            if evening < MONDAY:
                diary.on(evening, NIGHT, partial(_measure, resident, followed, weeks))


def _typed_on(week: Week, first: date) -> date:
    """Return the evening on which a week's value is entered: the second of the next month."""
    return max(first, add_months(week.day.replace(day=2), 1))


def _open(resident: Resident, capstone: Capstone, at: datetime) -> None:
    today = local_date(at, ZONE)
    open_project(resident, by=resident.person, today=today, title=capstone.idea)


def _choose(resident: Resident, capstone: Capstone, at: datetime) -> None:
    choose_process(
        _project(resident),
        by=resident.person,
        today=local_date(at, ZONE),
        area=capstone.area,
        process=capstone.process,
    )


def _write(cast: Cast, resident: Resident, capstone: Capstone, at: datetime) -> None:
    project = _project(resident)
    owner = Leader.objects.get(program=cast.program, person=cast.people[capstone.owner])
    fields = {**capstone.charter, "process_owner": owner}
    version = project.charter.version
    write_charter(project, by=resident.person, at=at, fields=fields, version=version)


def _screen(resident: Resident, capstone: Capstone, at: datetime) -> None:
    screen_project(_project(resident), by=resident.person, at=at, answers=capstone.answers)


def _sign(cast: Cast, resident: Resident, at: datetime) -> None:
    project = _project(resident)
    sponsor = cast.people[SPONSORS[resident.staff_id][0]]
    sign_charter(project, by=sponsor, at=at, version=project.charter.version)


def _project(resident: Resident) -> Project:
    return Project.objects.select_related("charter").get(resident=resident)


def _enter(cast: Cast, resident: Resident, capstone: Capstone, entry: Entry, at: datetime) -> None:
    enter_at_stage(
        _project(resident),
        entry.stage,
        by=cast.director,
        at=at,
        days=entry.days,
        evidence=entry.evidence,
        process=(capstone.area, capstone.process),
    )


def _follow(resident: Resident, followed: Followed, at: datetime) -> None:
    wanted = {name: getattr(followed, name) for name in ("name", "unit", "goal", "target")}
    fields = wanted | {"counts": followed.counts}
    add_measure(_project(resident), by=resident.person, fields=fields)


def _measure(resident: Resident, followed: Followed, weeks: Sequence[Week], at: datetime) -> None:
    measure = Measure.objects.select_related("project__resident__person").get(
        project__resident=resident, name=followed.name
    )
    for week in weeks:
        fields = {name: getattr(week, name) for name in ("day", "value", "phase", "note")}
        add_point(measure, by=resident.person, today=local_date(at, ZONE), fields=fields)
