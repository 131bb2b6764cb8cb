"""What is asked of a resident: what is left of it, what is credited or waived, and taking back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.files.views import serve
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents import services
from residents.doors import get_resident, get_settlement
from residents.models import Settlement

from ..credits import Credits
from ..reads.credits import credits_of
from ..settlement_forms import CreditForm, WaiverForm

Form = CreditForm | WaiverForm


@require_safe
@login_required
def credit_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show all that is asked, and the form for the one that the address names."""
    found = _credits(request, program, uid, "residents.view_settlement")
    for name, form in (("credit", CreditForm), ("waive", WaiverForm)):
        asked = found.find(request.GET.get(name, ""))
        if (
            asked
            and asked.left
            and request.user.has_perm(f"residents.{name}_requirement", found.resident)
        ):
            return _show(request, found, form(requirement=asked))
    return _show(request, found)


@require_POST
@login_required
def credit_requirement(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Credit what was done elsewhere; the message can take it back."""
    found = _credits(request, program, uid, "residents.credit_requirement")
    asked = found.find(request.POST.get("requirement", ""))
    if asked is None:
        raise Http404
    form = CreditForm(request.POST, request.FILES, requirement=asked)
    if form.is_valid():
        try:
            signed = services.credit_requirement(
                found.resident, requirement=asked, by=request.user, at=now(), **form.written
            )
            return _signed(request, found, signed)
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, found, form)


@require_POST
@login_required
def waive_requirement(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Waive what need not be done; the message can take it back."""
    found = _credits(request, program, uid, "residents.waive_requirement")
    asked = found.find(request.POST.get("requirement", ""))
    if asked is None:
        raise Http404
    form = WaiverForm(request.POST, requirement=asked)
    if form.is_valid():
        try:
            signed = services.waive_requirement(
                found.resident, requirement=asked, by=request.user, at=now(), **form.written
            )
            return _signed(request, found, signed)
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, found, form)


@require_POST
@login_required
def withdraw_settlement(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back what was signed by mistake."""
    settlement = get_settlement(request.user, program, uid, "residents.withdraw_settlement")
    try:
        services.withdraw_settlement(settlement, by=request.user, at=now())
        messages.success(request, f"Taken back: {settlement.text}. It counts no more.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(settlement)


@require_safe
@login_required
def settlement_file(request: SignedInRequest, program: str, uid: UUID) -> HttpResponseBase:
    """Hand out the copy that shows a credit."""
    settlement = get_settlement(request.user, program, uid, "residents.view_settlement")
    if settlement.file is None:
        raise Http404
    return serve(settlement.file, request, inline=settlement.file.is_picture)


def _credits(request: SignedInRequest, program: str, uid: UUID, action: str) -> Credits:
    resident = get_resident(request.user, program, uid, action)
    return credits_of(resident, today(resident.program.zone))


def _signed(request: SignedInRequest, found: Credits, signed: Settlement) -> HttpResponse:
    slug = found.resident.program.slug
    undo = reverse("residents:settlement-withdraw", args=[slug, signed.uid])
    words = f"{signed.get_kind_display()}: {signed.text}."
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect("residents:credits", slug, found.resident.uid)


def _show(request: SignedInRequest, found: Credits, form: Form | None = None) -> HttpResponse:
    context = {
        "program": found.resident.program,
        "resident": found.resident,
        "credits": found,
        "may_sign": request.user.has_perm("residents.waive_requirement", found.resident),
        "form": form,
    }
    status = REFUSED if form and form.errors else 200
    return render(request, "cockpit/credits.html", context, status=status)
