"""The charter: written by its resident, signed by its sponsor."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services, unsaved
from ..doors import get_project
from ..forms import CharterForm
from ..gates import Ball
from ..models import Project
from .crumbs import crumbs

PAGE = "capstone/charter.html"


@require_safe
@login_required
def charter_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """The form of the charter, with whatever was typed and not yet saved."""
    project = get_project(request.user, program, uid, "capstone.write_charter")
    if not project.takes_words:
        return redirect(project)
    typed = unsaved.found(request, uid)
    form = CharterForm(project=project, initial=typed or project.charter.draft)
    found = {"returned": bool(typed), "drafted": bool(project.charter.draft)}
    return render(request, PAGE, _page(project, form) | found)


@require_POST
def write_charter(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Save the charter as far as it is written; somebody signed out meanwhile loses nothing."""
    if not request.user.is_authenticated:
        unsaved.keep(request, uid, services.CHARTER_FIELDS)
        return redirect_to_login(reverse("capstone:charter", args=[program, uid]))
    project = get_project(request.user, program, uid, "capstone.write_charter")
    form = CharterForm(request.POST, project=project)
    if not form.is_valid():
        return render(request, PAGE, _page(project, form), status=REFUSED)
    try:
        services.write_charter(project, by=request.user, at=now(), **form.written)
    except services.Conflict as conflict:
        return _both_versions(request, project, form, conflict)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(project)
    unsaved.forget(request, uid)
    messages.success(request, f"Saved. {reads.standing_of_project(project, Ball.YOU).sentence}")
    return redirect(project)


@require_POST
@login_required
def keep_draft(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Keep by itself what is being written; says when, or why not."""
    project = get_project(request.user, program, uid, "capstone.keep_draft")
    form = CharterForm(request.POST, project=project)
    form.full_clean()
    at, version = now(), form.cleaned_data.get("version", 0)
    try:
        services.keep_draft(project, at=at, fields=form.kept, version=version)
    except DomainError as error:
        return JsonResponse({"error": str(error)}, status=409)
    clock = at.astimezone(ZoneInfo(project.program.zone))
    return JsonResponse({"version": version, "saved": f"{clock:%H:%M}"})


@require_POST
@login_required
def drop_draft(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let go of what was typed and not saved."""
    project = get_project(request.user, program, uid, "capstone.drop_draft")
    services.drop_draft(project)
    unsaved.forget(request, uid)
    messages.success(request, "This is the charter as it was saved last.")
    return redirect("capstone:charter", program, uid)


@require_POST
@login_required
def sign_charter(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Sign the charter in the version that the sponsor read."""
    project = get_project(request.user, program, uid, "capstone.sign_charter")
    read = request.POST.get("version", "")
    version = int(read) if read.isdecimal() and len(read) < 10 else 0
    try:
        services.sign_charter(project, by=request.user, at=now(), version=version)
        name = project.resident.person.given_name
        messages.success(request, f"Signed. {name} can go and see the current state now.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(project)


def _page(project: Project, form: CharterForm) -> dict[str, Any]:
    readers = reads.readers_of(project.resident)
    form.read_by(readers)
    return {
        "project": project,
        "program": project.program,
        "form": form,
        "readers": readers,
        "standing": reads.standing_of_project(project, Ball.YOU),
        "crumbs": crumbs(project, "Charter"),
    }


def _both_versions(
    request: SignedInRequest, project: Project, form: CharterForm, conflict: services.Conflict
) -> HttpResponse:
    """Show the typed words in the form and the saved ones beside them; saving again decides."""
    theirs = conflict.theirs
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    shown = CharterForm(data, project=project)
    context = {"conflict": conflict, "differences": form.differences(theirs)}
    return render(request, PAGE, _page(project, shown) | context, status=409)
