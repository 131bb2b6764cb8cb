"""The cards of the sign-in page: one person for each role, and what to try as them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from qipathway.core.accounts.models import User
from residents.states import Role

from .scene import SLUG


@dataclass(frozen=True, slots=True)
class Card:
    """A person to look around as."""

    person: User
    role: str
    hint: str


PERSONAS = (
    (
        "elena.voss@example.org",
        "Program director",
        "See who needs a decision this Monday, and who may join in February.",
    ),
    (
        "yusuf.abdel-rahman@residents.example.org",
        "Resident, second year",
        "Book tomorrow's class, finish homework, write the charter.",
    ),
    (
        "mila.petrov@residents.example.org",
        "Resident, first year",
        "On Systems-Based Practice: stand-ups, classes, first homework.",
    ),
    (
        "fionn.omalley@residents.example.org",
        "Resident, third year",
        "Read a run chart, and see what the current state still needs.",
    ),
    (
        "renee.delacroix@example.org",
        "KPO coach",
        "Answer two pieces of homework, prepare tomorrow's check-in.",
    ),
    (
        "tomas.arrieta@example.org",
        "Instructor",
        "Take the attendance of this morning's class.",
    ),
    (
        "beatriz.carvalho@example.org",
        "Sponsor",
        "Sign a charter that has waited for weeks.",
    ),
    (
        "bertrand.achterberg@example.org",
        "Coordinator",
        "Move a class, and see which reminders follow it.",
    ),
    (
        "saoirse.flanagan@example.org",
        "Chief resident",
        "Read applications for the winter intake; see schedules, without anybody's notes.",
    ),
    (
        "sade.abiodun@example.org",
        "KPO lead",
        "See every mentee's standing, and announce a stand-up.",
    ),
    (
        "wen-li.tsai@example.org",
        "Mentor",
        "See nobody's record before a resident is introduced.",
    ),
    (
        "amina.bashir@residents.example.org",
        "Applicant",
        "Read an application that two readers are rating.",
    ),
    (
        "ines.marchetti@example.org",
        "Operator",
        "Make another program, and invite its first director.",
    ),
)


def people_of_the_demo() -> QuerySet[User]:
    """Read whom a card may sign in: the demo program and who runs its site, no repair account."""
    belongs = Q(grants__program__slug=SLUG) | Q(residencies__program__slug=SLUG)
    belongs |= Q(grants__role=Role.OPERATOR)
    return User.objects.filter(belongs, is_active=True, is_superuser=False).distinct()


def find_person(uid: UUID) -> User:
    """Return the person of a card; 404 for anybody else."""
    return get_object_or_404(people_of_the_demo(), uid=uid)


def demo_cards() -> list[Card]:
    """Read the cards; none while the demo program is not loaded. One query."""
    people = {person.email: person for person in people_of_the_demo()}
    return [Card(people[email], role, hint) for email, role, hint in PERSONAS if email in people]
