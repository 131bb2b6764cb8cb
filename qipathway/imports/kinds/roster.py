"""Residents: who is here, in which track, since when. A place on the pathway is given elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from qipathway.core.accounts.models import User
from qipathway.core.sheets import cells
from qipathway.core.sheets.cells import fold
from residents.models import Membership, Resident
from residents.reads import why_not_eligible
from residents.services.roster import (
    change_residents,
    enter_people,
    enter_residents,
    rename_people,
)
from residents.states import CareerInterest, Track

from ..columns import Field
from ..persons import NAME_FIELDS, Persons, labelled, named
from ..plan import Desk, Plan, Row, differences, doubles, labels_of

STAFF_ID = Field(
    "staff_id",
    "Staff ID",
    partial(cells.label, most=40),
    ("staff unique id", "employee id", "person id", "resident id", "unique id", "id"),
)
TRACKS = {
    "categorical": Track.CATEGORICAL,
    "primary care": Track.PRIMARY_CARE,
    "preliminary": Track.PRELIMINARY,
    "prelim": Track.PRELIMINARY,
}
CAREERS = {
    "undecided": CareerInterest.UNDECIDED,
    "primary care": CareerInterest.PRIMARY_CARE,
    "hospitalist": CareerInterest.HOSPITALIST,
    "subspecialist": CareerInterest.SUBSPECIALIST,
}
FIELDS = (
    STAFF_ID,
    *NAME_FIELDS,
    Field("email", "E-mail", cells.email, ("email address", "mail")),
    Field("track", "Track", lambda text: Track(cells.one_of(text, TRACKS)), ("program track",)),
    Field("starts_on", "Program start", None, ("start date", "residency start", "starts on")),
    Field("matched_here", "Matched here", cells.yes_or_no, ("matched", "match")),
    Field(
        "career_interest",
        "Career interest",
        lambda text: CareerInterest(cells.one_of(text, CAREERS)),
        ("career",),
        is_needed=False,
        is_filled=False,
        default=CareerInterest.UNDECIDED,
    ),
    Field(
        "specialty",
        "Specialty",
        partial(cells.label, most=80),
        is_needed=False,
        is_filled=False,
    ),
    Field(
        "interests",
        "Areas of interest",
        partial(cells.label, most=300),
        ("interests",),
        is_needed=False,
        is_filled=False,
    ),
)
LABELS = labels_of(FIELDS)
FACTS = ("track", "starts_on", "matched_here", "career_interest", "specialty", "interests")
FORBIDDEN = {
    fold(word): "a roster gives nobody a role. Take the column out; roles come with the people."
    for word in (
        *("role", "roles", "user role", "system role", "permission", "permissions", "access"),
        *("access level", "group", "groups", "is staff", "is admin", "admin", "superuser"),
        *("is superuser", "is active", "password"),
    )
}


@dataclass
class _Tally:
    new: list[Resident] = field(default_factory=list)
    changed: dict[Resident, list[str]] = field(default_factory=dict)


def plan(rows: Sequence[Row], desk: Desk) -> Plan:
    """Compare with the residents who are there by staff ID; nobody leaves by a file."""
    draft = Plan(labels=LABELS)
    repeated = set()
    for name in ("staff_id", "email"):
        for row, first in doubles(rows, partial(_folded, name=name)):
            draft.error(row, name, f"is already in line {first.line}", row[name])
            repeated.add(row.line)
    rows = [row for row in rows if row.line not in repeated]
    there = desk.program.residents.select_related("person")
    residents = {resident.staff_id.casefold(): resident for resident in there}
    known = {resident.person.email: resident.person for resident in residents.values()}
    addresses = {row["email"] for row in rows} - known.keys()
    known |= {person.email: person for person in User.objects.filter(email__in=addresses)}
    persons = Persons.of(known, desk.program)
    running = set(
        Membership.objects.running()
        .filter(program=desk.program)
        .values_list("resident_id", flat=True)
    )
    tally = _Tally()
    owners = {resident.person_id: resident for resident in residents.values()}
    for row in rows:
        resident = residents.get(row["staff_id"].casefold())
        if resident is None:
            _enter(row, draft, desk, persons, owners, tally)
        else:
            _correct(row, draft, resident, persons, running, tally)
    draft.deeds += [
        partial(enter_people, persons.new),
        desk.deed(rename_people, persons.renamed),
        desk.deed(enter_residents, tally.new),
        desk.deed(change_residents, tally.changed),
    ]
    return draft


def _folded(row: Row, *, name: str) -> str:
    return str(row[name]).casefold()


def _enter(
    row: Row,
    draft: Plan,
    desk: Desk,
    persons: Persons,
    owners: Mapping[int, Resident],
    tally: _Tally,
) -> None:
    taken = persons.known.get(row["email"])
    other = owners.get(taken.pk) if taken else None
    if other:
        reason = f"is the address of {other.person.name}, whose staff ID is {other.staff_id}"
        draft.error(row, "email", reason, row["email"])
        return
    person, _, _ = persons.enter(row, draft, row["email"])
    resident = Resident(
        program=desk.program, person=person, staff_id=row["staff_id"], **row.only(FACTS)
    )
    tally.new.append(resident)
    draft.new(labelled(person, resident.staff_id), row.line)
    if reason := why_not_eligible(resident):
        draft.notes.append(
            f"Line {row.line}: {person.name} is entered without a place on the pathway: {reason}."
        )


def _correct(
    row: Row,
    draft: Plan,
    resident: Resident,
    persons: Persons,
    running: set[int],
    tally: _Tally,
) -> None:
    given, family = named(row)
    if not given:
        draft.error(row, "name" if "name" in row.values else "given_name", "is empty")
    said = _readdress(row, draft, resident.person, persons)
    said += persons.rename(row, draft, resident.person, given=given, family=family)
    facts = differences(resident, row.only(FACTS), LABELS)
    if facts:
        tally.changed[resident] = [label for label, _, _ in facts]
    reason = why_not_eligible(resident)
    if reason and facts and resident.pk in running:
        draft.warn(row, "track", f"{resident.person.name} has a place on the pathway, but {reason}")
    if said or facts:
        draft.change(resident.person.name, row.line, said + facts)
    else:
        draft.unchanged += 1


def _readdress(
    row: Row, draft: Plan, person: User, persons: Persons
) -> tuple[tuple[str, str, str], ...]:
    """Correct an address that nobody has signed in with: an address is the key to an account."""
    email = row["email"]
    if person.email == email:
        return ()
    other = persons.known.get(email)
    if other is not None:
        draft.error(row, "email", f"is the address of {other.name}", email)
        return ()
    if person.last_login is not None or person.pk in persons.elsewhere:
        draft.error(
            row,
            "email",
            f"is not the address of {person.name} here, who has signed in or belongs to another "
            "program, so only they can change it",
            email,
        )
        return ()
    persons.known[email] = person
    if person not in persons.renamed:
        persons.renamed.append(person)
    return differences(person, {"email": email}, LABELS)
