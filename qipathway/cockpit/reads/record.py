"""The record of a resident: where they stand, and everything that happened, once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.urls import reverse

import capstone.reads
import curriculum.reads
from capstone.reads import CapstoneCard
from capstone.story import QUIET
from curriculum.models import Course
from curriculum.reads import Cell, ClassProgress, Contributions, SbpProgress
from curriculum.wording import cell_words
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date, short_day
from qipathway.core.timeline.models import Event
from qipathway.story import Line, tell
from residents.models import Resident
from residents.reads import coaches_of, membership_of, schedule_of, sponsors_of

from ..plan import Plan
from ..words import leave_words, year_name
from .documents import Document, documents_of
from .plan import plan_for

STORY_PAGE, STORY_READ = 15, 120
"""Lines on a page of the story, and how many events are read to make them."""
LONGEST_KEY = 18
"""Digits of the largest key that the database can hold."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of the record: its sign, and where the resident stands with it in words."""

    course: Course
    cell: Cell

    @property
    def words(self) -> str:
        return cell_words(self.cell)

    @property
    def date_text(self) -> str:
        return short_day(self.cell.booked_for) if self.cell.booked_for else ""


@dataclass(frozen=True, slots=True)
class Story:
    """A page of what happened, the newest first."""

    lines: list[Line]
    older_url: str
    newer_url: str


@dataclass(frozen=True, slots=True)
class Record:
    """A resident as one viewer may see them; ``story`` is none for who may not read it."""

    resident: Resident
    lead: str
    progress: ClassProgress
    classes: tuple[ClassRow, ...]
    people: tuple[dict[str, str], ...]
    completions_url: str
    roster_url: str
    leave_url: str
    credits_url: str
    plan: Plan | None
    sbp: SbpProgress
    sbp_url: str
    given: Contributions
    given_url: str
    documents: tuple[Document, ...]
    project: CapstoneCard | None
    project_url: str
    story: Story | None
    is_own: bool

    @property
    def sbp_note(self) -> str:
        return self.sbp.words

    @property
    def standing_title(self) -> str:
        return "Where you stand" if self.is_own else "Where they stand"

    @property
    def readers(self) -> str:
        """Who reads what stands here for everybody who may open the record."""
        return f"{self._pair} and everybody who oversees the program can read this."

    @property
    def story_readers(self) -> str:
        return f"{self._pair}, the KPO lead and the program office can read this."

    @property
    def _pair(self) -> str:
        name = self.resident.person.given_name
        return "You, your coach" if self.is_own else f"{name}, their coach"

    @property
    def class_note(self) -> str:
        settled = self.progress.settled
        done = f"{self.progress.complete} of {self.progress.required} complete"
        return f"{done}, {settled} credited or waived" if settled else done


def record_for(viewer: User, resident: Resident, today: date, *, before: str = "") -> Record:
    """Read the record of ``resident`` as ``viewer`` may see it.

    ``before`` is the id of the event from which the story goes on, as an address names it.
    """
    progress = curriculum.reads.class_progress(resident, today)
    sbp = curriculum.reads.sbp_progress(resident, today)
    project = capstone.reads.card_for(resident, today)
    work = project.project if project else None
    opens = project and viewer.has_perm("capstone.view_project", resident)
    logs = viewer.has_perm("curriculum.view_activity", resident)
    elsewhere = viewer.has_perm("curriculum.view_completion", resident)
    leaves = viewer.has_perm("residents.view_leave", resident)
    settles = viewer.has_perm("residents.view_settlement", resident)
    uids = [resident.program.slug, resident.uid]
    tells = viewer.has_perm("residents.view_timeline", resident)
    plan = plan_for(resident, today, classes=progress, sbp=sbp, project=work)
    return Record(
        resident=resident,
        lead=_lead(resident, today),
        progress=progress,
        classes=tuple(_classes(resident, progress)),
        people=_people(resident),
        completions_url=reverse("curriculum:completions", args=uids) if elsewhere else "",
        roster_url=_roster_url(viewer, resident),
        leave_url=reverse("residents:leave", args=uids) if leaves else "",
        credits_url=reverse("residents:credits", args=uids) if settles else "",
        plan=plan,
        sbp=sbp,
        sbp_url=reverse("curriculum:activities", args=uids) if logs else "",
        given=plan.known.given if plan else curriculum.reads.contributions_of(resident, None),
        given_url=reverse("curriculum:contributions", args=uids),
        documents=documents_of(viewer, resident),
        project=project,
        project_url=project.project.get_absolute_url() if project and opens else "",
        story=_story(resident, before) if tells else None,
        is_own=resident.person_id == viewer.pk,
    )


def _roster_url(viewer: User, resident: Resident) -> str:
    """Return the way to what the public roster says, for the resident alone."""
    if not viewer.has_perm("residents.view_roster_consent", resident):
        return ""
    return reverse("residents:roster-consent", args=[resident.program.slug])


def _lead(resident: Resident, day: date) -> str:
    return (
        f"{year_name(resident.pgy(day))} · {resident.get_track_display()} · {_where(resident, day)}"
    )


def _where(resident: Resident, day: date) -> str:
    if away := resident.away_on(day):
        return leave_words(away, seen=day)
    here = schedule_of(resident, day, day).stay_on(day)
    return f"on {here.name} until {short_day(here.end)}" if here else "between blocks"


def _people(resident: Resident) -> tuple[dict[str, str], ...]:
    coach = coaches_of([resident.pk]).get(resident.pk)
    sponsor = sponsors_of([resident.pk]).get(resident.pk)
    membership = membership_of(resident)
    rows = (
        ("Coach", coach.name if coach else "Nobody yet"),
        ("Sponsor", sponsor.name if sponsor else "Nobody yet"),
        ("Cohort", membership.cohort.name if membership else "Not on the pathway"),
        ("Career interest", resident.get_career_interest_display()),
    )
    return tuple({"label": label, "value": value} for label, value in rows)


def _classes(resident: Resident, progress: ClassProgress) -> Iterable[ClassRow]:
    for course in curriculum.reads.required_courses(resident.program):
        yield ClassRow(course, progress.cells.get(course.pk, curriculum.reads.EMPTY))


def _story(resident: Resident, before: str) -> Story:
    events = Event.objects.about(resident.person).filter(scope_id=resident.program_id)
    if before.isdecimal() and len(before) <= LONGEST_KEY:
        events = events.filter(pk__lt=int(before))
    zone = resident.program.zone
    rows = list(events.for_story().order_by("-pk")[:STORY_READ])
    runs = [list(run) for _, run in groupby(rows, key=lambda event: _run(event, zone))]
    shown = runs[:STORY_PAGE]
    more = len(runs) > STORY_PAGE or len(rows) == STORY_READ
    url = reverse("cockpit:record", args=[resident.program.slug, resident.uid])
    told = tell([run[0] for run in shown], zone=zone)
    return Story(
        lines=[_told(line, len(run)) for line, run in zip(told, shown, strict=True)],
        older_url=f"{url}?before={shown[-1][-1].pk}" if more else "",
        newer_url=url if before else "",
    )


def _run(event: Event, zone: str) -> tuple[object, ...]:
    """Return what events share that are told in one line: points that one hand wrote in a day."""
    if event.action in QUIET:
        return (event.action, event.actor_id, local_date(event.at, zone))
    return (event.pk,)


def _told(line: Line, count: int) -> Line:
    return line if count == 1 else replace(line, text=f"{line.text} And {count - 1} more that day.")
