"""Capstones: opened, written, screened and signed."""

from datetime import date, datetime, time
from functools import partial

from capstone.models import Project
from capstone.services import (
    choose_process,
    open_project,
    screen_project,
    sign_charter,
    write_charter,
)
from qipathway.core.lib.dates import local_date
from residents.models import Leader, Resident

from ..cast import Cast
from ..diary import Deed, Diary
from ..scene import ZONE
from .projects import CAPSTONES, Capstone
from .ties import SPONSORS

EVENING, NIGHT, MORNING = time(18, 5), time(20, 30), time(8, 40)


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
