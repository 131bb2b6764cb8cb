"""Programs, who directs, coaches and sponsors in them, and who is invited to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from qipathway.core.accounts.models import User

from ..models import Invitation, Membership, Program, Resident, RoleGrant
from ..states import Role
from .pathway import current_version

INVITATIONS = 20


@dataclass(frozen=True, slots=True)
class Tied:
    """The person tied to a resident by a role, as a page names them."""

    resident_id: int
    person_id: int
    given_name: str
    name: str

    @property
    def short_name(self) -> str:
        """Return "R. Delacroix", for narrow columns."""
        rest = self.name.removeprefix(self.given_name).strip()
        return f"{self.given_name[:1]}. {rest}" if rest else self.name


@dataclass(frozen=True, slots=True)
class Load:
    """A coach, how many residents they have, and how many are thought to be enough."""

    person: User
    count: int
    limit: int

    @property
    def is_past(self) -> bool:
        """More than enough: a warning, never a wall."""
        return self.count > self.limit

    @property
    def words(self) -> str:
        return f"{self.count} of {self.limit}"


def programs_of(user: User) -> list[Program]:
    """Read the programs in which the user holds any role, by name."""
    return list(Program.objects.visible_to(user).order_by("name"))


def every_program() -> list[Program]:
    """Read all programs by name, for those who run the site."""
    return list(Program.objects.order_by("name"))


def residency_of(user: User, program: Program) -> Resident | None:
    """Read the user's own residency in a program, if they are a resident there."""
    return program.residents.filter(person=user).select_related("person", "program").first()


def directors(program: Program) -> list[RoleGrant]:
    """Read who directs the program today."""
    return list(program.grants.active().of_role(Role.DIRECTOR).select_related("person"))


def last_invitations(program: Program) -> list[Invitation]:
    """Read who was invited to direct the program last, the newest first."""
    sent = program.invitations.filter(role=Role.DIRECTOR).select_related("person")
    return list(sent[:INVITATIONS])


def open_invitation(key: int, email: str) -> Invitation | None:
    """Read an invitation that may still be answered, if it was sent to this address."""
    rows = Invitation.objects.open().select_related("person", "program", "invited_by")
    return rows.filter(pk=key, email=email).first()


def coach_loads(program: Program, today: date) -> list[Load]:
    """Read who coaches in a program, in the pool or somebody already, by name; two queries."""
    counts: dict[User, int] = {}
    here = Membership.objects.running().filter(resident=OuterRef("resident"))
    grants = RoleGrant.objects.active().of_role(Role.COACH).filter(program=program)
    grants = grants.annotate(counts=Exists(here))
    grants = grants.filter(person__is_active=True).select_related("person")
    for grant in grants.order_by("person__family_name", "person__given_name", "person"):
        counts[grant.person] = counts.get(grant.person, 0) + grant.counts
    limit = current_version(program, today).coach_caseload
    return [Load(person, count, limit) for person, count in counts.items()]


def other_ties(program: Program) -> list[RoleGrant]:
    """Read the sponsors and mentors of today with their residents, by the resident's name."""
    ties = RoleGrant.objects.sponsors_and_mentors().filter(program=program)
    return list(
        ties.select_related("person", "resident__person").order_by(
            "resident__person__family_name", "resident__person__given_name", "role", "pk"
        )
    )


@dataclass(frozen=True, slots=True)
class FirstTies:
    """Since when a resident has had a coach and a sponsor, and since when they mentor somebody."""

    coach: date | None = None
    sponsor: date | None = None
    mentee: date | None = None


def first_ties(resident: Resident, today: date) -> FirstTies:
    """Read when a resident was first tied to others, up to today; one query."""
    begun = RoleGrant.objects.filter(program=resident.program_id, since__lte=today)
    own = begun.filter(resident=resident, role__in=(Role.COACH, Role.SPONSOR))
    mentees = begun.filter(person=resident.person_id, role=Role.MENTOR, resident__isnull=False)
    since = dict((own | mentees).order_by("-since").values_list("role", "since"))
    return FirstTies(since.get(Role.COACH), since.get(Role.SPONSOR), since.get(Role.MENTOR))


def coaches_of(residents: Iterable[int]) -> dict[int, Tied]:
    """Read the active coach of each resident; residents without one are absent."""
    return _tied_of(residents, Role.COACH)


def sponsors_of(residents: Iterable[int]) -> dict[int, Tied]:
    """Read the active sponsor of each resident; residents without one are absent."""
    return _tied_of(residents, Role.SPONSOR)


def _tied_of(residents: Iterable[int], role: Role) -> dict[int, Tied]:
    rows = (
        RoleGrant.objects.active()
        .of_role(role)
        .filter(resident__in=list(residents))
        .values_list("resident_id", "person_id", "person__given_name", "person__family_name")
    )
    return {
        resident: Tied(resident, person, given, f"{given} {family}".strip())
        for resident, person, given, family in rows
    }
