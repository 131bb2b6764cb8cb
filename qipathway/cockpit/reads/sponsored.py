"""The projects of a sponsor, those that wait for their hand first."""

from collections.abc import Sequence
from dataclasses import dataclass

from capstone.models import Project
from capstone.reads import standing_of
from qipathway.core.accounts.models import User
from residents.models import Program
from residents.reads import Tied, sponsors_of
from residents.rules import residents_where
from residents.states import Role

from ..words import counted


@dataclass(frozen=True, slots=True)
class Sponsored:
    """One project in a sponsor's list."""

    project: Project
    waits: bool

    @property
    def status(self) -> str:
        return "Waits for your signature" if self.waits else self.project.get_state_display()

    @property
    def tone(self) -> str:
        return "warn" if self.waits else "neutral"


def sponsored_by(viewer: User, program: Program) -> list[Sponsored]:
    """Read the projects that ``viewer`` sponsors; two queries for any number."""
    mine = residents_where(viewer, Role.SPONSOR)
    projects = Project.objects.for_page().filter(program=program, resident__in=mine)
    sponsors = sponsors_of(mine)
    rows = [
        _row(project, sponsors.get(project.resident_id))
        for project in projects.order_by("resident__person__family_name", "pk")
    ]
    return sorted(rows, key=lambda row: not row.waits)


def _row(project: Project, sponsor: Tied | None) -> Sponsored:
    standing = standing_of(project, sponsor, project.resident.person.name)
    return Sponsored(project, standing.waits_for_signature)


def sponsored_lead(rows: Sequence[Sponsored]) -> str:
    """Say how many wait for a signature."""
    waiting = sum(row.waits for row in rows)
    if not waiting:
        return "Nothing waits for your signature. Open a project to see where it stands."
    verb = "charter waits" if waiting == 1 else "charters wait"
    return f"{counted(waiting)} {verb} for your signature."
