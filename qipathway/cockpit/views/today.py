"""A resident's home: one next thing, why, and when there is protected time for it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qipathway.core.charts.ring import ring
from qipathway.core.clock.services import now
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_own_residency

from ..nextup import next_thing
from ..reads.today import home_of
from ..today_words import words_of


@require_safe
@login_required
def today(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a resident what is next, what is open, what is coming and what they promised."""
    resident = get_own_residency(request.user, program)
    known = home_of(resident, now())
    context = {
        "program": resident.program,
        "known": known,
        "next": next_thing(known),
        "ring": ring(known.progress.complete, known.progress.required, "Classes complete"),
        **words_of(known),
    }
    return render(request, "cockpit/today.html", context)
