"""Who a line of a file is about: a person who is known by address, or somebody new."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Q

from qipathway.core.accounts.models import User
from qipathway.core.sheets import cells
from residents.models import Program, Resident, RoleGrant

from .columns import Field
from .plan import Plan, Row, differences

NAME_FIELDS = (
    Field(
        "name",
        "Name",
        partial(cells.label, most=200),
        ("full name", "person", "resident", "staff name"),
        unless="given_name",
        is_filled=False,
    ),
    Field(
        "given_name",
        "First name",
        partial(cells.label, most=120),
        ("given name", "forename", "given names"),
        is_needed=False,
        is_filled=False,
    ),
    Field(
        "family_name",
        "Last name",
        partial(cells.label, most=120),
        ("family name", "surname"),
        is_needed=False,
        is_filled=False,
    ),
)
LABELS = {"given_name": "First name", "family_name": "Last name", "email": "E-mail"}


def named(row: Row) -> tuple[str, str]:
    """Return the given and the family name; in one cell "Family, Given" or "Given Family"."""
    given, family = row.get("given_name"), row.get("family_name")
    if given or family:
        return (given, family) if given else (family, "")
    family, comma, given = row.get("name").partition(",")
    if comma and given.strip():
        return given.strip()[:120], family.strip()[:120]
    given, _, family = row.get("name").partition(" ")
    return given.rstrip(",")[:120], family[:120]


def labelled(person: User, *more: str) -> str:
    """Name somebody new, with what tells them apart."""
    return ", ".join((person.name, *more))


@dataclass
class Persons:
    """Who of a file's people is known, who is new, and whose name is corrected."""

    program: Program
    known: dict[str, User] = field(default_factory=dict)
    roles: Mapping[int, set[str]] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()
    new: list[User] = field(default_factory=list)
    renamed: list[User] = field(default_factory=list)

    @classmethod
    def read(cls, addresses: Iterable[str], program: Program) -> "Persons":
        """Read everybody with one of these addresses and the roles that they hold here."""
        known = {person.email: person for person in User.objects.filter(email__in=set(addresses))}
        return cls.of(known, program)

    @classmethod
    def of(cls, known: dict[str, User], program: Program) -> "Persons":
        """Read what these people hold here, and who of them belongs to another program as well."""
        ids = {person.pk for person in known.values()}
        held = RoleGrant.objects.active().filter(person__in=ids, program=program, resident=None)
        roles: dict[int, set[str]] = defaultdict(set)
        for person, role in held.values_list("person_id", "role"):
            roles[person].add(role)
        granted = RoleGrant.objects.exclude(program=program).values("person")
        trained = Resident.objects.exclude(program=program).values("person")
        others = Q(pk__in=granted) | Q(pk__in=trained) | Q(is_staff=True) | Q(is_superuser=True)
        elsewhere = User.objects.filter(others, pk__in=ids).values_list("pk", flat=True)
        return cls(program, known, roles, frozenset(elsewhere))

    def enter(
        self, row: Row, draft: Plan, email: str
    ) -> tuple[User, bool, tuple[tuple[str, str, str], ...]]:
        """Return the person of a line, whether they are new, and what is different about them."""
        given, family = named(row)
        if not given:
            draft.error(row, "name" if "name" in row.values else "given_name", "is empty")
        person = self.known.get(email)
        if person is None:
            person = User(email=email, given_name=given, family_name=family)
            self.known[email] = person
            self.new.append(person)
            return person, True, ()
        return person, False, self.rename(row, draft, person, given=given, family=family)

    def rename(
        self, row: Row, draft: Plan, person: User, *, given: str, family: str
    ) -> tuple[tuple[str, str, str], ...]:
        """Correct the name of somebody who belongs to this program alone; return what changed."""
        if (person.given_name, person.family_name) == (given, family):
            return ()
        if person.pk in self.elsewhere:
            draft.warn(
                row,
                "name" if "name" in row.values else "family_name",
                "the name was left as it is here, because this person belongs to another program "
                "as well",
            )
            return ()
        said = differences(person, {"given_name": given, "family_name": family}, LABELS)
        self.renamed.append(person)
        return said
