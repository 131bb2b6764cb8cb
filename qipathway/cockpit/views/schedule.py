"""A resident's year: where they are, which half days are protected, and those that are held."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.charts import year_key
from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_hold, get_resident
from residents.models import HalfDayHold, Resident

from .. import services
from ..forms import ClinicForm, HoldForm
from ..reads.schedule import year_asked, year_of
from ..words import due_words, held_message
from ..year_words import SIGNS

PAGE = "cockpit/schedule.html"


@require_safe
@login_required
def schedule_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show a resident's academic year as a picture and as a list."""
    resident = get_resident(request.user, program, uid, "residents.view_resident")
    return _show(request, resident)


@require_POST
@login_required
def hold_half_days(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Keep half days for something else; the message can take it back."""
    resident = get_resident(request.user, program, uid, "residents.hold_half_days")
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            held = services.hold_half_days(resident, by=request.user, **form.said())
            undo = reverse("residents:half-days-release", args=[program, held.together])
            messages.success(request, held_message(held), extra_tags=f"undo:{undo}")
            return redirect("residents:schedule", program, uid)
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, resident, form, status=REFUSED)


@require_POST
@login_required
def set_clinic(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Set a weekly half day of clinic."""
    resident = get_resident(request.user, program, uid, "residents.set_clinic")
    form = ClinicForm(request.POST)
    if form.is_valid():
        try:
            due = services.set_clinic(resident, by=request.user, **form.cleaned_data)
            messages.success(request, f"The clinic pattern is changed. {due_words(due)}".strip())
            return redirect("residents:schedule", program, uid)
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, resident, clinic_form=form, status=REFUSED)


@require_POST
@login_required
def release_half_days(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Release what was held in one go; the message can take it back."""
    hold = get_hold(request.user, program, uid, "residents.release_half_days")
    try:
        services.release_half_days(hold, by=request.user, at=now())
        undo = reverse("residents:half-days-restore", args=[program, uid])
        messages.success(request, "The half days are released.", extra_tags=f"undo:{undo}")
    except DomainError as error:
        messages.error(request, str(error))
    return _back_to(hold)


@require_POST
@login_required
def restore_half_days(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Hold again what was released."""
    hold = get_hold(request.user, program, uid, "residents.restore_half_days")
    try:
        services.restore_half_days(hold, by=request.user)
        messages.success(request, "The half days are held again.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back_to(hold)


def _back_to(hold: HalfDayHold) -> HttpResponse:
    resident = hold.resident
    return redirect("residents:schedule", resident.program.slug, resident.uid)


def _show(
    request: SignedInRequest,
    resident: Resident,
    form: HoldForm | None = None,
    *,
    clinic_form: ClinicForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = now()
    own = resident.person_id == request.user.pk
    asked = year_asked(resident, request.GET.get("year", ""), at)
    year = year_of(resident, asked, at, to_themself=own)
    context = {
        "program": resident.program,
        "resident": resident,
        "year": year,
        "key": year_key(SIGNS),
        "own": own,
        "clinic_form": clinic_form or ClinicForm(),
        "may_hold": request.user.has_perm("residents.hold_half_days", resident),
        "form": form or HoldForm(initial={"first": year.free.day if year.free else None}),
    }
    return render(request, PAGE, context, status=status)
