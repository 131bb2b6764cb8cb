"""A resident's home: one next thing, why, and when there is protected time for it."""

from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import capstone.reads
import curriculum.reads
import mentorship.reads
from curriculum.wording import homework_row
from mentorship.models import Commitment
from qipathway.core.charts.ring import ring
from qipathway.core.clock.services import now
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_own_residency
from residents.models import PathwayVersion, Resident
from residents.reads import coaches_of, version_for
from residents.schedule import Schedule

from .nextup import Known, next_protected, next_thing
from .today_words import (
    checks,
    coming_up,
    greeting,
    lead,
    own_schedule,
    ring_note,
    update_label,
)


@require_safe
@login_required
def today(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a resident what is next, what is open, what is coming and what they promised."""
    resident = get_own_residency(request.user, program)
    at = now()
    day = local_date(at, resident.program.zone)
    schedule = own_schedule(resident, day)
    known = _know(resident, schedule, at=at, day=day)
    coach = known.coach
    reviewer = coach.given_name if coach else "your instructor"
    context = {
        "program": resident.program,
        "greeting": greeting(at, resident),
        "lead": lead(known, schedule.stay_on(day), at),
        "next": next_thing(known),
        "known": known,
        "homework": [homework_row(row, day, reviewer) for row in known.homework],
        "coming": coming_up(known),
        "commitments": list(Commitment.objects.open().of([resident.pk]).order_by("due_on")),
        "coach_title": f"You and {coach.given_name}" if coach else "",
        "update_label": update_label(known),
        "ring_note": ring_note(known.progress),
        "ring": ring(known.progress.complete, known.progress.required, "Classes complete"),
        "checks": checks(known),
    }
    return render(request, "cockpit/today.html", context)


def _know(resident: Resident, schedule: Schedule, *, at: datetime, day: date) -> Known:
    """Gather what the page is made from."""
    version = version_for(resident)
    windows = (version or PathwayVersion()).windows
    zone = resident.program.zone
    check_ins = mentorship.reads.for_board(resident.program, day, [resident.pk])
    return Known(
        resident=resident,
        today=day,
        version=version,
        free=next_protected(schedule, at, today=day, windows=windows, zone=zone),
        progress=curriculum.reads.class_progress(resident, day),
        homework=tuple(curriculum.reads.open_homework(resident)),
        bookings=tuple(curriculum.reads.upcoming_bookings(resident, after=at)),
        coach=coaches_of([resident.pk]).get(resident.pk),
        check_ins=check_ins.get(resident.pk, mentorship.reads.NOTHING),
        project=capstone.reads.card_for(resident, day),
        opening=capstone.reads.opening_for(resident, day),
    )
