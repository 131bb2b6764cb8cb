"""A small hospital: one program with everybody in it, and a second one that must stay unseen."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from qipathway.core.accounts.models import User
from residents.models import Program, Resident
from residents.states import Role, RotationKind

from .accounts import UserFactory
from .residents import (
    BlockFactory,
    CohortFactory,
    MembershipFactory,
    PathwayVersionFactory,
    ProgramFactory,
    ResidentFactory,
    RoleGrantFactory,
    RotationFactory,
)


@dataclass
class Hospital:
    """A program with a director, coordinator, chief, KPO lead, coach, instructor and sponsor.

    ``resident`` is coached by ``coach`` and sponsored by ``sponsor``; ``other`` by ``other_coach``
    and nobody. Both are second-years on an elective from November 16 to December 13, 2026.
    """

    slug: str
    program: Program = field(init=False)

    def __post_init__(self) -> None:
        self.program = ProgramFactory(slug=self.slug, name=self.slug.title())
        version = PathwayVersionFactory(program=self.program)
        self.cohort = CohortFactory(program=self.program, version=version)
        self.elective = RotationFactory(program=self.program, name="Elective: Cardiology")
        self.director = self.person("director", Role.DIRECTOR)
        self.coordinator = self.person("coordinator", Role.COORDINATOR)
        self.chief = self.person("chief", Role.CHIEF)
        self.kpo_lead = self.person("lead", Role.KPO_LEAD)
        self.instructor = self.person("instructor", Role.INSTRUCTOR)
        self.resident = self.member("resident")
        self.other = self.member("other")
        self.coach = self.person("coach", Role.COACH, self.resident)
        self.other_coach = self.person("othercoach", Role.COACH, self.other)
        self.sponsor = self.person("sponsor", Role.SPONSOR, self.resident)

    def person(self, name: str, role: Role, resident: Resident | None = None) -> User:
        """Return a new person who holds a role, for a resident if one is named.

        An operator holds it for the site, and for no program; a deputy until next summer.
        """
        user = UserFactory(given_name=name.title(), email=f"{name}@{self.slug}.example.org")
        program = None if role == Role.OPERATOR else self.program
        until = date(2027, 6, 30) if role == Role.DEPUTY else None
        RoleGrantFactory(person=user, program=program, role=role, resident=resident, until=until)
        return user

    def member(self, name: str, **fields: object) -> Resident:
        """Return a new second-year on the pathway, on an elective this month."""
        user = UserFactory(given_name=name.title(), email=f"{name}@{self.slug}.example.org")
        resident = ResidentFactory(program=self.program, person=user, **fields)
        MembershipFactory(program=self.program, cohort=self.cohort, resident=resident)
        BlockFactory(program=self.program, resident=resident, rotation=self.elective)
        return resident

    def rotation(self, kind: RotationKind, name: str) -> object:
        return RotationFactory(program=self.program, kind=kind, name=name)


class World:
    """The hospital at hand and another one."""

    def __init__(self) -> None:
        self.here = Hospital("cascade")

    @cached_property
    def there(self) -> Hospital:
        return Hospital("elsewhere")
