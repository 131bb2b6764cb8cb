"""The coach's wall: every mentee, who needs them first, and the one thing in the way."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorship.forms import SlotForm
from qipathway.core.clock.services import now
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program
from residents.rules import stands_in

from ..reads.deputies import standing_in_words
from ..reads.wall import Row, wall_rows
from ..wall_needs import wall_lead


@require_safe
@login_required
def wall(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a coach their mentees: stage, silence, next check-in, open reviews, one blocker."""
    place = get_program(request.user, program, "mentorship.view_wall")
    rows = wall_rows(request.user, place, now())
    mentees = [row.known.mentee.resident for row in rows]
    context = {
        "program": place,
        "may_be_away": any(not stands_in.test(request.user, each) for each in mentees),
        "standing_in": standing_in_words(request.user, place),
        "lead": wall_lead([row.known.name for row in rows if row.needs_coach], len(rows)),
        "wanting": [(row, _plan_form(row)) for row in rows if row.needs_coach],
        "moving": [(row, _plan_form(row)) for row in rows if not row.needs_coach],
    }
    return render(request, "cockpit/wall.html", context)


def _plan_form(row: Row) -> SlotForm | None:
    """Return the form that plans a check-in, where none is planned."""
    if row.plan_on is None:
        return None
    key = row.known.mentee.resident.uid
    return SlotForm(initial={"day": row.plan_on}, auto_id=f"plan-{key}-%s")
