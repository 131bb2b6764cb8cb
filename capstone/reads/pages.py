"""What the pages of a capstone show: its card, its stages, its people."""

from dataclasses import dataclass
from datetime import date

from qipathway.core.lib.dates import local_date, short_day
from residents.models import Resident
from residents.reads import Tied, coaches_of, sponsors_of

from ..gates import Ball, capital, listed
from ..models import PriorWork, Project, StageEntry
from ..remeasures import Remeasure
from ..states import STAGES, Stage, number
from .measures import MeasureRow, measures_of
from .openings import opening_for
from .standing import Line, Standing, standing_of


@dataclass(frozen=True, slots=True)
class Step:
    """One stage in the row of nine: done, now or todo."""

    name: str
    state: str
    note: str = ""
    is_prior: bool = False


@dataclass(frozen=True, slots=True)
class CapstoneCard:
    """A project on the resident's home page and in a check-in."""

    project: Project
    title: str
    stage: str
    days_in_stage: int
    steps: tuple[Step, ...]
    sponsor: str
    sentence: str
    next: Line | None
    is_late: bool
    remeasure: Remeasure | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """What the page of a project shows beside the project itself."""

    eyebrow: str
    standing: Standing
    waiting: str
    steps: tuple[Step, ...]
    people: tuple[Fact, ...]
    measures: tuple[MeasureRow, ...]


def project_of(resident: Resident) -> Project | None:
    """Read the resident's current project, else the last one closed, with all that a page shows."""
    return Project.objects.for_page().filter(resident=resident).latest_last().last()


def card_for(
    resident: Resident, today: date, *, sponsor: Tied | None = None, viewer: Ball | None = None
) -> CapstoneCard | None:
    """Read the card of a resident's capstone; ``None`` while nothing is open.

    The sponsor is read unless the caller has it; ``viewer`` is whom the words call "you".
    """
    project = project_of(resident)
    if project is None:
        return None
    sponsor = sponsor or sponsors_of([resident.pk]).get(resident.pk)
    standing = standing_of(project, sponsor, project.resident.person.name, viewer)
    due = opening_for(resident, today)
    return CapstoneCard(
        project=project,
        title=str(project),
        stage=standing.stage.label,
        days_in_stage=(today - project.entered_on).days,  # type: ignore[attr-defined]  # annotated
        steps=steps_of(project, today),
        sponsor=sponsor.name if sponsor else "",
        sentence=standing.sentence,
        next=standing.next,
        is_late=bool(due and due.is_late(project.state)),
        remeasure=standing.remeasure,
    )


def page_of(project: Project, viewer: Ball | None, today: date) -> ProjectPage:
    """Read what the page of one project shows beside the project; five queries."""
    key = project.resident_id
    sponsor, coach = sponsors_of([key]).get(key), coaches_of([key]).get(key)
    name = project.resident.person.name
    standing = standing_of(project, sponsor, name, viewer)
    owner = project.charter.process_owner
    people = (
        Fact("Resident", name),
        Fact("Sponsor", sponsor.name if sponsor else "Nobody yet"),
        Fact("Coach", coach.name if coach else "Nobody yet"),
        Fact("Process owner", owner.person.name if owner else "Not chosen"),
    )
    return ProjectPage(
        eyebrow="Capstone" if viewer == Ball.YOU else f"Capstone of {name}",
        standing=standing,
        waiting=_waiting(project, standing),
        steps=steps_of(project, today),
        people=people,
        measures=measures_of(project, project.baseline_needed),  # type: ignore[attr-defined]  # annotated
    )


def _waiting(project: Project, standing: Standing) -> str:
    """Say who has the ball and what for; since when, once a sponsor was asked."""
    ready_at, todo = project.charter.ready_at, standing.next
    if standing.waits_for_signature and ready_at:
        asked_on = short_day(local_date(ready_at, project.program.zone))
        return f"{standing.holder(Ball.SPONSOR)} was asked for a signature on {asked_on}."
    if todo is None or standing.sentence.startswith(todo.text):
        return ""
    return f"Next for {'you' if standing.is_mine else todo.who}: {todo.text}."


def prior_work_of(project: Project) -> PriorWork | None:
    """Read what the project entered with from before this system, if it did; one query."""
    return project.prior_works.standing().select_related("signed_by", "file").first()


def readers_of(resident: Resident) -> str:
    """Say who reads what is written about a resident's capstone; two queries."""
    found = (tied([resident.pk]).get(resident.pk) for tied in (sponsors_of, coaches_of))
    names = [person.name for person in found if person]
    return capital(listed([*names, "the KPO lead", "the program office can read this."]))


def steps_of(project: Project, today: date) -> tuple[Step, ...]:
    """Read the nine stages: when each was left, and since when the current one runs.

    A day of another year is its month and year, for nine of them stand in a row.
    """
    entries = {entry.stage: entry for entry in project.entries.all()}
    now = number(project.state)
    return tuple(_step(stage, now, entries.get(stage), today) for stage in STAGES)


def _step(stage: Stage, now: int, entry: StageEntry | None, today: date) -> Step:
    if number(stage) > now or entry is None:
        return Step(stage.label, "todo" if number(stage) > now else "done")
    if number(stage) == now and stage != Stage.CLOSED:
        since = f"since {_when(entry.entered_on, today)}"
        return Step(stage.label, "now", since, entry.before_system)
    left = _when(entry.left_on or entry.entered_on, today)
    return Step(stage.label, "done", left, entry.before_system)


def _when(day: date, today: date) -> str:
    return short_day(day) if day.year == today.year else f"{day:%b %Y}"
