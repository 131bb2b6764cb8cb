"""What a page of credits and waivers says of its resident. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qipathway.core.lib.words import plural
from residents.models import Cohort, Membership, Resident, Settlement
from residents.requirements import Requirement
from residents.states import SettlementKind

from .words import counted

Group = tuple[str, list[Requirement]]


@dataclass(frozen=True, slots=True)
class Credits:
    """All that is asked of a resident, and what the director signed, what stands first."""

    resident: Resident
    requirements: tuple[Requirement, ...]
    settlements: tuple[Settlement, ...]

    @property
    def left(self) -> int:
        return sum(each.left > 0 for each in self.requirements)

    @property
    def groups(self) -> list[Group]:
        return [(name, list(some)) for name, some in groupby(self.requirements, _group)]

    @property
    def standing(self) -> list[Settlement]:
        return [each for each in self.settlements if each.withdrawn_at is None]

    @property
    def withdrawn(self) -> list[Settlement]:
        return [each for each in self.settlements if each.withdrawn_at]

    @property
    def lead(self) -> str:
        """Say what is missing, and what rests on whose signature."""
        name = self.resident.person.given_name
        needs = f"needs {plural(self.left, 'more thing')}" if self.left else "has all that is asked"
        return "; ".join([f"{name} {needs}", *_signed(self.standing)]) + "."

    def find(self, key: str) -> Requirement | None:
        return next((each for each in self.requirements if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of a cohort, and the requirement as it stands with them."""

    resident: Resident
    requirement: Requirement

    @property
    def why_not(self) -> str:
        """Why it cannot be waived for them; nothing if it can."""
        left = self.requirement.left
        return self.requirement.refusal if left else f"nothing is left, {self.requirement.count}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of everybody on the pathway, by resident."""

    members: tuple[Membership, ...]
    requirements: Mapping[int, Sequence[Requirement]]

    @property
    def waivable(self) -> list[Requirement]:
        """Each requirement that can be waived, as the first who has it, in the order of a page."""
        rows = (each for some in self.requirements.values() for each in some if each.is_waivable)
        first: dict[str, Requirement] = {}
        for each in rows:
            first.setdefault(each.key, each)
        return list(first.values())

    @property
    def residents(self) -> list[Resident]:
        return [member.resident for member in self.members]

    def candidates(self, cohort: Cohort, key: str) -> list[Candidate]:
        """Return the members of a cohort of whom the requirement is asked, by name."""
        return [
            Candidate(member.resident, each)
            for member in self.members
            if member.cohort_id == cohort.pk
            for each in self.requirements[member.resident_id]
            if each.key == key
        ]


def _group(requirement: Requirement) -> str:
    return requirement.group


def _signed(standing: Sequence[Settlement]) -> Iterable[str]:
    """Yield "two were waived and one was credited by Renée Okafor"."""
    said = []
    for kind, word in ((SettlementKind.WAIVER, "waived"), (SettlementKind.CREDIT, "credited")):
        count = sum(each.amount for each in standing if each.kind == kind)
        if count:
            said.append(f"{counted(count).lower()} {'was' if count == 1 else 'were'} {word}")
    if said:
        names = dict.fromkeys(each.signed_by.name for each in reversed(standing))
        yield f"{' and '.join(said)} by {' and '.join(names)}"
