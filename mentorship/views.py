"""Deeds of coach and resident. Their pages, which draw on siblings, live in the cockpit."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_resident

from . import services
from .doors import get_check_in, get_commitment
from .forms import CheckInForm, SlotForm, UpdateForm
from .wording import day_and_time


@require_POST
@login_required
def schedule_check_in(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Plan a check-in with a mentee, or log one that has happened and open it to be recorded."""
    resident = get_resident(request.user, program, uid, "mentorship.schedule_check_in")
    form, at, name = SlotForm(request.POST), now(), resident.person.given_name
    title = f"Plan a check-in with {resident}"
    if not form.is_valid():
        return _again(request, form, title)
    try:
        made = services.schedule_check_in(resident, by=request.user, at=at, slot=form.slot())
    except DomainError as error:
        form.add_error(None, str(error))
        return _again(request, form, title)
    if made.starts_at <= at:
        return redirect(made)
    messages.success(request, f"{day_and_time(made)}. {name} and you are reminded a day before.")
    return _back(request, program)


@require_POST
@login_required
def move_check_in(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Move a planned check-in; both are reminded of the new time."""
    check_in = get_check_in(request.user, program, uid, "mentorship.move_check_in")
    form, title = SlotForm(request.POST), f"Move the check-in with {check_in.resident}"
    if not form.is_valid():
        return _again(request, form, title)
    try:
        moved = services.move_check_in(check_in, by=request.user, at=now(), slot=form.slot())
    except DomainError as error:
        form.add_error(None, str(error))
        return _again(request, form, title)
    messages.success(request, f"Now on {day_and_time(moved)}.")
    return redirect(check_in)


@require_POST
@login_required
def cancel_check_in(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Cancel a planned check-in; its reminder is not sent."""
    check_in = get_check_in(request.user, program, uid, "mentorship.cancel_check_in")
    try:
        services.cancel_check_in(check_in, by=request.user, at=now())
        messages.success(request, f"Cancelled: {check_in.resident}, {day_and_time(check_in)}.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("cockpit:wall", program)


@require_POST
@login_required
def save_check_in(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Keep the draft by itself while the coach writes; say when, or why not."""
    check_in = get_check_in(request.user, program, uid, "mentorship.save_check_in")
    at = now()
    day = local_date(at, check_in.program.zone)
    form = CheckInForm(request.POST, check_in=check_in, today=day, suggested=day)
    form.full_clean()
    if form.is_suspect or not form.says_what_was_read:
        return JsonResponse({"error": "Kept on this page only until you save it."}, status=REFUSED)
    try:
        saved = services.save_check_in(check_in, by=request.user, at=at, **form.drafted())
    except DomainError as error:
        return JsonResponse({"error": str(error)}, status=409)
    local = at.astimezone(ZoneInfo(saved.zone))
    return JsonResponse({"version": saved.version, "saved": f"{local:%H:%M}"})


@require_POST
@login_required
def write_update(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Keep a resident's own words for the next check-in."""
    resident = get_resident(request.user, program, uid, "mentorship.write_update")
    form = UpdateForm(request.POST)
    if not form.is_valid():
        return _again(request, form, "Tell your coach")
    text = form.cleaned_data["text"]
    services.write_update(resident, by=request.user, at=now(), text=text)
    messages.success(request, "Sent. It opens your next check-in.")
    return _back(request, program)


@require_POST
@login_required
def complete_commitment(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Tick off a commitment, with a way back."""
    commitment = get_commitment(request.user, program, uid, "mentorship.complete_commitment")
    try:
        day = today(commitment.program.zone)
        services.complete_commitment(commitment, by=request.user, today=day)
        undo = reverse("mentorship:commitment-reopen", args=[program, uid])
        messages.success(request, f"Done: {commitment}", extra_tags=f"undo:{undo}")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, program)


@require_POST
@login_required
def reopen_commitment(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take a tick back; whoever may tick may."""
    commitment = get_commitment(request.user, program, uid, "mentorship.reopen_commitment")
    try:
        services.reopen_commitment(commitment, by=request.user)
        messages.success(request, f"Open again: {commitment}")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, program)


def _again(request: SignedInRequest, form: Form, title: str) -> HttpResponse:
    """Show a form that was refused on a page of its own, with everything that was typed."""
    context = {"form": form, "title": title, "origin": _origin(request)}
    return render(request, "mentorship/form.html", context, status=REFUSED)


def _back(request: SignedInRequest, program: str) -> HttpResponse:
    """Return to the page on which the button stood, or to the viewer's home."""
    return redirect(_origin(request) or reverse("cockpit:home", args=[program]))


def _origin(request: SignedInRequest) -> str:
    """Return the page of ours on which the button stood: as the form says, else the browser."""
    asked = request.POST.get("next") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else ""
