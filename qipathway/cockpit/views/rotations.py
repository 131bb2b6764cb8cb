"""The rotations of a program: what each allows, and what would follow from another kind."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_program, get_rotation
from residents.models import Rotation
from residents.states import RotationKind

from .. import services
from ..forms import RotationForm
from ..reads.rotations import allows, preview_rotation, rotations_of
from ..words import due_words


@require_safe
@login_required
def rotations(request: SignedInRequest, program: str) -> HttpResponse:
    """Show every rotation with what it allows and how many blocks are on it."""
    place = get_program(request.user, program, "residents.view_rotations")
    context = {
        "program": place,
        "rows": rotations_of(place),
        "may_change": request.user.has_perm("residents.change_rotation", place),
    }
    return render(request, "cockpit/rotations.html", context)


@require_safe
@login_required
def rotation(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what would follow if a rotation were of the kind asked about."""
    found = get_rotation(request.user, program, uid, "residents.change_rotation")
    if "kind" not in request.GET:
        return _show(request, found, RotationForm(initial={"kind": found.kind}))
    return _show(request, found, RotationForm(request.GET))


@require_POST
@login_required
def change_rotation(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Say that a rotation is of another kind; the message can take it back."""
    found = get_rotation(request.user, program, uid, "residents.change_rotation")
    form = RotationForm(request.POST)
    if form.is_valid():
        try:
            due = services.change_rotation(found, by=request.user, **form.cleaned_data)
            undo = reverse("residents:rotation-restore", args=[program, uid])
            words = f"{found.name} is {form.cleaned_data['kind'].label} now. {due_words(due)}"
            messages.success(request, words.strip(), extra_tags=f"undo:{undo}")
            return redirect("residents:rotations", program)
        except DomainError as error:
            form.add_error("kind", str(error))
    return _show(request, found, form, status=REFUSED)


@require_POST
@login_required
def restore_rotation(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take the last change of a rotation back."""
    found = get_rotation(request.user, program, uid, "residents.restore_rotation")
    try:
        due = services.restore_rotation(found, by=request.user)
        messages.success(request, f"{found.name} is as it was. {due_words(due)}".strip())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:rotations", program)


def _show(
    request: SignedInRequest, found: Rotation, form: RotationForm, status: int = 200
) -> HttpResponse:
    kind: RotationKind | None = None
    if form.is_bound and form.is_valid() and form.cleaned_data["kind"] != found.kind:
        kind = form.cleaned_data["kind"]
    context = {
        "program": found.program,
        "rotation": found,
        "form": form,
        "preview": preview_rotation(found, kind, now()) if kind else None,
        "allows": allows(kind) if kind else "",
    }
    return render(request, "cockpit/rotation.html", context, status=status)
