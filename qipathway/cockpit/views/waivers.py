"""One requirement waived for several members of a cohort: looked at first, then signed, undone."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from qipathway.core.lib.words import plural
from residents import services
from residents.doors import get_program, get_settlements
from residents.models import Program
from residents.services import Waiver

from ..credits import Asked
from ..reads.credits import asked_of
from ..settlement_forms import SeveralWaiversForm, WaiversForm


@require_safe
@login_required
def waivers(request: SignedInRequest, program: str) -> HttpResponse:
    """Ask for the cohort and the requirement, then show for whom it would be waived."""
    place = get_program(request.user, program, "residents.waive_requirements")
    asked = asked_of(place, today(place.zone))
    sent = request.GET if "requirement" in request.GET else None
    form = WaiversForm(sent, program=place, asked=asked.waivable)
    signs = sent and form.is_valid()
    sign_form = _sign_form(place, asked, initial=sent) if signs else None
    return _show(request, place, asked, form, sign_form)


@require_POST
@login_required
def waive_requirements(request: SignedInRequest, program: str) -> HttpResponse:
    """Waive it for everybody who is ticked, or for nobody; the message can take all back."""
    place = get_program(request.user, program, "residents.waive_requirements")
    asked = asked_of(place, today(place.zone))
    form = _sign_form(place, asked, request.POST)
    if form.is_valid():
        try:
            signed = services.waive_requirements(
                _ticked(asked, form), reason=form.cleaned_data["reason"], by=request.user, at=now()
            )
            undo = reverse("residents:settlements-withdraw", args=[program, signed[0].batch])
            words = f"Waived for {plural(len(signed), 'resident')}: {signed[0].text}."
            messages.success(request, words, extra_tags=f"undo:{undo}")
            return redirect("residents:waivers", program)
        except DomainError as error:
            form.add_error(None, str(error))
    asking = WaiversForm(request.POST, program=place, asked=asked.waivable)
    return _show(request, place, asked, asking, form)


@require_POST
@login_required
def withdraw_settlements(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back what was waived at once."""
    found = get_settlements(request.user, program, uid, "residents.withdraw_settlements")
    try:
        taken = services.withdraw_settlements(found, by=request.user, at=now())
        messages.success(request, f"Taken back for {plural(len(taken), 'resident')}.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:waivers", program)


def _sign_form(
    program: Program, asked: Asked, *args: QueryDict, initial: QueryDict | None = None
) -> SeveralWaiversForm:
    return SeveralWaiversForm(
        *args, program=program, asked=asked.waivable, people=asked.residents, initial=initial
    )


def _ticked(asked: Asked, form: SeveralWaiversForm) -> list[Waiver]:
    said = form.cleaned_data
    return [
        Waiver(each.resident, each.requirement)
        for each in asked.candidates(said["cohort"], said["requirement"])
        if str(each.resident.uid) in said["residents"]
    ]


def _show(
    request: SignedInRequest,
    program: Program,
    asked: Asked,
    form: WaiversForm,
    sign_form: SeveralWaiversForm | None,
) -> HttpResponse:
    found = []
    if sign_form and form.is_valid():
        found = asked.candidates(form.cleaned_data["cohort"], form.cleaned_data["requirement"])
    is_sent = sign_form is not None and sign_form.is_bound
    context = {
        "program": program,
        "asked": asked,
        "form": form,
        "sign_form": sign_form,
        "open": [each for each in found if not each.why_not],
        "others": [each for each in found if each.why_not],
        "ticked": sign_form["residents"].value() if sign_form and is_sent else None,
    }
    status = REFUSED if form.errors or (sign_form and sign_form.errors) else 200
    return render(request, "cockpit/waivers.html", context, status=status)
