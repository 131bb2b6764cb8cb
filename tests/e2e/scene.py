"""What the demo does not tell, made in programs of their own that no other journey looks at."""

from datetime import UTC, date, datetime
from uuid import UUID

from qipathway.core.accounts.models import User
from residents.models import Resident
from residents.selection.models import Round
from residents.selection.states import ApplicationState
from residents.states import Role, Track
from tests.factories.accounts import UserFactory
from tests.factories.residents import (
    CohortFactory,
    PathwayVersionFactory,
    ProgramFactory,
    ResidentFactory,
    RoleGrantFactory,
)
from tests.factories.selection import ApplicationFactory, RatingFactory, RoundFactory

HARBOR = "harbor"
CHOOSER = "hanneke.brouwer@example.org"
READER = "ilse.marten@example.org"
WRITER = "tomasz.wilk@example.org"
UNINVITED = "priya.raman@example.org"
OPEN = UUID("5f1c2c0e-6f0b-4c38-9a8e-2f6a4d1f7b10")
OVER = UUID("0d7d6f5e-3d43-4f0c-8a44-b1f3a9f6c2aa")
NEWCOMERS = (
    ("Aroha", "Ngata"),
    ("Z̷̢̧̛̳̠̩̘̙͛̓̓̽͌̀̆͆͗̕͝a̶̧̡̛̘̰̖͔̪̖̔̾̋́̓͌̚͝l̸͍̤̦̙̈́̅̌̀͋͘͠go", "N̸̛̬̣͎̓̾ame"),
    ("محمد", "عبد الله"),
    ("Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren", "Long"),
)
APPLICANTS = (
    *(f"Applicant Number{number:02}" for number in range(26)),
    "Z̷̢̧̛̳̠̩̘̙͛̓̓̽͌̀̆͆͗̕͝a̶̧̡̛̘̰̖͔̪̖̔̾̋́̓͌̚͝l̸͍̤̦̙̈́̅̌̀͋͘͠go N̸̛̬̣͎̓̾ame",
    "محمد عبدالله",
    "İpek👩🏽‍⚕️ Işık",
    "Sukarno",
)
"""Thirty who want a place; the last have names as people have them."""
LONG_AGO, OPENS = datetime(2026, 10, 12, 15, tzinfo=UTC), datetime(2026, 12, 14, 16, tzinfo=UTC)
CLOSED, CLOSES = datetime(2026, 11, 22, 7, 59, tzinfo=UTC), datetime(2027, 1, 23, 7, 59, tzinfo=UTC)


def make_rounds() -> None:
    """Make a program with two rounds: one in which people write, one that is being decided."""
    program = ProgramFactory(slug=HARBOR, name="Harbor Hospital")
    version = PathwayVersionFactory(program=program)

    def person(name: str, role: Role | None = None) -> User:
        given, _, family = name.partition(" ")
        email = f"{given}.{family}@example.org".lower()
        found = UserFactory(given_name=given, family_name=family, email=email)
        if role:
            RoleGrantFactory(person=found, program=program, role=role)
        return found

    def resident(name: str) -> Resident:
        return ResidentFactory(program=program, person=person(name), starts_on=date(2026, 7, 1))

    def round_of(year: int, **fields: object) -> Round:
        intake = CohortFactory(
            program=program, version=version, name=f"{year} intake", starts_on=date(year, 7, 1)
        )
        return RoundFactory(program=program, cohort=intake, **fields)

    person("Hanneke Brouwer", Role.DIRECTOR)
    readers = [person("Ilse Marten", Role.REVIEWER), person("Dele Afolabi", Role.REVIEWER)]

    writing = round_of(2028, uid=OPEN, opens_at=OPENS, closes_at=CLOSES)
    ApplicationFactory(round=writing, resident=resident("Tomasz Wilk"), written=True)
    ApplicationFactory(round=writing, resident=resident("Adaora Eze"), submitted=True)
    resident("Priya Raman")

    deciding = round_of(2027, uid=OVER, opens_at=LONG_AGO, closes_at=CLOSED, seats=2)
    for score, name in enumerate(("Jonas Lind", "Amara Toure", "Mei Tanaka"), start=3):
        sent = ApplicationFactory(round=deciding, resident=resident(name), submitted=True)
        for reader in readers:
            RatingFactory(application=sent, reviewer=reader, judged=True, passion=score)
    unread = ApplicationFactory(round=deciding, resident=resident("Omar Haddou"), submitted=True)
    RatingFactory(application=unread, reviewer=readers[0])
    ApplicationFactory(
        round=deciding,
        resident=resident("Lena Fuchs"),
        submitted=True,
        state=ApplicationState.ACCEPTED,
        judged_at=CLOSED,
    )


def make_an_empty_program(slug: str, director: str) -> None:
    """Make a program with nobody in it but its director."""
    program = ProgramFactory(slug=slug, name="Fresh Program")
    person = UserFactory(given_name="Femke", family_name="Aldous", email=director)
    RoleGrantFactory(person=person, program=program, role=Role.DIRECTOR)


def make_newcomers(slug: str) -> None:
    """Make a program with a director and four residents whom nobody has invited yet."""
    program = ProgramFactory(slug=slug, name="Lakeside Hospital")
    PathwayVersionFactory(program=program)
    director = UserFactory(
        given_name="Greta", family_name="Sand", email=f"greta@{slug}.example.org"
    )
    RoleGrantFactory(person=director, program=program, role=Role.DIRECTOR)
    for number, (given, family) in enumerate(NEWCOMERS):
        person = UserFactory(
            given_name=given, family_name=family, email=f"newcomer{number}@{slug}.example.org"
        )
        ResidentFactory(program=program, person=person, starts_on=date(2026, 7, 1))
    person = UserFactory(given_name="Kit", family_name="Larsen", email=f"kit@{slug}.example.org")
    ResidentFactory(
        program=program, person=person, starts_on=date(2026, 7, 1), track=Track.PRELIMINARY
    )


def make_evening(slug: str) -> None:
    """Make a closed round with thirty applications that nobody has read yet, and two reviewers."""
    program = ProgramFactory(slug=slug, name="Summit Hospital")
    version = PathwayVersionFactory(program=program)
    for role, given, family in (
        (Role.DIRECTOR, "Ruth", "Amsel"),
        (Role.REVIEWER, "Ines", "Moreau"),
        (Role.REVIEWER, "Piet", "Bakker"),
    ):
        email = f"{given.lower()}@{slug}.example.org"
        person = UserFactory(given_name=given, family_name=family, email=email)
        RoleGrantFactory(person=person, program=program, role=role)
    intake = CohortFactory(program=program, version=version, name="Class of 2030")
    round_ = RoundFactory(
        program=program, cohort=intake, opens_at=LONG_AGO, closes_at=CLOSED, seats=4
    )
    for number, name in enumerate(APPLICANTS):
        given, _, family = name.partition(" ")
        email = f"applicant{number}@{slug}.example.org"
        person = UserFactory(given_name=given, family_name=family, email=email)
        resident = ResidentFactory(program=program, person=person, starts_on=date(2026, 7, 1))
        ApplicationFactory(round=round_, resident=resident, submitted=True)
