"""All that the pathway asks of a resident, from every app that counts something."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import capstone.reads
import curriculum.reads
from residents.models import Membership, Program, Resident
from residents.reads import members, settled_in
from residents.requirements import Requirement, Settlements

from ..credits import Asked, Credits


@dataclass(frozen=True, slots=True)
class Source:
    """An app that asks for something: of one resident, and of several at once."""

    of_one: Callable[[Resident, date], list[Requirement]]
    of_several: Callable[
        [Sequence[Membership], Program, Mapping[int, Settlements], date],
        dict[int, list[Requirement]],
    ]


SOURCES = (
    Source(curriculum.reads.requirements_of, curriculum.reads.requirements_for),
    Source(capstone.reads.requirements_of, capstone.reads.requirements_for),
)
"""Each app names what it asks for; a new one is one line here."""


def credits_of(resident: Resident, today: date) -> Credits:
    """Read what is asked of a resident, what is left, and what was signed and taken back."""
    asked = (each for source in SOURCES for each in source.of_one(resident, today))
    signed = resident.settlements.select_related("signed_by", "withdrawn_by", "file")
    return Credits(resident, tuple(asked), tuple(signed.order_by("-signed_at", "-pk")))


def asked_of(program: Program, today: date) -> Asked:
    """Read what is asked of everybody on the pathway; the same queries for any number."""
    people, settled = members(program), settled_in(program)
    found: dict[int, list[Requirement]] = defaultdict(list)
    for source in SOURCES:
        for resident, some in source.of_several(people, program, settled, today).items():
            found[resident] += some
    return Asked(tuple(people), found)
