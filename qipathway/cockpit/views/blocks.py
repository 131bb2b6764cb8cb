"""A resident's blocks changed by hand: looked at first, then done whole, and taken back."""

from collections.abc import Callable
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
from residents.doors import get_block_change, get_resident
from residents.models import BlockChange, Resident
from residents.services import Draft, draft_block, draft_swap

from .. import services
from ..block_forms import BlockForm, SwapForm
from ..reads.blocks import preview_blocks

Asked = BlockForm | SwapForm
DRAFTS: dict[str, tuple[type[Asked], Callable[..., Draft]]] = {
    "set": (BlockForm, draft_block),
    "swap": (SwapForm, draft_swap),
}
"""What can be asked about, by the word that the address carries."""


@require_safe
@login_required
def blocks(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what the change asked about would do."""
    resident = get_resident(request.user, program, uid, "residents.set_block")
    asked = request.GET.get("ask", "")
    if asked not in DRAFTS:
        return _show(request, resident)
    form_class, draft = DRAFTS[asked]
    form, preview = form_class(request.GET, resident=resident), None
    if form.is_valid():
        try:
            preview = preview_blocks(draft(resident, **form.cleaned_data), now())
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, resident, form, asked=asked, preview=preview)


@require_POST
@login_required
def set_block(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Put a resident on a rotation for some days; the message can take it back."""
    resident = get_resident(request.user, program, uid, "residents.set_block")
    form = BlockForm(request.POST, resident=resident)
    if form.is_valid():
        try:
            return _done(
                request,
                resident,
                services.set_block(resident, by=request.user, **form.cleaned_data),
                "The block is set.",
            )
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, resident, form, asked="set", status=REFUSED)


@require_POST
@login_required
def swap_blocks(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let two residents take each other's blocks; the message can take it back."""
    resident = get_resident(request.user, program, uid, "residents.swap_blocks")
    form = SwapForm(request.POST, resident=resident)
    if form.is_valid():
        try:
            change = services.swap_blocks(resident, by=request.user, **form.cleaned_data)
            other = form.cleaned_data["other"].person.name
            return _done(request, resident, change, f"The blocks are swapped with {other}.")
        except DomainError as error:
            form.add_error(None, str(error))
    return _show(request, resident, form, asked="swap", status=REFUSED)


@require_POST
@login_required
def undo_blocks(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take a change of blocks back."""
    change = get_block_change(request.user, program, uid, "residents.undo_blocks")
    try:
        services.undo_blocks(change, by=request.user, at=now())
        messages.success(request, "The blocks are as they were.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("curriculum:schedule", program)


def _done(
    request: SignedInRequest, resident: Resident, change: BlockChange, words: str
) -> HttpResponse:
    slug = resident.program.slug
    undo = reverse("residents:blocks-undo", args=[slug, change.uid])
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect("residents:schedule", slug, resident.uid)


def _show(
    request: SignedInRequest,
    resident: Resident,
    form: Asked | None = None,
    *,
    asked: str = "",
    preview: object = None,
    status: int = 200,
) -> HttpResponse:
    verb = {"set": "residents:block-set", "swap": "residents:blocks-swap"}.get(asked, "")
    context = {
        "program": resident.program,
        "resident": resident,
        "set_form": form if asked == "set" else BlockForm(resident=resident),
        "swap_form": form if asked == "swap" else SwapForm(resident=resident),
        "preview": preview,
        "hidden": form.as_sent() if form and preview else (),
        "deed": reverse(verb, args=[resident.program.slug, resident.uid]) if verb else "",
    }
    return render(request, "cockpit/blocks.html", context, status=status)
