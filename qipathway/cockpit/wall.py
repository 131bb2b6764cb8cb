"""The coach's wall: every mentee, who needs them first, and the one thing in the way."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program

from .decisions import WORDS
from .wall_rows import Row, wall_rows


@require_safe
@login_required
def wall(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a coach their mentees: stage, silence, next check-in, open reviews, one blocker."""
    place = get_program(request.user, program, "mentorship.view_wall")
    rows = wall_rows(request.user, place, now())
    context = {
        "program": place,
        "lead": wall_lead(rows),
        "wanting": [row for row in rows if row.needs_coach],
        "moving": [row for row in rows if not row.needs_coach],
    }
    return render(request, "cockpit/wall.html", context)


def wall_lead(rows: Sequence[Row]) -> str:
    """Say how many need the coach, and who comes first."""
    if not rows:
        return "Nobody is assigned to you yet."
    wanting = [row for row in rows if row.needs_coach]
    people = "mentee" if len(rows) == 1 else "mentees"
    if not wanting:
        return f"{_count(len(rows))} {people}, and nobody waits for you."
    first = wanting[0].known.name
    if len(rows) == 1:
        return f"{first} needs you."
    if len(wanting) == len(rows):
        return f"All {_count(len(rows)).lower()} mentees need you. Start with {first}."
    verb = "needs" if len(wanting) == 1 else "need"
    of = f"{_count(len(wanting))} of {_count(len(rows)).lower()}"
    return f"{of} {people} {verb} you. Start with {first}."


def _count(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)
