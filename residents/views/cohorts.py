"""Intakes: open one, and give eligible residents a place in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import today
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_program
from ..forms import CohortForm, EnrolForm
from ..models import Program
from ..places import candidates


@require_safe
@login_required
def cohort_list(request: SignedInRequest, program: str) -> HttpResponse:
    """Show the intakes, and who of the roster could join one, or why not."""
    place = get_program(request.user, program, "residents.view_cohorts")
    return _show(request, place)


@require_POST
@login_required
def create_cohort(request: SignedInRequest, program: str) -> HttpResponse:
    """Open an intake."""
    place = get_program(request.user, program, "residents.create_cohort")
    form = CohortForm(request.POST, program=place)
    if form.is_valid():
        try:
            made = services.create_cohort(place, by=request.user, **form.cleaned_data)
            messages.success(request, f"{made.name} is open. Enrol its members now.")
            return redirect("residents:cohorts", place.slug)
        except DomainError as error:
            form.add_error("name", str(error))
    return _show(request, place, form=form, status=REFUSED)


@require_POST
@login_required
def enrol(request: SignedInRequest, program: str) -> HttpResponse:
    """Give each resident that was ticked a place; those who cannot have one are named with why."""
    place = get_program(request.user, program, "residents.enrol")
    form = EnrolForm(request.POST, program=place)
    if not form.is_valid():
        return _show(request, place, enrol_form=form, status=REFUSED)
    said, enrolled = form.cleaned_data, 0
    for resident in said["residents"]:
        try:
            services.enrol(resident, cohort=said["cohort"], on=said["on"], by=request.user)
            enrolled += 1
        except DomainError as error:
            messages.error(request, str(error))
    if enrolled:
        people = "1 resident has" if enrolled == 1 else f"{enrolled} residents have"
        messages.success(request, f"{people} a place in {said['cohort']}.")
    return redirect("residents:cohorts", place.slug)


def _show(
    request: SignedInRequest,
    program: Program,
    *,
    form: CohortForm | None = None,
    enrol_form: EnrolForm | None = None,
    status: int = 200,
) -> HttpResponse:
    day = today(program.zone)
    cohorts = reads.cohorts(program)
    everybody = candidates(program, day)
    start = {"on": day, "cohort": cohorts[0].pk if cohorts else None}
    ticked = enrol_form["residents"].value() if enrol_form else []
    context = {
        "program": program,
        "cohorts": cohorts,
        "eligible": [each for each in everybody if not each.reason],
        "others": [each for each in everybody if each.reason],
        "ticked": ticked,
        "may_waive": request.user.has_perm("residents.waive_requirements", program),
        "form": form or CohortForm(program=program, initial={"starts_on": day}),
        "enrol_form": enrol_form or EnrolForm(program=program, initial=start),
    }
    return render(request, "residents/cohorts.html", context, status=status)
