"""Classes done elsewhere: the list, what is signed, and taking back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.files.views import serve
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_resident
from residents.models import Resident

from .. import reads, services, wording
from ..doors import get_completion
from ..forms import CompletionForm
from ..models import Completion

PAGE = "curriculum/completions.html"


@require_safe
@login_required
def completion_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what a resident did elsewhere, and to a director the form to enter more."""
    resident = get_resident(request.user, program, uid, "curriculum.view_completion")
    return render(request, PAGE, page_context(request, resident))


def page_context(
    request: SignedInRequest, resident: Resident, form: CompletionForm | None = None
) -> dict[str, object]:
    """Gather what the page shows to this viewer; a form that was sent is kept."""
    may_sign = request.user.has_perm("curriculum.record_completion", resident)
    done = reads.completions_of(resident)
    if may_sign and form is None:
        form = CompletionForm(courses=reads.courses_to_claim(resident))
    return {
        "program": resident.program,
        "resident": resident,
        "lead": wording.completions_lead(resident.person.given_name, done),
        "done": done,
        "may_sign": may_sign,
        "form": form if form and form.courses else None,
    }


@require_POST
@login_required
def record_completion(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Sign that classes were done before this system; a refusal keeps what was typed."""
    resident = get_resident(request.user, program, uid, "curriculum.record_completion")
    courses = reads.courses_to_claim(resident)
    form = CompletionForm(request.POST, request.FILES, courses=courses)
    if form.is_valid():
        try:
            signed = services.record_completion(
                resident,
                by=request.user,
                at=now(),
                claims=list(form.claims(resident)),
                evidence=form.cleaned_data["evidence"],
                upload=form.cleaned_data["upload"],
            )
            _say_signed(request, signed)
            return redirect("curriculum:completions", program, uid)
        except DomainError as error:
            form.add_error(None, str(error))
    return render(request, PAGE, page_context(request, resident, form), status=REFUSED)


def _say_signed(request: SignedInRequest, signed: list[Completion]) -> None:
    """Say what was signed; a single class can be taken back from the message."""
    if len(signed) > 1:
        messages.success(request, f"Signed: {len(signed)} classes.")
        return
    undo = _withdraw_url(signed[0])
    messages.success(request, f"Signed: {signed[0].course.title}.", extra_tags=f"undo:{undo}")


def _withdraw_url(completion: Completion) -> str:
    slug = completion.resident.program.slug
    return reverse("curriculum:completion-withdraw", args=[slug, completion.uid])


@require_POST
@login_required
def withdraw_completion(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take back what was entered by mistake."""
    completion = get_completion(request.user, program, uid, "curriculum.withdraw_completion")
    try:
        services.withdraw_completion(completion, by=request.user, at=now())
        messages.success(request, "Taken back. It counts no more.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(completion)


@require_safe
@login_required
def completion_file(request: SignedInRequest, program: str, uid: UUID) -> HttpResponseBase:
    """Hand out the copy that shows a completion."""
    completion = get_completion(request.user, program, uid, "curriculum.view_completion")
    if completion.file is None:
        raise Http404
    return serve(completion.file, request, inline=completion.file.is_picture)
