"""While a coach is away: who stands in, for whom, and until when."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_coach, get_program
from residents.holders import caseload
from residents.models import Program, Resident

from .. import services
from ..people_forms import DeputyForm, DismissForm
from ..reads.deputies import stand_ins


@require_safe
@login_required
def own_absence(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead a coach to the page on which they say who stands in."""
    get_program(request.user, program, "mentorship.view_wall")
    return redirect("residents:absence", program, request.user.uid)


@require_safe
@login_required
def absence(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show who stands in for a coach, and the form that names somebody."""
    place, coach = get_coach(request.user, program, uid)
    return _show(request, place, coach)


@require_POST
@login_required
def name_deputy(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let another coach stand in for the residents that were ticked."""
    place, coach = get_coach(request.user, program, uid)
    mentees = _mentees(request, place, coach, "residents.name_deputy")
    form = DeputyForm(request.POST, program=place, coach=coach, residents=mentees)
    if not form.is_valid():
        return _show(request, place, coach, form, status=REFUSED)
    said = form.cleaned_data
    chosen = list(said.pop("residents"))
    try:
        services.name_deputy(chosen, by=request.user, at=now(), **said)
        words = f"{said['person'].name} stands in until {full_day(said['until'])}, and is told."
        messages.success(request, words)
        return redirect("residents:absence", program, uid)
    except DomainError as error:
        form.add_error(None, str(error))
    return _show(request, place, coach, form, status=REFUSED)


@require_POST
@login_required
def dismiss_deputy(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """End a deputy's time from now on."""
    place, coach = get_coach(request.user, program, uid)
    mentees = _mentees(request, place, coach, "residents.dismiss_deputy")
    form = DismissForm(request.POST, residents=mentees)
    if not form.is_valid():
        messages.error(request, "They stand in no more.")
        return _show(request, place, coach, status=REFUSED)
    person = form.cleaned_data["person"]
    try:
        services.dismiss_deputy(mentees, person=person, by=request.user, at=now())
        messages.success(request, f"{person.name} stands in no more.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:absence", program, uid)


def _mentees(
    request: SignedInRequest, program: Program, coach: User, action: str
) -> list[Resident]:
    """Return whom the coach coaches; every one of them must be the viewer's to hand on."""
    mentees = caseload(program, coach)
    if not all(request.user.has_perm(action, each) for each in mentees):
        raise PermissionDenied
    return mentees


def _show(
    request: SignedInRequest,
    program: Program,
    coach: User,
    form: DeputyForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    mentees = _mentees(request, program, coach, "residents.name_deputy")
    day = today(program.zone)
    blank = DeputyForm(program=program, coach=coach, residents=mentees, initial={"since": day})
    context = {
        "program": program,
        "coach": coach,
        "is_own": coach == request.user,
        "mentees": mentees,
        "deputies": stand_ins(mentees, day),
        "form": form or blank,
    }
    return render(request, "cockpit/absence.html", context, status=status)
