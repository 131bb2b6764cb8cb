"""The director's page for a project that began before this system."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.files.views import serve
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_project
from ..forms import EntryForm
from ..models import Project
from ..states import STAGES, Stage, number
from .crumbs import crumbs


@require_safe
@login_required
def entry_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """First the choice of the stage, then a day for each stage passed, and the evidence."""
    project = get_project(request.user, program, uid, "capstone.enter_at_stage")
    stage = _chosen(project, request.GET.get("stage", ""))
    form = EntryForm(project=project, stage=stage) if stage else None
    return _page(request, project, stage, form)


@require_POST
@login_required
def enter_at_stage(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Enter the project at the stage, with the director's signature."""
    project = get_project(request.user, program, uid, "capstone.enter_at_stage")
    stage = _chosen(project, request.POST.get("stage", ""))
    if stage is None:
        messages.error(request, "Choose a stage that the project has not reached here yet.")
        return redirect("capstone:entry", program, uid)
    form = EntryForm(request.POST, request.FILES, project=project, stage=stage)
    if not form.is_valid():
        return _page(request, project, stage, form, status=REFUSED)
    try:
        services.enter_at_stage(project, stage, by=request.user, at=now(), **form.written)
    except DomainError as error:
        form.add_error(None, str(error))
        return _page(request, project, stage, form, status=REFUSED)
    undo = reverse("capstone:entry-withdraw", args=[program, uid])
    words = f"Entered at “{stage.label}”, marked as from before this system."
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect(project)


@require_POST
@login_required
def withdraw_entry(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back what was entered, as long as the project stands there."""
    project = get_project(request.user, program, uid, "capstone.withdraw_entry")
    try:
        project = services.withdraw_entry(project, by=request.user, at=now())
        messages.success(request, f"Taken back; it stands at “{project.get_state_display()}”.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(project)


@require_safe
@login_required
def entry_file(request: SignedInRequest, program: str, uid: UUID) -> HttpResponseBase:
    """Hand out the evidence to those who may see the project."""
    project = get_project(request.user, program, uid, "capstone.view_project")
    prior = reads.prior_work_of(project)
    if prior is None or prior.file is None:
        raise Http404
    return serve(prior.file, request, inline=prior.file.is_picture)


def _chosen(project: Project, name: str) -> Stage | None:
    """Return the stage of that name, if the project has not reached it here."""
    return next((stage for stage in _ahead(project) if stage.value == name), None)


def _ahead(project: Project) -> tuple[Stage, ...]:
    return STAGES[number(project.state) + 1 :]


def _page(
    request: SignedInRequest,
    project: Project,
    stage: Stage | None,
    form: EntryForm | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "project": project,
        "program": project.program,
        "stage": stage,
        "stages": _ahead(project),
        "form": form,
        "crumbs": crumbs(project, "Before this system"),
    }
    return render(request, "capstone/entry.html", context, status=status)
