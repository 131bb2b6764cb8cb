"""One cohort with its members, and the year that comes."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qipathway.core.clock.services import today
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_cohort, get_program
from residents.states import MemberDeed

from ..reads.cohorts import cohort_page, roll_over
from ..reads.members import last_changes


@require_safe
@login_required
def cohort(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show the members of an intake, where each stands, and who has left or completed."""
    found = get_cohort(request.user, program, uid, "residents.view_cohorts")
    context = {
        "program": found.program,
        "cohort": found,
        "page": cohort_page(found, today(found.program.zone)),
        "deeds": MemberDeed.choices,
        "changes": last_changes(found.program),
    }
    return render(request, "cockpit/cohort.html", context)


@require_safe
@login_required
def roll_over_page(request: SignedInRequest, program: str) -> HttpResponse:
    """Show who finishes and who enters which year when the next academic year begins."""
    place = get_program(request.user, program, "residents.view_cohorts")
    found = roll_over(place, today(place.zone))
    context = {"program": place, "page": found, "changes": last_changes(place)}
    return render(request, "cockpit/roll_over.html", context)
