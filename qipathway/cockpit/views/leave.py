"""A resident's leave: what is recorded, what one more would move, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_leave, get_resident
from residents.models import Resident

from .. import services
from ..forms import LeaveEndForm, LeaveForm
from ..reads.leave import leaves_of, preview_leave
from ..words import moved_words

PAGE = "cockpit/leave.html"


@require_safe
@login_required
def leave_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show a resident's leaves, and what the one asked about would move."""
    resident = get_resident(request.user, program, uid, "residents.view_leave")
    if "first" not in request.GET:
        form = LeaveForm(initial={"first": today(resident.program.zone), "extends": True})
        return _show(request, resident, form)
    form = LeaveForm(request.GET)
    return _show(request, resident, form, looks=form.is_valid())


@require_POST
@login_required
def record_leave(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Record a leave; the message can take it back."""
    resident = get_resident(request.user, program, uid, "residents.record_leave")
    form = LeaveForm(request.POST)
    if form.is_valid():
        try:
            moved = services.record_leave(resident, by=request.user, at=now(), **form.cleaned_data)
            undo = reverse("residents:leave-withdraw", args=[program, moved.leave.uid])
            words = f"The leave is recorded. {moved_words(moved)}"
            messages.success(request, words, extra_tags=f"undo:{undo}")
            return redirect("residents:leave", program, uid)
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, resident, form, status=422)


@require_POST
@login_required
def end_leave(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let a leave end on another day."""
    leave = get_leave(request.user, program, uid, "residents.end_leave")
    form = LeaveEndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the last day of the leave.")
        return _show(request, leave.resident, LeaveForm(), status=422)
    try:
        moved = services.end_leave(leave, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, f"The leave ends on that day. {moved_words(moved)}")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:leave", program, leave.resident.uid)


@require_POST
@login_required
def withdraw_leave(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back a leave that was recorded by mistake."""
    leave = get_leave(request.user, program, uid, "residents.withdraw_leave")
    try:
        moved = services.withdraw_leave(leave, by=request.user, at=now())
        messages.success(request, f"The leave is taken back. {moved_words(moved)}")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:leave", program, leave.resident.uid)


def _show(
    request: SignedInRequest,
    resident: Resident,
    form: LeaveForm,
    *,
    looks: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "program": resident.program,
        "resident": resident,
        "leaves": leaves_of(resident),
        "form": form,
        "preview": preview_leave(resident, form.absence, now()) if looks else None,
        "hidden": form.as_sent() if looks else (),
    }
    return render(request, PAGE, context, status=422 if form.errors else status)
