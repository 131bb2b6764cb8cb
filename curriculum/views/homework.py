"""Homework: the list, the page on which it is written, and its files."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.files.views import serve
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError, can_move
from residents.doors import get_own_residency

from .. import reads, services, wording
from ..doors import get_homework, get_homework_file
from ..forms import HomeworkForm, ReturnForm
from ..models import Homework
from ..services.homework import Overtaken
from ..states import HOMEWORK_MOVES


@require_safe
@login_required
def homework_list(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a resident what is open, what waits for an answer, and what was accepted."""
    resident = get_own_residency(request.user, program)
    day = today(resident.program.zone)
    reviewer = reads.reviewer_name(resident)
    waiting = [wording.homework_row(h, day, reviewer) for h in reads.open_homework(resident)]
    accepted = [wording.homework_row(h, day, reviewer) for h in reads.answered_homework(resident)]
    context = {"program": resident.program, "open": waiting, "accepted": accepted}
    return render(request, "curriculum/homework_list.html", context)


@require_safe
@login_required
def homework_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show one piece of homework: to its writer the form, to its reviewer the answer."""
    homework = get_homework(request.user, program, uid, "curriculum.view_homework")
    return render(request, "curriculum/homework.html", page_context(request, homework))


def page_context(
    request: SignedInRequest, homework: Homework, form: HomeworkForm | None = None
) -> dict[str, object]:
    """Gather what the page of one homework shows to this viewer."""
    homework = reads.homework_page(homework)
    user = request.user
    is_writable = can_move(homework, "submit", HOMEWORK_MOVES) and not homework.is_settled
    is_waiting = can_move(homework, "accept", HOMEWORK_MOVES) and not homework.is_settled
    may_answer = is_waiting and user.has_perm("curriculum.accept_homework", homework)
    reviewers = reads.reviewers_of(homework)
    day = today(homework.program.zone)
    own = user.has_perm("curriculum.save_homework", homework)
    return {
        "program": homework.program,
        "homework": homework,
        "state": wording.homework_status(homework, day, wording.first_reader(reviewers), own=own),
        "readers": wording.readers(reviewers),
        "form": (form or HomeworkForm(instance=homework)) if is_writable and own else None,
        "return_form": ReturnForm() if may_answer else None,
    }


@require_POST
@login_required
def save_homework(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Keep the draft, by the button or by itself; hand it in too when that button was pressed."""
    homework = get_homework(request.user, program, uid, "curriculum.save_homework")
    form = HomeworkForm(request.POST, request.FILES, instance=homework)
    if not form.is_valid():
        return render(request, PAGE, page_context(request, homework, form), status=REFUSED)
    at = now()
    try:
        saved = services.save_homework(homework, by=request.user, at=at, **form.saved())
        if "submit" in request.POST:
            services.submit_homework(saved, by=request.user, at=at)
    except DomainError as error:
        return _refused(request, homework, error, form)
    if _is_autosave(request):
        clock = at.astimezone(ZoneInfo(saved.program.zone))
        return JsonResponse({"version": saved.version, "saved": f"{clock:%H:%M}"})
    messages.success(request, "Handed in." if "submit" in request.POST else "Draft saved.")
    return redirect(saved)


@require_POST
@login_required
def submit_homework(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Hand in the draft as it was saved."""
    homework = get_homework(request.user, program, uid, "curriculum.submit_homework")
    try:
        services.submit_homework(homework, by=request.user, at=now())
        messages.success(request, "Handed in.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(homework)


@require_safe
@login_required
def homework_file(
    request: SignedInRequest, program: str, uid: UUID, file: UUID
) -> HttpResponseBase:
    """Hand out one file of a piece of homework to those who may see the homework."""
    kept = get_homework_file(request.user, program, uid, file)
    return serve(kept, request, inline=kept.is_picture)


PAGE = "curriculum/homework.html"


def _is_autosave(request: SignedInRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _refused(
    request: SignedInRequest, homework: Homework, error: DomainError, form: HomeworkForm
) -> HttpResponse:
    """Say why nothing was saved, and show what was typed beside what is kept where they differ."""
    if _is_autosave(request):
        return JsonResponse({"error": str(error)}, status=409)
    if isinstance(error, Overtaken):
        context = page_context(request, error.current) | {"typed": form.cleaned_data}
        return render(request, PAGE, context, status=409)
    messages.error(request, str(error))
    return redirect(homework)
