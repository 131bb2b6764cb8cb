"""People of the organisation: who holds which role, and whom residents can meet."""

from dataclasses import dataclass

from qipathway.core.accounts.models import User
from residents.models import Leader
from residents.services import grant_role
from residents.states import Role

from ..cast import Cast
from ..scene import FIRST_INTAKE, stable
from .files import Row, rows, words

ROLES = {
    "program director": (Role.DIRECTOR,),
    "coordinator": (Role.COORDINATOR,),
    "chief resident": (Role.CHIEF,),
    "KPO coach": (Role.COACH,),
    "KPO lead": (Role.KPO_LEAD, Role.COACH),
    "instructor": (Role.INSTRUCTOR,),
    "sponsor": (Role.SPONSOR,),
    "mentor": (Role.MENTOR,),
}
"""The grants behind a word of the file. The KPO lead has a few seats in the coach pool."""

LEADER = "leader:"
QUALITY_LEADER = "quality leader"
PROCESS_OWNER = "process owner"
GRADUATE = "VMPS for Leaders graduate"
"""Kept by nothing yet: whom residents meet early comes with its own requirement."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What one cell of roles says."""

    roles: tuple[Role, ...]
    title: str
    is_quality_leader: bool
    owns_processes: bool


def load_people(cast: Cast) -> None:
    """Enter everybody of the file with their grants, the director first."""
    for row in rows("people"):
        person = person_of(row["Name"], row["E-mail"])
        cast.people[person.name] = person
        duties = duties_of(row["Roles"])
        for role in duties.roles:
            by = cast.director if role != Role.DIRECTOR else None
            grant_role(person, role=role, program=cast.program, since=FIRST_INTAKE, by=by)
        if duties.title:
            _enter_leader(cast, person, duties, row)


def person_of(name: str, email: str) -> User:
    """Return a new person; the first word of the name is the given name."""
    given, _, family = name.partition(" ")
    return User.objects.create_user(
        email, given_name=given, family_name=family, uid=stable("person", email)
    )


def duties_of(cell: str) -> Duties:
    """Read a cell of roles; refuses a word that the file's key does not know."""
    title, known = "", {QUALITY_LEADER, PROCESS_OWNER, GRADUATE}
    roles: list[Role] = []
    for word in words(cell):
        if word.startswith(LEADER):
            title = word.removeprefix(LEADER).strip()
        elif word in ROLES:
            roles.extend(ROLES[word])
        elif word not in known:
            raise ValueError(f"people.csv: nobody knows the role “{word}”.")
    return Duties(tuple(roles), title, QUALITY_LEADER in cell, PROCESS_OWNER in cell)


def _enter_leader(cast: Cast, person: User, duties: Duties, row: Row) -> None:
    Leader.objects.create(
        program=cast.program,
        person=person,
        title=duties.title,
        is_physician=row["Physician"] == "physician",
        is_quality_leader=duties.is_quality_leader,
        owns_processes=duties.owns_processes,
    )
