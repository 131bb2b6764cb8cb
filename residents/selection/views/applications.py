"""An applicant's page, and everything that can be done on it."""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.files.views import serve
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError

from ...doors import get_own_residency
from .. import services
from ..doors import get_application
from ..forms.applications import QUESTIONS, ApplicationForm
from ..models import Application
from ..reads.applications import awaits_writer, latest_application
from ..reads.eligibility import why_not
from ..reads.ratings import opinions_on
from ..services.applications import Overtaken, TooLate
from ..wording import acts_of, status_of, window_words

Deed = Callable[..., Application]
PAGE = "selection/application.html"
REFUSED, CONFLICT = 422, 409
KEYS = (("b", "Back to the ranked list"),)


@require_safe
@login_required
def own_application(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead a resident to their application, or say why there is none."""
    resident = get_own_residency(request.user, program)
    found = latest_application(resident)
    if found:
        return redirect(found)
    reason = why_not(resident, today(resident.program.zone))
    context = {"program": resident.program, "reason": reason}
    return render(request, "selection/no_application.html", context)


@require_safe
@login_required
def application_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show an application: to its writer the form and what comes next, to others what was sent."""
    application = get_application(request.user, program, uid, "selection.view_application")
    return render(request, PAGE, _context(request, application))


@require_safe
@login_required
def cv(request: SignedInRequest, program: str, uid: UUID) -> HttpResponseBase:
    """Hand out the CV to those who may see the application."""
    application = get_application(request.user, program, uid, "selection.view_application")
    if application.cv is None:
        raise Http404
    return serve(application.cv, request)


@require_POST
@login_required
def save_application(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Keep the draft, by the button or by itself; hand it in too when that button was pressed."""
    application = get_application(request.user, program, uid, "selection.save_application")
    form = ApplicationForm(request.POST, request.FILES, application=application)
    if not form.is_valid():
        return render(request, PAGE, _context(request, application, form), status=REFUSED)
    at, by = now(), request.user
    try:
        saved = services.save_application(application, by=by, at=at, **form.saved())
        if "submit" in request.POST:
            services.submit_application(saved, by=by, at=at)
    except DomainError as error:
        return _refused(request, application, error, form)
    if _is_autosave(request):
        clock = at.astimezone(ZoneInfo(saved.program.zone))
        return JsonResponse({"version": saved.version, "saved": f"{clock:%H:%M}"})
    messages.success(request, "Handed in." if "submit" in request.POST else "Draft saved.")
    return redirect(saved)


@require_POST
@login_required
def remove_cv(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take the CV out again."""
    application = get_application(request.user, program, uid, "selection.remove_cv")
    return _do(request, application, services.remove_cv, "The CV is gone.")


@require_POST
@login_required
def submit_application(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Hand in the draft as it was saved."""
    application = get_application(request.user, program, uid, "selection.submit_application")
    return _do(request, application, services.submit_application, "Handed in.")


@require_POST
@login_required
def reopen_application(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Open what was handed in for changes."""
    application = get_application(request.user, program, uid, "selection.reopen_application")
    told = "Open again. It counts once you hand it in."
    return _do(request, application, services.reopen_application, told)


@require_POST
@login_required
def start_application(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Begin after all."""
    application = get_application(request.user, program, uid, "selection.start_application")
    return _do(request, application, services.start_application, "Started. Nothing was lost.")


@require_POST
@login_required
def defer_application(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Say "not now", with the way back in the message."""
    application = get_application(request.user, program, uid, "selection.defer_application")
    undo = reverse("selection:application-start", args=[program, uid])
    told = "Not now, then. No more letters come about this round."
    return _do(request, application, services.defer_application, told, undo=undo)


@require_POST
@login_required
def withdraw_application(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Withdraw the application."""
    application = get_application(request.user, program, uid, "selection.withdraw_application")
    return _do(request, application, services.withdraw_application, "Withdrawn.")


def _do(
    request: SignedInRequest, application: Application, deed: Deed, told: str, *, undo: str = ""
) -> HttpResponse:
    try:
        deed(application, by=request.user, at=now())
        messages.success(request, told, extra_tags=f"undo:{undo}" if undo else "")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(application)


def _is_autosave(request: SignedInRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _refused(
    request: SignedInRequest, application: Application, error: DomainError, form: ApplicationForm
) -> HttpResponse:
    """Say why nothing was saved, and show what was typed beside what is kept."""
    if _is_autosave(request):
        return JsonResponse({"error": str(error)}, status=CONFLICT)
    if isinstance(error, Overtaken | TooLate):
        current = error.current if isinstance(error, Overtaken) else application
        typed = [(label, form.cleaned_data[name]) for name, (label, _) in QUESTIONS.items()]
        context = _context(request, current) | {"typed": typed, "refusal": str(error)}
        return render(request, PAGE, context, status=CONFLICT)
    messages.error(request, str(error))
    return redirect(application)


def _context(
    request: SignedInRequest, application: Application, form: ApplicationForm | None = None
) -> dict[str, object]:
    """Gather what the page shows to this viewer."""
    at, round_ = now(), application.round
    own = request.user.has_perm("selection.save_application", application)
    directs = not own and request.user.has_perm("selection.view_ranking", round_)
    is_writable = own and awaits_writer(application, at)
    words = [(label, getattr(application, name)) for name, (label, _) in QUESTIONS.items()]
    checks = [{"text": label, "done": bool(text.strip())} for label, text in words]
    return {
        "program": application.program,
        "application": application,
        "own": own,
        "status": status_of(application, at),
        "window": window_words(round_, at),
        "acts": acts_of(application, at) if own else (),
        "checks": [*checks, {"text": "CV", "done": application.cv_id is not None}],
        "parts": words,
        "opinions": opinions_on(application) if directs else None,
        "page_keys": KEYS if directs else (),
        "form": (form or ApplicationForm(application=application)) if is_writable else None,
    }
