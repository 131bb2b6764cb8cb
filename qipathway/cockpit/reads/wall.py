"""The rows of a coach's wall, joined from a few whole reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min
from django.utils.safestring import SafeString

import capstone.reads
import curriculum.reads
import mentorship.reads
from capstone.reads import CapstoneFacts
from capstone.states import STAGES
from curriculum.models import Homework
from curriculum.reads import ClassProgress
from mentorship.picks import fitting_day
from mentorship.reads import Mentee
from qipathway.core.accounts.models import User
from qipathway.core.charts.stages import stage_bar
from qipathway.core.lib.dates import DAY, clock_days, local_date, short_day, week_day
from qipathway.core.lib.words import plural
from qipathway.core.timeline.models import Event
from residents.models import Program

from ..standing import judge
from ..wall_needs import NEEDS_FROM, Known, Need, Waiting, needs
from ..words import year_name

SOON = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One mentee on the wall: the blocker in words, and what a coach asks first.

    ``plan_on`` is a day that fits the rotation, while no check-in is planned.
    """

    known: Known
    need: Need | None
    sub: str
    stage_bar: SafeString
    evidence: tuple[dict[str, str], ...]
    plan_on: date | None

    @property
    def weight(self) -> int:
        return self.need.weight if self.need else 0

    @property
    def needs_coach(self) -> bool:
        return self.weight >= NEEDS_FROM


def wall_rows(viewer: User, program: Program, at: datetime) -> list[Row]:
    """Read a coach's mentees, who needs them first on top; the same queries for any number."""
    today = local_date(at, program.zone)
    found = mentorship.reads.mentees(viewer, program, today)
    if not found:
        return []
    courses = curriculum.reads.required_courses(program)
    classes = curriculum.reads.for_board(program, courses, today)
    unbooked = ClassProgress(required=len(courses))
    projects = capstone.reads.for_board(program, today)
    people = {mentee.resident.person_id: mentee for mentee in found}
    heard = last_heard(program, people)
    waiting = waiting_for(viewer, [mentee.resident.pk for mentee in found], program, today)
    rows = [
        _row(
            mentee,
            at=at,
            classes=classes.get(mentee.resident.pk, unbooked),
            project=projects.get(mentee.resident.pk),
            heard=heard.get(mentee.resident.person_id),
            waiting=waiting.get(mentee.resident.pk, Waiting()),
        )
        for mentee in found
    ]
    return sorted(rows, key=lambda row: (-row.weight, -row.known.mentee.gap))


def last_heard(program: Program, people: Collection[int]) -> dict[int, datetime]:
    """Read when something was last recorded about each person; one query."""
    events = Event.objects.filter(scope_id=program.pk, about__in=list(people))
    return dict(events.values_list("about").annotate(last=Max("at")))


def waiting_for(
    viewer: User, residents: Collection[int], program: Program, today: date
) -> dict[int, Waiting]:
    """Read how much of each resident's homework waits for the viewer, and how long; one query."""
    waiting = Homework.objects.for_review_by(viewer).filter(resident__in=list(residents))
    rows = (
        waiting.order_by()
        .values_list("resident")
        .annotate(count=Count("pk"), since=Min("submitted_at"))
    )
    return {
        resident: Waiting(count, (today - local_date(since, program.zone)).days)
        for resident, count, since in rows
    }


def _row(
    mentee: Mentee,
    *,
    at: datetime,
    classes: ClassProgress,
    project: CapstoneFacts | None,
    heard: datetime | None,
    waiting: Waiting,
) -> Row:
    program, facts = mentee.resident.program, mentee.facts
    today = local_date(at, program.zone)
    standing = judge(
        mentee.membership,
        today=today,
        classes=classes,
        check_ins=facts,
        project=project,
        coach=None,
        schedule=mentee.schedule,
    )
    recorded = local_date(heard, program.zone) if heard else mentee.membership.joined_on
    since = max(recorded, facts.last_held or recorded)
    silence = clock_days(since, today, mentee.schedule.pauses())
    known = Known(mentee, standing, waiting, silence, today, _is_over(mentee, today))
    found = needs(known)
    return Row(
        known=known,
        need=found[0] if found else None,
        sub=_sub(known, project),
        stage_bar=stage_bar(_stage(project), len(STAGES)),
        evidence=_evidence(known),
        plan_on=None if facts.next_uid else fitting_day(mentee.schedule, today + SOON * DAY),
    )


def _is_over(mentee: Mentee, today: date) -> bool:
    """Tell whether the planned day has passed; on the day itself the two may still meet."""
    return mentee.facts.next_on is not None and mentee.facts.next_on < today


def _sub(known: Known, project: CapstoneFacts | None) -> str:
    stage = project.label if project and project.number is not None else "no project yet"
    return f"{year_name(known.standing.pgy)} · {stage}"


def _stage(project: CapstoneFacts | None) -> int:
    return project.reached if project else -1


def _evidence(known: Known) -> tuple[dict[str, str], ...]:
    """Return what a coach asks first: silence, the next check-in, what is open."""
    facts, waiting = known.mentee.facts, known.waiting.count
    silent = (
        f"Silent for {plural(known.silence, 'day')}"
        if known.silence
        else "Something happened today"
    )
    planned = f"Next check-in {week_day(facts.next_on)}" if facts.next_on else ""
    clock = f", {facts.next_clock:%H:%M}" if facts.next_clock else ""
    held = f"Last check-in {short_day(facts.last_held)}" if facts.last_held else "Not met yet"
    homework = f"{waiting} to review" if waiting else "Nothing to review"
    classes = known.standing.classes
    return (
        {"icon": "activity", "text": silent},
        {"icon": "calendar", "text": f"{planned}{clock}" if planned else f"{held}, none planned"},
        {"icon": "inbox", "text": f"{homework} · {classes.complete} of {classes.required} classes"},
    )
