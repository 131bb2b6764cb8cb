"""The public roster, and the page on which a resident decides what it says of them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.files.views import serve
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_own_residency, get_public_program, get_roster_consent, get_roster_photo
from ..forms import RosterForm
from ..models import Resident

PAGE = "residents:roster-consent"


@require_safe
def roster(request: HttpRequest, program: str) -> HttpResponse:
    """Show anybody who is on the pathway and who has been, as far as they let it be shown.

    No cache keeps it: who withdraws is gone with the next request.
    """
    place = get_public_program(program)
    context = {"program": place, "roster": reads.public_roster(place, today(place.zone))}
    response = render(request, "residents/roster.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noarchive, noimageindex"
    return response


@require_safe
def roster_photo(request: HttpRequest, program: str, uid: UUID) -> HttpResponseBase:
    """Show a photo while its consent holds."""
    response = serve(get_roster_photo(request.user, program, uid), request, inline=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_required
def roster_consent(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a resident what the roster says of them, what it would say, and the form for it."""
    resident = get_own_residency(request.user, program, "residents.view_roster_consent")
    return _show(request, resident)


@require_POST
@login_required
def prepare_roster_consent(request: SignedInRequest, program: str) -> HttpResponse:
    """Keep what would be shown, to be looked at first."""
    resident = get_own_residency(request.user, program, "residents.prepare_roster_consent")
    last = reads.roster_consents(resident).last
    form = RosterForm(request.POST, request.FILES, last=last)
    if form.is_valid():
        try:
            services.prepare_roster_consent(resident, by=request.user, line=form.line())
            return redirect(f"{reverse(PAGE, args=[program])}#preview")
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, resident, form, status=422)


@require_POST
@login_required
def give_roster_consent(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show on the internet what the resident has looked at."""
    consent = get_roster_consent(request.user, program, uid, "residents.give_roster_consent")
    try:
        services.give_roster_consent(consent, by=request.user, at=now())
        messages.success(request, "You are on the public roster.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(PAGE, program)


@require_POST
@login_required
def withdraw_roster_consent(request: SignedInRequest, program: str) -> HttpResponse:
    """Take the resident off the roster, with a way back."""
    resident = get_own_residency(request.user, program, "residents.withdraw_roster_consent")
    try:
        ended = services.withdraw_roster_consent(resident, by=request.user, at=now())
        undo = reverse("residents:roster-consent-give", args=[program, ended.uid])
        messages.success(request, "You are off the public roster.", extra_tags=f"undo:{undo}")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(PAGE, program)


def _show(
    request: SignedInRequest,
    resident: Resident,
    form: RosterForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    consents = reads.roster_consents(resident)
    last = consents.last
    if form is None:
        initial = {"shown_name": resident.person.name, "keeps_photo": True}
        if last:
            initial |= {"shown_name": last.shown_name, "words": last.words}
        form = RosterForm(initial=initial, last=last)
    context = {"program": resident.program, "consents": consents, "form": form}
    return render(request, "residents/roster_consent.html", context, status=status)
