"""Contributions to mentoring and to quality improvement of the residency."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_own_residency, get_resident
from residents.models import Resident
from residents.reads import version_for

from .. import reads, services, wording
from ..doors import get_contribution
from ..forms import ContributionForm
from ..models import Contribution

PAGE = "curriculum:contributions"


@require_safe
@login_required
def own_contributions(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead a resident to what they contributed."""
    return redirect(PAGE, program, get_own_residency(request.user, program).uid)


@require_safe
@login_required
def contribution_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what a resident contributed, and to who may the form to log more."""
    resident = get_resident(request.user, program, uid, "curriculum.view_contribution")
    form = ContributionForm(initial={"day": today(resident.program.zone)})
    return _show(request, resident, form)


@require_POST
@login_required
def log_contribution(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Log a contribution: with one press for today, or with a day and a few words."""
    resident = get_resident(request.user, program, uid, "curriculum.log_contribution")
    form = ContributionForm(_typed(request, resident))
    if form.is_valid():
        try:
            logged = services.log_contribution(
                resident, by=request.user, at=now(), given=form.given()
            )
            _say_logged(request, logged)
            return _back(request, resident)
        except DomainError as error:
            form.add_error(None, str(error))
    if "quick" in request.POST:
        messages.error(request, " ".join(map(str, form.non_field_errors())) or "Not logged.")
        return _back(request, resident)
    return _show(request, resident, form)


@require_POST
@login_required
def confirm_contribution(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Confirm what a resident logged."""
    contribution = get_contribution(request.user, program, uid, "curriculum.confirm_contribution")
    try:
        services.confirm_contribution(contribution, by=request.user, at=now())
        messages.success(request, "Confirmed: it counts.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, contribution.resident)


@require_POST
@login_required
def withdraw_contribution(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back what was logged by mistake."""
    contribution = get_contribution(request.user, program, uid, "curriculum.withdraw_contribution")
    try:
        services.withdraw_contribution(contribution, by=request.user)
        messages.success(request, "Taken back.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(contribution)


def _typed(request: HttpRequest, resident: Resident) -> dict[str, str]:
    """Return what was typed; a press of a quick button knows its day by itself."""
    if "quick" not in request.POST:
        return {name: str(value) for name, value in request.POST.items()}
    return {"kind": request.POST["quick"], "day": today(resident.program.zone).isoformat()}


def _say_logged(request: SignedInRequest, logged: Contribution) -> None:
    slug = logged.resident.program.slug
    undo = reverse("curriculum:contribution-withdraw", args=[slug, logged.uid])
    rest = "." if logged.is_confirmed else ". It counts once it is confirmed."
    words = f"Logged: {logged.get_kind_display()}{rest}"
    messages.success(request, words, extra_tags=f"undo:{undo}")


def _back(request: HttpRequest, resident: Resident) -> HttpResponse:
    """Return to the home page when it was pressed there, else to the list."""
    slug = resident.program.slug
    if request.POST.get("from") == "home":
        return redirect("cockpit:home", slug)
    return redirect(PAGE, slug, resident.uid)


def _show(request: SignedInRequest, resident: Resident, form: ContributionForm) -> HttpResponse:
    version = version_for(resident)
    given = reads.contributions_of(resident, version.contributions if version else None)
    may = request.user.has_perm
    own = request.user.pk == resident.person_id
    context = {
        "program": resident.program,
        "resident": resident,
        "given": given,
        "lead": wording.contributions_lead(given),
        "form": form if may("curriculum.log_contribution", resident) else None,
        "taps": wording.contribution_taps() if own else [],
        "may_confirm": may("curriculum.confirm_contribution", resident),
        "own": own,
        "day": today(resident.program.zone),
    }
    status = REFUSED if form.errors else 200
    return render(request, "curriculum/contributions.html", context, status=status)
