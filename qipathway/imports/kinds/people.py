"""People of the organisation: who holds which role, and whom residents can meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from qipathway.core.accounts.models import User
from qipathway.core.sheets import cells
from qipathway.core.sheets.cells import BadCell, fold
from residents.models import Leader, RoleGrant
from residents.services.roster import (
    change_leaders,
    enter_leaders,
    enter_people,
    grant_roles,
    rename_people,
)
from residents.states import Role

from ..columns import Field
from ..persons import NAME_FIELDS, Persons, labelled
from ..plan import Desk, Plan, Row, differences, doubles, labels_of

ROLES: Mapping[str, tuple[Role, ...]] = {
    "program director": (Role.DIRECTOR,),
    "director": (Role.DIRECTOR,),
    "coordinator": (Role.COORDINATOR,),
    "chief resident": (Role.CHIEF,),
    "chief": (Role.CHIEF,),
    "KPO coach": (Role.COACH,),
    "coach": (Role.COACH,),
    "KPO lead": (Role.KPO_LEAD, Role.COACH),
    "instructor": (Role.INSTRUCTOR,),
    "sponsor": (Role.SPONSOR,),
    "mentor": (Role.MENTOR,),
    "selection reviewer": (Role.REVIEWER,),
}
"""The grants behind a word. The KPO lead has a few seats in the coach pool."""

LEADER = "leader"
QUALITY_LEADER = "quality leader"
PROCESS_OWNER = "process owner"
GRADUATE = "VMPS for Leaders graduate"
BY_WORD = {fold(word): roles for word, roles in ROLES.items()}
PHYSICIAN = {"physician": "yes", "non-physician": "", "yes": "yes", "no": ""}
NOT_KEPT = ("interests", "capacity")


@dataclass(frozen=True, slots=True)
class Duties:
    """What one cell of roles says."""

    roles: tuple[Role, ...] = ()
    title: str = ""
    is_quality_leader: bool = False
    owns_processes: bool = False
    is_graduate: bool = False


def duties_of(cell: str) -> Duties:
    """Read a cell of roles; refuses a word that stands for none."""
    roles: list[Role] = []
    title, flags = "", set()
    for word in cells.words(cell):
        head, colon, rest = word.partition(":")
        if colon and fold(head) == LEADER:
            title = cells.label(rest.strip(), most=120)
        elif fold(word) in BY_WORD:
            roles.extend(BY_WORD[fold(word)])
        elif fold(word) in map(fold, (QUALITY_LEADER, PROCESS_OWNER, GRADUATE)):
            flags.add(fold(word))
        else:
            known = (*ROLES, "leader: their title", QUALITY_LEADER, PROCESS_OWNER, GRADUATE)
            raise BadCell(f"holds “{word}”, which is no role here. Known are: {', '.join(known)}")
    quality, owner = fold(QUALITY_LEADER) in flags, fold(PROCESS_OWNER) in flags
    if (quality or owner) and not title:
        raise BadCell("names a leader without a title. Write “leader: their title” beside it")
    return Duties(tuple(dict.fromkeys(roles)), title, quality, owner, fold(GRADUATE) in flags)


FIELDS = (
    *NAME_FIELDS,
    Field("email", "E-mail", cells.email, ("email address", "mail")),
    Field("duties", "Roles", duties_of, ("role", "duties"), is_filled=False, default=Duties()),
    Field(
        "is_physician",
        "Physician",
        lambda text: bool(cells.one_of(text, PHYSICIAN)),
        ("physician or not",),
        is_needed=False,
        is_filled=False,
        default=False,
    ),
    Field("since", "Since", None, ("from", "role since"), is_needed=False, is_filled=False),
    Field(
        "interests",
        "Areas of interest",
        partial(cells.label, most=300),
        ("interests",),
        is_needed=False,
        is_filled=False,
    ),
    Field(
        "capacity",
        "Capacity",
        cells.whole_number,
        ("caseload",),
        is_needed=False,
        is_filled=False,
        default=None,
    ),
)
LABELS = labels_of(FIELDS)


def plan(rows: Sequence[Row], desk: Desk) -> Plan:
    """Compare with the people who are there by address; nobody loses a role by a file."""
    draft = Plan(labels=LABELS)
    for row, first in doubles(rows, lambda row: row["email"]):
        draft.error(row, "email", f"is already in line {first.line}", row["email"])
    persons = Persons.read([row["email"] for row in rows], desk.program)
    leaders = {leader.person_id: leader for leader in desk.program.leaders.all()}
    tally = _Tally()
    for row in rows:
        _one(row, draft, desk, persons, leaders, tally)
    _say_what_is_not_kept(rows, draft)
    draft.deeds += [
        partial(enter_people, persons.new),
        desk.deed(rename_people, persons.renamed),
        desk.deed(grant_roles, tally.grants),
        desk.deed(enter_leaders, tally.new_leaders),
        desk.deed(change_leaders, tally.changed_leaders),
    ]
    return draft


class _Tally:
    """What will be given to the services."""

    def __init__(self) -> None:
        self.grants: list[RoleGrant] = []
        self.new_leaders: list[Leader] = []
        self.changed_leaders: list[Leader] = []


def _one(
    row: Row,
    draft: Plan,
    desk: Desk,
    persons: Persons,
    leaders: Mapping[int, Leader],
    tally: _Tally,
) -> None:
    duties: Duties = row["duties"]
    person, is_new, said = persons.enter(row, draft, row["email"])
    held = persons.roles.get(person.pk, set())
    missing = [role for role in duties.roles if role not in held]
    if Role.DIRECTOR in missing and not desk.may_name_directors:
        draft.error(row, "duties", "can only be named by a program director", "program director")
        return
    if not duties.roles and not duties.title and is_new:
        draft.warn(row, "duties", f"{person.name} has no role here, and is entered by name only")
    since = row.get("since") or desk.today
    tally.grants += [
        RoleGrant(person=person, role=role, program=desk.program, since=since) for role in missing
    ]
    said += tuple(("Role", "–", str(role.label)) for role in missing)
    said += _leader(row, duties, person, desk, leaders, tally)
    if is_new:
        draft.new(labelled(person, row["email"]), row.line)
    elif said:
        draft.change(person.name, row.line, said)
    else:
        draft.unchanged += 1


def _leader(
    row: Row,
    duties: Duties,
    person: User,
    desk: Desk,
    leaders: Mapping[int, Leader],
    tally: _Tally,
) -> tuple[tuple[str, str, str], ...]:
    """Enter or correct somebody as a leader; return what is different."""
    if not duties.title:
        return ()
    facts = {
        "title": duties.title,
        "is_quality_leader": duties.is_quality_leader,
        "owns_processes": duties.owns_processes,
        **row.only(("is_physician",)),
    }
    leader = leaders.get(person.pk) if person.pk else None
    if leader is None:
        tally.new_leaders.append(Leader(program=desk.program, person=person, **facts))
        return (("Leader", "–", duties.title),)
    said = differences(leader, facts, LEADER_LABELS)
    if said:
        tally.changed_leaders.append(leader)
    return said


LEADER_LABELS = {
    "title": "Title",
    "is_quality_leader": "Quality leader",
    "owns_processes": "Process owner",
    "is_physician": "Physician",
}


def _say_what_is_not_kept(rows: Sequence[Row], draft: Plan) -> None:
    columns = [LABELS[name] for name in NOT_KEPT if any(row.get(name) for row in rows)]
    if columns:
        draft.notes.append(f"Read, but kept nowhere yet: {', '.join(columns)}.")
    graduates = [row for row in rows if row["duties"].is_graduate]
    if graduates:
        draft.notes.append(f"“{GRADUATE}” is read, but kept nowhere yet ({len(graduates)} people).")
