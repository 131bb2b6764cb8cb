"""What residents let the public roster say of them. Two would rather not stand on it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial

from residents.models import Resident
from residents.services import RosterLine, give_roster_consent, prepare_roster_consent

from ..cast import Cast
from ..diary import Diary

LINES: Mapping[str, RosterLine] = {
    "R2101": RosterLine("Adaeze Okonkwo-Reyes", "A sooner first antibiotic"),
    "R2102": RosterLine("Sigríður Þorvaldsdóttir", "Messages from patients, answered the same day"),
    "R2103": RosterLine("Fionn O'Malley", "A call to everybody within two days of going home"),
    "R2104": RosterLine("Mai Anh Nguyen", "Fewer steps between a referral and an endoscopy"),
    "R2201": RosterLine("Yusuf Abdel-Rahman", "Home before noon"),
    "R2202": RosterLine("Luz García Márquez", "Flu vaccines in the emergency department"),
    "R2204": RosterLine("Ji-woo Kim"),
    "R2301": RosterLine("Mila Petrov"),
    "R2302": RosterLine("Joost van der Berg"),
    "R2303": RosterLine("Noor H."),
}
SETTLED = timedelta(days=45)
EVENING = time(19, 5)


def plan_roster(cast: Cast, diary: Diary) -> None:
    """Let each who wants to look at their line, and show it, some weeks after they start."""
    for number, (staff_id, line) in enumerate(LINES.items()):
        resident = cast.residents[staff_id]
        day = resident.starts_on + SETTLED + timedelta(days=2 * number)
        diary.on(day, EVENING, partial(_show, resident, line=line))


def _show(resident: Resident, at: datetime, *, line: RosterLine) -> None:
    consent = prepare_roster_consent(resident, by=resident.person, line=line)
    give_roster_consent(consent, by=resident.person, at=at)
