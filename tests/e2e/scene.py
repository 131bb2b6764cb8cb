"""What the demo does not tell, made in programs of their own that no other journey looks at."""

from datetime import UTC, date, datetime
from uuid import UUID

from residents.states import Role
from tests.factories.accounts import UserFactory
from tests.factories.residents import (
    CohortFactory,
    PathwayVersionFactory,
    ProgramFactory,
    ResidentFactory,
    RoleGrantFactory,
)
from tests.factories.selection import ApplicationFactory, RoundFactory

HARBOR = "harbor"
CHOOSER = "hanneke.brouwer@example.org"
APPLICANT = "tomasz.wilk@example.org"
LATE = "priya.raman@example.org"
ROUND = UUID("5f1c2c0e-6f0b-4c38-9a8e-2f6a4d1f7b10")
OPENS, CLOSES = datetime(2026, 12, 14, 16, tzinfo=UTC), datetime(2027, 1, 23, 7, 59, tzinfo=UTC)


def make_a_round() -> None:
    """Make a program with an open round: one who writes, one who sent, and one not invited."""
    program = ProgramFactory(slug=HARBOR, name="Harbor Hospital")
    chooser = UserFactory(given_name="Hanneke", family_name="Brouwer", email=CHOOSER)
    RoleGrantFactory(person=chooser, program=program, role=Role.DIRECTOR)
    version = PathwayVersionFactory(program=program)
    intake = CohortFactory(
        program=program, version=version, name="2027 intake", starts_on=date(2027, 7, 1)
    )
    round_ = RoundFactory(
        uid=ROUND, program=program, cohort=intake, opens_at=OPENS, closes_at=CLOSES
    )

    def resident(given_name: str, family_name: str, email: str):
        person = UserFactory(given_name=given_name, family_name=family_name, email=email)
        return ResidentFactory(program=program, person=person, starts_on=date(2026, 7, 1))

    ApplicationFactory(round=round_, resident=resident("Tomasz", "Wilk", APPLICANT), written=True)
    sent = resident("Adaora", "Eze", "adaora.eze@example.org")
    ApplicationFactory(round=round_, resident=sent, submitted=True)
    resident("Priya", "Raman", LATE)


def make_an_empty_program(slug: str, director: str) -> None:
    """Make a program with nobody in it but its director."""
    program = ProgramFactory(slug=slug, name="Fresh Program")
    person = UserFactory(given_name="Femke", family_name="Aldous", email=director)
    RoleGrantFactory(person=person, program=program, role=Role.DIRECTOR)
