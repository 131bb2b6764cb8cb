"""One line a person on the page of people, and what is asked for in its address. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qipathway.core.accounts.likeness import plain
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import short_day
from residents.models import Invitation, Resident, RoleGrant
from residents.states import GIVEN, Role

HELD = (*GIVEN, Role.DEPUTY, Role.RESIDENT)
ROLES = (("", "Every role"), *((role.value, role.label) for role in HELD))
WHENS = (("", "Today and later"), ("before", "Before"), ("any", "At any time"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; a value that nobody knows asks for nothing."""

    role: str = ""
    when: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        role, when = query.get("role", ""), query.get("when", "")
        return cls(
            role if role in dict(ROLES) else "",
            when if when in dict(WHENS) else "",
            query.get("q", "").strip(),
        )

    @property
    def wants_residents(self) -> bool:
        """Residents have a page of their own; here they are found by name or when asked for."""
        return self.role == Role.RESIDENT or bool(self.words and not self.role)

    def takes(self, role: str, *, is_over: bool) -> bool:
        """Tell whether a role that somebody has, or has no more, is asked for."""
        in_time = self.when == "any" or is_over == (self.when == "before")
        return in_time and self.role in ("", role)

    def names(self, person: User) -> bool:
        """Tell whether every word asked for is in a person's name or address."""
        told = f"{plain(person.name)} {person.email}"
        return all(word in told for word in (plain(self.words) or self.words).split())


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, what they do here, and what stands in their way."""

    person: User
    words: str
    status: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of everybody's roles in a program."""

    grants: Sequence[RoleGrant]
    invitations: Sequence[Invitation]
    residents: Sequence[Resident] = ()


def person_rows(known: Known, asked: Asked, today: date) -> list[PersonRow]:
    """Return everybody who was asked for, by name."""
    said: dict[User, dict[tuple[str, str], int]] = {}
    for resident in known.residents:
        if asked.takes(Role.RESIDENT, is_over=False):
            _say(said, resident.person, "Resident", "")
    for grant in known.grants:
        if asked.takes(grant.role, is_over=is_over(grant, today)):
            _say(said, grant.person, *_role_words(grant, today), tied=grant.resident_id is not None)
    invited = {each.person: each for each in known.invitations}
    for person, invitation in invited.items():
        if asked.takes(invitation.role, is_over=False):
            said.setdefault(person, {})
    people = sorted(said, key=lambda each: (each.family_name, each.given_name, each.pk))
    return [
        _row(person, said[person], invited.get(person), today)
        for person in people
        if asked.names(person)
    ]


def is_over(grant: RoleGrant, today: date) -> bool:
    return grant.until is not None and grant.until < today


def _say(
    said: dict[User, dict[tuple[str, str], int]],
    person: User,
    label: str,
    dates: str,
    *,
    tied: bool = False,
) -> None:
    """Count the residents of a role that names one; a role without one counts none."""
    counts = said.setdefault(person, {})
    counts[label, dates] = counts.get((label, dates), 0) + tied


def _role_words(grant: RoleGrant, today: date) -> tuple[str, str]:
    """Return the role, and from or until when, as they read beside each other."""
    label = str(Role(grant.role).label)
    if is_over(grant, today):
        return f"Was {Role(grant.role).noun}", f"until {short_day(_last(grant), seen=today)}"
    if grant.since > today:
        return label, f"from {short_day(grant.since, seen=today)}"
    return label, f"until {short_day(grant.until, seen=today)}" if grant.until else ""


def _last(grant: RoleGrant) -> date:
    assert grant.until is not None, "only what is over"
    return grant.until


def _row(
    person: User,
    counts: Mapping[tuple[str, str], int],
    invitation: Invitation | None,
    today: date,
) -> PersonRow:
    parts = [_part(label, count, dates) for (label, dates), count in counts.items()]
    if not person.is_active:
        return PersonRow(person, " · ".join(parts), "Cannot sign in", "warn")
    if invitation:
        role = Role(invitation.role).noun
        parts.append(f"invited as {role}" if parts else f"Invited as {role}")
        return PersonRow(person, " · ".join(parts), "Invited", "info")
    return PersonRow(person, " · ".join(parts))


def _part(label: str, count: int, dates: str) -> str:
    whom = f" of {count} resident{'' if count == 1 else 's'}" if count else ""
    return f"{label}{whom} {dates}".strip()


def people_lead(known: Known, today: date) -> str:
    """Say how many hold a role today, who was invited, and who cannot sign in."""
    holding = {
        grant.person for grant in known.grants if grant.since <= today and not is_over(grant, today)
    }
    closed = sum(not person.is_active for person in holding)
    parts = [_counted(len(holding), "person holds", "people hold") + " a role today."]
    if known.invitations:
        parts.append(_counted(len(known.invitations), "invitation waits", "invitations wait") + ".")
    if closed:
        parts.append(_counted(closed, "person", "people") + " cannot sign in.")
    return " ".join(parts)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def select_inputs(asked: Asked) -> Iterable[dict[str, object]]:
    """Return the lists of the filter with what is chosen in them."""
    yield {"name": "role", "label": "Role", "options": ROLES, "value": asked.role}
    yield {"name": "when", "label": "When", "options": WHENS, "value": asked.when}
