"""The director's board: every resident a row, who needs a decision on top."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import today
from qipathway.core.lib.conditional import answer_unless_known, etag
from qipathway.core.lib.dates import short_day
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program, get_resident
from residents.models import Program

from .. import services
from ..decisions import board_heading
from ..filters import board_filters, filtered, waiting
from ..reads.board import board_for
from ..reads.first_hour import is_running
from ..reads.version import version_of
from ..rows import board_matrix


@require_safe
@login_required
def board(request: SignedInRequest, program: str) -> HttpResponse:
    """Show where everybody stands, in the order of who needs the viewer most.

    To a browser that holds the page and asks again, 304 until something on it changes; the entry
    "First hour" beside it goes with the first reminder, which is no row of the program's.
    """
    place = get_program(request.user, program, "residents.view_board")
    day = today(place.zone)
    tag = etag(request, request.user.pk, (day, version_of(place), is_running(place)))
    return answer_unless_known(request, tag, lambda: _draw(request, place, day))


def _draw(request: SignedInRequest, place: Program, day: date) -> HttpResponse:
    seen = board_for(request.user, place, day)
    shown = filtered(seen.everybody, request.GET)
    grouped = request.GET.get("order") == "year"
    context = {
        "program": place,
        "shown": shown,
        "nobody": not seen.everybody,
        "waiting": waiting(request, shown),
        **board_heading(seen.everybody, seen.cards, directs=seen.directs),
        **board_matrix(
            shown,
            seen.courses,
            place.slug,
            today=seen.today,
            links=seen.links,
            grouped=grouped,
        ),
        "filters": board_filters(request, seen.everybody),
    }
    return render(request, "cockpit/board.html", context)


@require_POST
@login_required
def snooze(request: SignedInRequest, program: str, uid: UUID, reason: str) -> HttpResponse:
    """Put one decision off for two weeks, for this viewer only."""
    resident = get_resident(request.user, program, uid, "cockpit.snooze")
    day = today(resident.program.zone)
    put_off = services.snooze(resident, by=request.user, today=day, reason=reason)
    undo = reverse("cockpit:unsnooze", args=[program, uid, put_off.reason])
    words = f"Snoozed {resident.person.name} until {short_day(put_off.until)}."
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect("cockpit:board", program)


@require_POST
@login_required
def unsnooze(request: SignedInRequest, program: str, uid: UUID, reason: str) -> HttpResponse:
    """Take a snooze back."""
    resident = get_resident(request.user, program, uid, "cockpit.unsnooze")
    services.unsnooze(resident, by=request.user, reason=reason)
    messages.success(request, f"{resident.person.name} is back among the decisions.")
    return redirect("cockpit:board", program)
