"""The review queue: the work shown in place, and an answer at one press."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_program

from .. import reads, services
from ..doors import get_homework
from ..forms import AcceptForm, ReturnForm
from ..models import Homework
from .homework import PAGE, page_context

QUEUE_PAGE = 20


@require_safe
@login_required
def review_queue(request: SignedInRequest, program: str) -> HttpResponse:
    """Show what waits for this person's answer, longest wait first, with the work in place."""
    place = get_program(request.user, program)
    queue = reads.review_queue(place, request.user, limit=QUEUE_PAGE + 1)
    lead = "Nothing is waiting." if not queue else "The longest wait comes first."
    context = {
        "program": place,
        "lead": lead,
        "queue": queue[:QUEUE_PAGE],
        "has_more": len(queue) > QUEUE_PAGE,
        "return_form": ReturnForm(auto_id=False),
    }
    return render(request, "curriculum/review_queue.html", context)


@require_POST
@login_required
def accept_homework(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Accept; a comment is welcome and not needed."""
    homework = get_homework(request.user, program, uid, "curriculum.accept_homework")
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _again(request, homework, form)
    try:
        services.accept_homework(homework, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, f"Accepted. {homework.resident.person.given_name} is told.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, homework)


@require_POST
@login_required
def return_homework(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Return with what is missing."""
    homework = get_homework(request.user, program, uid, "curriculum.return_homework")
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _again(request, homework, form)
    try:
        services.return_homework(homework, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, f"Returned. {homework.resident.person.given_name} is told.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, homework)


def _again(
    request: SignedInRequest, homework: Homework, form: AcceptForm | ReturnForm
) -> HttpResponse:
    """Show the homework with the answer as it was typed and what is wrong with it."""
    context = page_context(request, homework)
    if context["return_form"]:
        context["return_form"] = form
    return render(request, PAGE, context, status=REFUSED)


def _back(request: SignedInRequest, homework: Homework) -> HttpResponse:
    """Return to the queue when the answer was given there, else to the homework."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect(homework)
