"""The self-screen of a project."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_project
from ..forms import ScreenForm
from ..models import Project, Screen
from ..states import ScreenResult
from .crumbs import crumbs

PAGE = "capstone/screen.html"


@require_safe
@login_required
def screen_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """The six questions, and once they ask for it, what the IRB decided."""
    project = get_project(request.user, program, uid, "capstone.screen_project")
    if not project.takes_words:
        return redirect(project)
    form = ScreenForm(screen=project.screen, today=today(project.program.zone))
    return _page(request, project, form)


@require_POST
@login_required
def screen_project(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Save the answers, and say what they add up to."""
    project = get_project(request.user, program, uid, "capstone.screen_project")
    at = now()
    day = local_date(at, project.program.zone)
    form = ScreenForm(request.POST, screen=project.screen, today=day)
    if not form.is_valid():
        return _page(request, project, form, status=REFUSED)
    try:
        screen = services.screen_project(
            project, by=request.user, at=at, answers=form.answers, **form.irb
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(project)
    messages.success(request, _words(screen))
    stays = screen.asks_irb and not screen.irb_outcome
    return redirect("capstone:screen", program, uid) if stays else redirect(project)


def _words(screen: Screen) -> str:
    if screen.asks_irb and screen.irb_outcome:
        return "Saved, with what the IRB decided."
    return {
        ScreenResult.OPEN: "Saved. The record is made once all six questions are answered.",
        ScreenResult.IMPROVEMENT: "Recorded: this is quality improvement.",
        ScreenResult.ASK_IRB: "Saved. These answers leave the decision to the IRB; ask it first.",
    }[screen.result]


def _page(
    request: SignedInRequest, project: Project, form: ScreenForm, status: int = 200
) -> HttpResponse:
    context = {
        "project": project,
        "program": project.program,
        "form": form,
        "readers": reads.readers_of(project.resident),
        "crumbs": crumbs(project, "Self-screen"),
    }
    return render(request, PAGE, context, status=status)
