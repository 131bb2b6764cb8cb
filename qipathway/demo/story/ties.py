"""Who coaches whom, and who sponsors whose project."""

from datetime import date, datetime, time, timedelta
from functools import partial

from qipathway.core.accounts.models import User
from residents.models import Resident
from residents.services import grant_role
from residents.states import Role

from ..cast import Cast
from ..diary import Diary

COACHES = {
    "Renée Delacroix": ("R2101", "R2103", "R2201", "R2202", "R2301", "R2303"),
    "Takumi Nakamura": ("R2102", "R2104", "R2203", "R2204", "R2302"),
}
"""One first-year, R2304, has nobody yet."""

SPONSORS = {
    "R2101": ("Marcus Oduya", date(2025, 8, 11)),
    "R2102": ("Beatriz Carvalho", date(2025, 8, 18)),
    "R2103": ("Ingrid Solheim", date(2025, 8, 6)),
    "R2104": ("Ingrid Solheim", date(2025, 9, 3)),
    "R2201": ("Ingrid Solheim", date(2026, 12, 18)),
    "R2202": ("Beatriz Carvalho", date(2026, 9, 14)),
    "R2204": ("Marcus Oduya", date(2026, 11, 2)),
}
SETTLED = timedelta(days=10)
MORNING = time(10, 30)


def coach_of(cast: Cast, staff_id: str) -> User | None:
    """Return who coaches a resident, if anybody does."""
    names = (name for name, mentees in COACHES.items() if staff_id in mentees)
    return next((cast.people[name] for name in names), None)


def plan_ties(cast: Cast, diary: Diary) -> None:
    """Give residents their coach soon after they start, and their sponsor once they agreed."""
    for name, mentees in COACHES.items():
        for staff_id in mentees:
            resident = cast.residents[staff_id]
            tie = partial(_tie, cast, resident, person=cast.people[name], role=Role.COACH)
            diary.on(resident.starts_on + SETTLED, MORNING, tie)
    for staff_id, (name, day) in SPONSORS.items():
        sponsor = cast.people[name]
        tie = partial(_tie, cast, cast.residents[staff_id], person=sponsor, role=Role.SPONSOR)
        diary.on(day, MORNING, tie)


def _tie(cast: Cast, resident: Resident, at: datetime, *, person: User, role: Role) -> None:
    by = cast.kpo_lead if role == Role.COACH else cast.director
    grant_role(person, role=role, program=cast.program, resident=resident, since=at.date(), by=by)
