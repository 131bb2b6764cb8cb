"""Where each role begins, and the search that finds anybody's people, classes and projects."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program
from residents.rules import role_in
from residents.states import Role

from ..reads.search import found
from ..reads.sponsored import sponsored_by, sponsored_lead

BEGIN = {
    Role.DIRECTOR: "cockpit:board",
    Role.COORDINATOR: "cockpit:board",
    Role.CHIEF: "cockpit:board",
    Role.KPO_LEAD: "cockpit:board",
    Role.RESIDENT: "cockpit:today",
    Role.COACH: "cockpit:wall",
    Role.INSTRUCTOR: "curriculum:sessions",
    Role.SPONSOR: "cockpit:sponsored",
    Role.REVIEWER: "selection:ratings",
}
LONGEST = 80


@require_safe
@login_required
def home(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead each role to the page with what they came for."""
    place = get_program(request.user, program)
    role = role_in(request.user, place.pk)
    begin = BEGIN.get(role) if role else None
    if begin:
        return redirect(begin, place.slug)
    return render(request, "cockpit/nothing_yet.html", {"program": place, "role": role})


@require_safe
@login_required
def sponsored(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a sponsor the projects they sponsor, those that wait for them first."""
    place = get_program(request.user, program)
    rows = sponsored_by(request.user, place)
    context = {"program": place, "lead": sponsored_lead(rows), "rows": rows}
    return render(request, "cockpit/sponsored.html", context)


@require_safe
@login_required
def search(request: SignedInRequest, program: str) -> HttpResponse:
    """Find residents, classes and projects that the viewer may see, by any part of a name."""
    place = get_program(request.user, program)
    words = request.GET.get("q", "").strip()[:LONGEST]
    context = {
        "program": place,
        "words": words,
        "search_lead": f"What you may see that holds “{words}”." if words else "",
        "found": found(request.user, place, words),
    }
    return render(request, "cockpit/search.html", context)
