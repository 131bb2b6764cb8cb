"""The record of a resident: where they stand, and everything that happened, once."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

import capstone.reads
import curriculum.reads
from qipathway.core.charts.ring import ring
from qipathway.core.clock.services import today
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.doors import get_own_residency, get_resident
from residents.models import Resident
from residents.reads import coaches_of, membership_of, schedule_of, sponsors_of

from .decisions import year_name
from .rows import cell_words

STORY_PAGE = 30


@require_safe
@login_required
def own_record(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead a resident to their own record."""
    return redirect(get_own_residency(request.user, program))


@require_safe
@login_required
def record_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show where a resident stands, and their story to those who may read it."""
    resident = get_resident(request.user, program, uid, "residents.view_resident")
    day = today(resident.program.zone)
    progress = curriculum.reads.class_progress(resident, day)
    context: dict[str, Any] = {
        "program": resident.program,
        "resident": resident,
        "lead": _lead(resident, day),
        "progress": progress,
        "class_note": f"{progress.complete} of {progress.required} complete",
        "classes": _classes(resident, progress),
        "ring": ring(progress.complete, progress.required, "Classes complete"),
        "people": _people(resident),
        "project": capstone.reads.card_for(resident, day),
    }
    if request.user.has_perm("capstone.view_project", resident) and context["project"]:
        context["project_url"] = context["project"].project.get_absolute_url()
    if request.user.has_perm("residents.view_timeline", resident):
        context |= _story(request, resident)
    return render(request, "cockpit/record.html", context)


def _lead(resident: Resident, day: date) -> str:
    here = schedule_of(resident, day, day).stay_on(day)
    where = f"on {here.name} until {here.end:%b} {here.end.day}" if here else "between blocks"
    return f"{year_name(resident.pgy(day))} · {resident.get_track_display()} · {where}"


def _people(resident: Resident) -> list[dict[str, str]]:
    coach = coaches_of([resident.pk]).get(resident.pk)
    sponsor = sponsors_of([resident.pk]).get(resident.pk)
    membership = membership_of(resident)
    return [
        {"label": "Coach", "value": coach.name if coach else "Nobody yet"},
        {"label": "Sponsor", "value": sponsor.name if sponsor else "Nobody yet"},
        {
            "label": "Cohort",
            "value": membership.cohort.name if membership else "Not on the pathway",
        },
        {"label": "Career interest", "value": resident.get_career_interest_display()},
    ]


def _classes(
    resident: Resident, progress: curriculum.reads.ClassProgress
) -> list[dict[str, object]]:
    courses = curriculum.reads.required_courses(resident.program)
    cells = ((course, progress.cells.get(course.pk, curriculum.reads.EMPTY)) for course in courses)
    return [
        {
            "course": course,
            "cell": cell,
            "words": cell_words(cell),
            "date_text": f"{cell.booked_for:%b} {cell.booked_for.day}" if cell.booked_for else "",
        }
        for course, cell in cells
    ]


def _story(request: SignedInRequest, resident: Resident) -> dict[str, object]:
    """Return a page of the story, the newest first; ``before`` is the id to go on from."""
    events = Event.objects.about(resident.person).filter(scope_id=resident.program_id)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        events = events.filter(pk__lt=int(before))
    rows = list(events.for_story().order_by("-pk")[: STORY_PAGE + 1])
    more = len(rows) > STORY_PAGE
    url = reverse("cockpit:record", args=[resident.program.slug, resident.uid])
    return {
        "story": tell(rows[:STORY_PAGE], zone=resident.program.zone),
        "older_url": f"{url}?before={rows[STORY_PAGE - 1].pk}" if more else "",
        "newer_url": url if before else "",
    }
