"""The check-in: its form for the coach, and what was said for whoever may read it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship import services
from mentorship.doors import get_check_in
from mentorship.forms import CheckInForm, SlotForm, UpdateForm
from mentorship.models import CheckIn
from mentorship.reads import planned_for
from mentorship.services import Conflict
from qipathway.core.clock.services import now
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError, IllegalMove

from ..check_in_page import Page
from ..check_in_words import recorded
from ..reads.check_in import Desk, desk_for, minutes_for, page_for


@require_safe
@login_required
def check_in(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show a check-in; for its coach, while it is planned, with the form that records it."""
    seen = get_check_in(request.user, program, uid, "mentorship.view_check_in")
    page = _page(request, seen)
    if not page.is_writable:
        return _read_page(request, page)
    desk = desk_for(page)
    return _form_page(request, page, desk, _form(page, desk))


@require_POST
@login_required
def record_check_in(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Record a check-in; whatever stops it, the page comes back with all that was typed."""
    planned = get_check_in(request.user, program, uid, "mentorship.record_check_in")
    page = _page(request, planned)
    desk = desk_for(page)
    form = _form(page, desk, request.POST)
    if not form.is_valid():
        return _form_page(request, page, desk, form, status=REFUSED)
    try:
        held = services.record_check_in(planned, by=request.user, at=now(), **form.recorded())
    except Conflict as conflict:
        return _conflict_page(request, conflict)
    except IllegalMove as error:
        messages.error(request, str(error))
        return redirect(planned)
    except DomainError as error:
        form.add_error(None, str(error))
        return _form_page(request, page, desk, form, status=REFUSED)
    messages.success(request, recorded(held, planned_for(held.resident)))
    return redirect(held)


def _page(request: SignedInRequest, seen: CheckIn) -> Page:
    return page_for(seen, request.user, local_date(now(), seen.program.zone))


def _form(page: Page, desk: Desk, data: object = None) -> CheckInForm:
    return CheckInForm(
        data,
        check_in=page.check_in,
        today=page.today,
        promised=page.agenda.open,
        updates=page.agenda.words,
        note=page.note,
        suggested=desk.suggested,
    )


def _form_page(
    request: SignedInRequest,
    page: Page,
    desk: Desk,
    form: CheckInForm,
    *,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    slot = {name: getattr(page.check_in, name) for name in ("day", "clock", "medium")}
    context = {
        "program": page.check_in.program,
        "page": page,
        "desk": desk,
        "form": form,
        "slot_form": SlotForm(initial=slot, auto_id="slot_%s"),
        "conflict": conflict,
    }
    return render(request, "cockpit/check_in.html", context, status=status)


def _read_page(
    request: SignedInRequest, page: Page, *, conflict: Conflict | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "program": page.check_in.program,
        "page": page,
        "minutes": minutes_for(page),
        "update_form": UpdateForm(readers={"text": page.learned_readers}),
        "conflict": conflict,
    }
    return render(request, "cockpit/check_in_read.html", context, status=status)


def _conflict_page(request: SignedInRequest, conflict: Conflict) -> HttpResponse:
    """Show both texts side by side, with a form that may save over theirs, now that it was read."""
    page = _page(request, conflict.theirs)
    if not page.is_writable:
        return _read_page(request, page, conflict=conflict, status=409)
    data = request.POST.copy()
    data.setlist("version", [str(conflict.theirs.version)])
    data.setlist("page", [str(uuid4())])
    desk = desk_for(page)
    form = _form(page, desk, data)
    return _form_page(request, page, desk, form, conflict=conflict, status=409)
