"""A resident's postgraduate years: what holds, what one set by hand would move, taking it back."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import full_day
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import services
from ..doors import get_resident, get_year
from ..forms import YearForm
from ..models import Resident
from ..reads import years_of
from ..training import Training
from ..wording import turn_facts, year_words


@require_safe
@login_required
def year_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show which years were set by hand, and what the one asked about would move."""
    resident = get_resident(request.user, program, uid, "residents.view_years")
    if "first" not in request.GET:
        day = today(resident.program.zone)
        form = YearForm(initial={"first": day, "pgy": resident.pgy(day)}, resident=resident)
        return _show(request, resident, form)
    form = YearForm(request.GET, resident=resident)
    return _show(request, resident, form, looks=form.is_valid())


@require_POST
@login_required
def record_year(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Set the year from a day on; the message can take it back."""
    resident = get_resident(request.user, program, uid, "residents.record_year")
    form = YearForm(request.POST, resident=resident)
    if form.is_valid():
        try:
            year = services.record_year(resident, by=request.user, **form.cleaned_data)
            undo = reverse("residents:year-withdraw", args=[program, year.uid])
            words = (
                f"{resident.person.given_name} is PGY-{year.pgy} from {full_day(year.first)} on."
            )
            messages.success(request, words, extra_tags=f"undo:{undo}")
            return redirect("residents:years", program, uid)
        except DomainError as error:
            form.add_error("first", str(error))
    return _show(request, resident, form)


@require_POST
@login_required
def withdraw_year(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back a year that was set by mistake."""
    year = get_year(request.user, program, uid, "residents.withdraw_year")
    try:
        services.withdraw_year(year, by=request.user, at=now())
        messages.success(request, "The year is taken back; it follows from the days again.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:years", program, year.resident.uid)


def _show(
    request: SignedInRequest, resident: Resident, form: YearForm, *, looks: bool = False
) -> HttpResponse:
    day, training = today(resident.program.zone), resident.training
    moved = _with(training, form) if looks else training
    context = {
        "program": resident.program,
        "resident": resident,
        "lead": year_words(training, day),
        "years": years_of(resident),
        "form": form,
        "facts": turn_facts(training, moved, day) if looks else (),
        "hidden": form.cleaned_data.items() if looks else (),
    }
    status = REFUSED if form.errors else 200
    return render(request, "residents/years.html", context, status=status)


def _with(training: Training, form: YearForm) -> Training:
    """Return the training as it would be with the year that was asked about."""
    return replace(training, overrides=(*training.overrides, form.turn))
