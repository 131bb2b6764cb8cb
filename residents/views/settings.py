"""How a program wants to be run: its words, its zone, and the counts of its pathway."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_program
from ..forms import CountsForm, ProgramForm
from ..models import PathwayVersion, Program


@require_safe
@login_required
def program_settings(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a director what holds in their program."""
    place = get_program(request.user, program, "residents.save_program")
    version = reads.newest_version(place)
    return _show(request, place, version, ProgramForm(instance=place), _counts_form(version))


@require_POST
@login_required
def save_program(request: SignedInRequest, program: str) -> HttpResponse:
    """Keep what was set."""
    place = get_program(request.user, program, "residents.save_program")
    version = reads.newest_version(place)
    form = ProgramForm(request.POST, instance=place)
    counts = _counts_form(version, request.POST)
    if form.is_valid() and (counts is None or counts.is_valid()):
        said = counts.cleaned_data if counts else {}
        try:
            services.save_program(
                place, by=request.user, at=now(), values=form.cleaned_data, counts=said
            )
            messages.success(request, "Saved.")
            return redirect("residents:settings", place.slug)
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, place, version, form, counts, status=REFUSED)


def _counts_form(version: PathwayVersion | None, data: object = None) -> CountsForm | None:
    """Return the form of the counts while no cohort is held to them."""
    if version is None or version.cohorts.exists():
        return None
    return CountsForm(data, instance=version)


def _show(
    request: SignedInRequest,
    program: Program,
    version: PathwayVersion | None,
    form: ProgramForm,
    counts: CountsForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    rows = CountsForm(instance=version)
    context = {
        "program": program,
        "version": version,
        "form": form,
        "counts": counts,
        "columns": ("What", "How much"),
        "fixed": [(field.label, field.value()) for field in rows] if version else [],
    }
    return render(request, "residents/settings.html", context, status=status)
