"""One's own capstone before and after it opens, and the page of a project."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import today
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_own_residency
from residents.models import Resident

from .. import reads, services
from ..doors import get_project, viewer_of
from ..forms import IdeaForm, ProcessForm
from ..models import Project
from ..states import Stage
from ..story import story_of

PAGE = "capstone/project.html"
BUTTONS = {"capstone:charter": "Write the charter", "capstone:screen": "Answer the questions"}


@require_safe
@login_required
def own_page(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead a resident to their capstone, or show when it opens and the one action that opens it."""
    resident = get_own_residency(request.user, program)
    project = reads.project_of(resident)
    return redirect(project) if project else _opening(request, resident, IdeaForm())


@require_safe
@login_required
def project_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Where one project stands, what it still needs, and from whom."""
    project = get_project(request.user, program, uid, "capstone.view_project")
    return render(request, PAGE, _page(request, project, ProcessForm()))


@require_POST
@login_required
def open_project(request: SignedInRequest, program: str) -> HttpResponse:
    """Open the viewer's own capstone."""
    resident = get_own_residency(request.user, program, "capstone.open_project")
    form = IdeaForm(request.POST)
    if not form.is_valid():
        return _opening(request, resident, form, status=REFUSED)
    day = today(resident.program.zone)
    try:
        project = services.open_project(resident, by=request.user, today=day, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("capstone:own", program)
    messages.success(request, "Your capstone is open. The first thing is to choose one process.")
    return redirect(project)


@require_POST
@login_required
def choose_process(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Choose the process; the charter starts from it."""
    project = get_project(request.user, program, uid, "capstone.choose_process")
    form = ProcessForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _page(request, project, form), status=REFUSED)
    day = today(project.program.zone)
    try:
        services.choose_process(project, by=request.user, today=day, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(project)
    messages.success(request, "The process is chosen. Now say where it starts and where it ends.")
    return redirect("capstone:charter", program, uid)


def _opening(
    request: SignedInRequest, resident: Resident, form: IdeaForm, status: int = 200
) -> HttpResponse:
    opening = reads.opening_for(resident, today(resident.program.zone))
    context = {"program": resident.program, "opening": opening, "form": form}
    return render(request, "capstone/own.html", context, status=status)


def _page(request: SignedInRequest, project: Project, form: ProcessForm) -> dict[str, Any]:
    """Gather what the page of a project shows to this viewer."""
    user, day = request.user, today(project.program.zone)
    page = reads.page_of(project, viewer_of(user, project), day)
    is_waiting, prior = page.standing.waits_for_signature, reads.prior_work_of(project)
    return {
        "project": project,
        "program": project.program,
        "page": page,
        "story": story_of(project, day),
        "form": form,
        "may_choose": project.state == Stage.IDEA
        and user.has_perm("capstone.choose_process", project),
        "may_write": project.takes_words and user.has_perm("capstone.write_charter", project),
        "prior": prior,
        "may_enter": prior is None
        and project.state != Stage.CLOSED
        and user.has_perm("capstone.enter_at_stage", project),
        "may_withdraw": prior is not None
        and prior.stage == project.state
        and user.has_perm("capstone.withdraw_entry", project),
        "may_measure": not project.is_sealed and user.has_perm("capstone.add_measure", project),
        "may_sign": is_waiting and user.has_perm("capstone.sign_charter", project),
        "doing": _doing(project, page.standing),
    }


def _doing(project: Project, standing: reads.Standing) -> dict[str, Any] | None:
    """Return the viewer's next thing as a button, where there is a page to do it on."""
    todo = standing.next
    if todo is None or not standing.is_mine or todo.page not in BUTTONS:
        return None
    url = reverse(todo.page, args=[project.program.slug, project.uid])
    anchor = f"#{todo.anchor}" if todo.anchor else ""
    return {"line": todo, "url": f"{url}{anchor}", "button": BUTTONS[todo.page]}
