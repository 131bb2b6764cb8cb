"""Systems-Based Practice: what it asks for, and the log in two taps or afterwards."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_own_residency, get_resident
from residents.models import Resident

from .. import reads, services, wording
from ..doors import get_activity
from ..forms import ActivityForm
from ..models import Activity
from ..states import WEEKLY, ActivityKind

PAGE = "curriculum/activities.html"


@require_safe
@login_required
def own_activities(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead a resident to their own log."""
    resident = get_own_residency(request.user, program)
    return redirect("curriculum:activities", program, resident.uid)


@require_safe
@login_required
def activity_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what SBP asks for and what was logged, and to the resident the buttons to log more."""
    resident = get_resident(request.user, program, uid, "curriculum.view_activity")
    return render(request, PAGE, page_context(request, resident))


def page_context(
    request: SignedInRequest, resident: Resident, form: ActivityForm | None = None
) -> dict[str, object]:
    """Gather what the page shows to this viewer; a form that was sent is kept and open."""
    day = today(resident.program.zone)
    progress = reads.sbp_progress(resident, day)
    own = request.user.has_perm("curriculum.log_activity", resident)
    forms = [
        form if form and form.kind == kind else blank_form(kind, resident) for kind in ActivityKind
    ]
    return {
        "program": resident.program,
        "resident": resident,
        "progress": progress,
        "lead": wording.sbp_lead(progress, day),
        "taps": wording.sbp_taps(progress) if own else [],
        "forms": forms if own else [],
        "log": reads.activities_of(resident, request.user),
        "own": own,
        "day": day,
    }


def blank_form(kind: ActivityKind, resident: Resident) -> ActivityForm:
    return ActivityForm(kind=kind, program=resident.program, today=today(resident.program.zone))


@require_POST
@login_required
def log_activity(request: SignedInRequest, program: str) -> HttpResponse:
    """Log that one was there: with one press for today, or with a day and what its kind asks."""
    resident = get_own_residency(request.user, program, "curriculum.log_activity")
    kind = _kind_of(request)
    at = now()
    form = ActivityForm(
        _typed(request, resident, kind),
        kind=kind,
        program=resident.program,
        today=local_date(at, resident.program.zone),
    )
    if form.is_valid():
        try:
            logged = services.log_activity(resident, by=request.user, at=at, entry=form.entry())
            _say_logged(request, logged)
            return _back(request, resident)
        except DomainError as error:
            form.add_error(None, str(error))
    if "quick" in request.POST:
        messages.error(request, " ".join(map(str, form.non_field_errors())) or "Not logged.")
        return _back(request, resident)
    return render(request, PAGE, page_context(request, resident, form), status=REFUSED)


def _kind_of(request: HttpRequest) -> ActivityKind:
    """Return which kind was pressed; an unknown one reads as a stand-up that lacks its day."""
    sent = request.POST.get("kind", "")
    return ActivityKind(sent) if sent in ActivityKind.values else ActivityKind.STAND_UP


def _typed(request: HttpRequest, resident: Resident, kind: ActivityKind) -> dict[str, str]:
    """Return what was typed; a press of the quick button knows day and place by itself."""
    if "quick" not in request.POST or kind not in WEEKLY:
        return {name: str(value) for name, value in request.POST.items()}
    day = today(resident.program.zone).isoformat()
    return {"day": day, "place": reads.usual_place(resident.program, kind)}


def _say_logged(request: SignedInRequest, logged: Activity) -> None:
    undo = reverse("curriculum:activity-withdraw", args=[logged.resident.program.slug, logged.uid])
    where = f" at {logged.place}" if logged.place else ""
    kind = ActivityKind(logged.kind).label
    messages.success(request, f"Logged: {kind}{where}.", extra_tags=f"undo:{undo}")


def _back(request: HttpRequest, resident: Resident) -> HttpResponse:
    """Return to the home page when it was pressed there, else to the log."""
    slug = resident.program.slug
    if request.POST.get("from") == "home":
        return redirect("cockpit:home", slug)
    return redirect("curriculum:activities", slug, resident.uid)


@require_POST
@login_required
def withdraw_activity(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back what was logged by mistake."""
    activity = get_activity(request.user, program, uid, "curriculum.withdraw_activity")
    try:
        services.withdraw_activity(activity, by=request.user)
        messages.success(request, "Taken back.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(activity)
