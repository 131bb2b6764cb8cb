"""Stand-ups: announce one, and log with one tap that one was there."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_own_residency, get_program
from residents.models import Program
from residents.reads import residency_of

from .. import reads, services
from ..doors import get_stand_up
from ..forms import StandUpForm
from ..models import StandUp

SHOWN = 20


@require_safe
@login_required
def stand_up_list(request: SignedInRequest, program: str) -> HttpResponse:
    """Show the stand-ups to come and those held, page by page."""
    place = get_program(request.user, program)
    return render(request, PAGE, list_context(request, place))


@require_POST
@login_required
def schedule_stand_up(request: SignedInRequest, program: str) -> HttpResponse:
    """Announce a stand-up; the residents on SBP that day are reminded."""
    place = get_program(request.user, program, "curriculum.schedule_stand_up")
    form = StandUpForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, list_context(request, place, form), status=REFUSED)
    try:
        services.schedule_stand_up(place, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, "Announced. Residents on SBP that day are reminded.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("curriculum:stand-ups", program)


@require_POST
@login_required
def attend_stand_up(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Log that one was there."""
    stand_up = get_stand_up(request.user, program, uid, "curriculum.view_stand_up")
    resident = get_own_residency(request.user, program, "curriculum.attend_stand_up")
    try:
        there = services.attend_stand_up(stand_up, resident=resident, by=request.user, at=now())
        undo = reverse("curriculum:activity-withdraw", args=[program, there.uid])
        words = f"Logged: stand-up at {stand_up.place}."
        messages.success(request, words, extra_tags=f"undo:{undo}")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("curriculum:stand-ups", program)


PAGE = "curriculum/stand_up_list.html"


def list_context(
    request: SignedInRequest, program: Program, form: StandUpForm | None = None
) -> dict[str, object]:
    """Gather what the list of stand-ups shows to this viewer."""
    at, asked = now(), request.GET
    own = residency_of(request.user, program)
    until = min(_instant(asked.get("until"), at), at)
    since = max(_instant(asked.get("since"), at), at)
    past = reads.held_stand_ups(program, until=until, resident=own, limit=SHOWN + 1)
    coming = reads.stand_ups(program, since=since, resident=own, limit=SHOWN + 1)
    may_schedule = request.user.has_perm("curriculum.schedule_stand_up", program)
    return {
        "program": program,
        "past": past[:SHOWN],
        "earlier_url": _from("until", past),
        "coming": coming[:SHOWN],
        "later_url": _from("since", coming),
        "is_resident": own is not None,
        "form": (form or StandUpForm()) if may_schedule else None,
    }


def _from(name: str, rows: list[StandUp]) -> str:
    """Return the address of the next page: it begins with the first one that was not shown."""
    return f"?{name}={rows[SHOWN].starts_at:%Y-%m-%dT%H:%M:%SZ}" if len(rows) > SHOWN else ""


def _instant(asked: str | None, otherwise: datetime) -> datetime:
    """Read an instant of an address; what is none is passed over."""
    with suppress(ValueError):
        return datetime.strptime(asked or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return otherwise
