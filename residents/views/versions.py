"""One version of the pathway: its counts, and changing them while nobody is held to them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_program, get_version
from ..forms import VersionForm
from ..models import PathwayVersion, Program
from ..versions import counts_of, is_held


@require_safe
@login_required
def new_version(request: SignedInRequest, program: str) -> HttpResponse:
    """Show the form of a new version, filled in from the newest."""
    place = get_program(request.user, program, "residents.create_version")
    newest = reads.newest_version(place) or PathwayVersion()
    return _ask(request, place, VersionForm(instance=newest, initial=BLANK))


@require_POST
@login_required
def create_version(request: SignedInRequest, program: str) -> HttpResponse:
    """Make a version of the pathway."""
    place = get_program(request.user, program, "residents.create_version")
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            made = services.create_version(place, values=form.cleaned_data, by=request.user)
            messages.success(request, f"{made.name} is made. Cohorts can be opened with it.")
            return redirect("residents:settings", program)
        except DomainError as error:
            form.add_error("effective_from", str(error))
    return _ask(request, place, form, status=REFUSED)


@require_safe
@login_required
def version_page(request: SignedInRequest, program: str, since: str) -> HttpResponse:
    """Show a version's counts, as a form while no cohort is held to them."""
    version = get_version(request.user, program, since, "residents.change_version")
    return _show(request, version, VersionForm(instance=version))


@require_POST
@login_required
def change_version(request: SignedInRequest, program: str, since: str) -> HttpResponse:
    """Keep what was changed of a version."""
    version = get_version(request.user, program, since, "residents.change_version")
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            services.change_version(version, values=form.cleaned_data, by=request.user)
            messages.success(request, "The version is changed.")
            return redirect("residents:settings", program)
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, version, form, status=REFUSED)


BLANK: dict[str, Any] = {"name": "", "effective_from": None}
"""What a new version does not take over from the newest."""


def _ask(
    request: SignedInRequest, program: Program, form: VersionForm, status: int = 200
) -> HttpResponse:
    context = {"program": program, "form": form, "version": None}
    return render(request, "residents/version.html", context, status=status)


def _show(
    request: SignedInRequest, version: PathwayVersion, form: VersionForm, status: int = 200
) -> HttpResponse:
    held = is_held(version)
    context = {
        "program": version.program,
        "version": version,
        "form": None if held else form,
        "counts": counts_of(version) if held else (),
    }
    return render(request, "residents/version.html", context, status=status)
