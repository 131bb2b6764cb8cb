"""Files on their way in: the list, the preview, the button, what came of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from qipathway.core.sheets.writing import as_csv
from residents.doors import get_program
from residents.models import Program

from . import reads, services
from .doors import get_import, get_upload
from .forms import AnswerForm, UploadForm
from .kinds import KINDS
from .models import Import, Upload
from .wording import PreviewPage, marked_rows, preview_page


@require_safe
@login_required
def imports(request: SignedInRequest, program: str) -> HttpResponse:
    """Show what was brought in, what is missing, and where to send a file."""
    place = get_program(request.user, program, "imports.view_imports")
    return _list(request, place, UploadForm())


@require_POST
@login_required
def upload_file(request: SignedInRequest, program: str) -> HttpResponse:
    """Take a file and lead to its preview; a file without a table is refused beside its field."""
    place = get_program(request.user, program, "imports.upload_file")
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, place, form, status=REFUSED)
    name = form.cleaned_data["file"].name or ""
    upload = services.upload_file(name, form.content, program=place, by=request.user)
    return redirect(upload)


@require_safe
@login_required
def upload_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what a file would do; one that was brought in already shows what it did."""
    place = get_program(request.user, program, "imports.view_imports")
    if reads.was_brought_in(place, uid):
        return redirect("imports:import", program, uid)
    upload = get_upload(request.user, program, uid, "imports.view_imports")
    return _preview(request, upload)


@require_safe
@login_required
def marked_file(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Hand out the file as CSV with its errors in a column of their own."""
    upload = get_upload(request.user, program, uid, "imports.view_imports")
    seen = reads.preview(upload, at=now())
    stem = upload.name.rpartition(".")[0] or upload.name
    return HttpResponse(
        as_csv(marked_rows(seen)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_ascii(stem)}-errors.csv"'},
    )


@require_POST
@login_required
def answer_question(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Keep what a person says about a file, and look at it again."""
    upload = get_upload(request.user, program, uid, "imports.answer_question")
    form = _answers(request, upload, _page(upload), data=request.POST)
    if not form.is_valid():
        return _preview(request, upload, form, status=REFUSED)
    kind, said = form.cleaned_data["kind"], form.answers()
    services.answer_question(upload, kind=kind, answers=said, by=request.user)
    return redirect(upload)


@require_POST
@login_required
def import_file(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Bring a file in; whoever presses twice is led to what the first press did."""
    place = get_program(request.user, program, "imports.import_file")
    if reads.was_brought_in(place, uid):
        return redirect("imports:import", program, uid)
    upload = get_upload(request.user, program, uid, "imports.import_file")
    if upload.kind not in KINDS or not request.user.has_perm(KINDS[upload.kind].action, place):
        raise PermissionDenied
    try:
        done = _import(request, upload)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(upload)
    return redirect(done)


@require_safe
@login_required
def import_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what a file did."""
    done = get_import(request.user, program, uid)
    kind = KINDS.get(done.kind)
    shelves = reads.shelves(done.program, request.user)
    context = {
        "program": done.program,
        "done": done,
        "title": kind.title if kind else done.kind,
        "next": next((shelf for shelf in shelves if not shelf.last), None),
    }
    return render(request, "imports/import.html", context)


def _import(request: SignedInRequest, upload: Upload) -> Import:
    seen = request.POST.get("seen", "")
    return services.import_file(upload, seen=seen or "-", by=request.user, at=now())


def _list(
    request: SignedInRequest, place: Program, form: UploadForm, status: int = 200
) -> HttpResponse:
    context = {
        "program": place,
        "form": form,
        "shelves": reads.shelves(place, request.user),
        "log": reads.log(place),
        "kinds": KINDS,
    }
    return render(request, "imports/imports.html", context, status=status)


def _page(upload: Upload) -> PreviewPage:
    return preview_page(reads.preview(upload, at=now()))


def _preview(
    request: SignedInRequest, upload: Upload, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    page = _page(upload)
    context = {
        "program": upload.program,
        "upload": upload,
        "page": page,
        "form": form or _answers(request, upload, page),
        "back": reverse("imports:imports", args=[upload.program.slug]),
    }
    return render(request, "imports/upload.html", context, status=status)


def _answers(
    request: SignedInRequest, upload: Upload, page: PreviewPage, data: object = None
) -> AnswerForm:
    mine = [k for k in KINDS.values() if request.user.has_perm(k.action, upload.program)]
    return AnswerForm(
        data, kinds=mine, questions=page.plan.questions, initial={"kind": upload.kind}
    )


def _ascii(stem: str) -> str:
    return "".join(c for c in stem if c.isascii() and (c.isalnum() or c in "-_ ")).strip() or "file"
