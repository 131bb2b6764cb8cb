"""For those who run the site: make a program, invite its first director. No resident is shown."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_operated_program
from ..forms import DirectorForm, NewProgramForm
from ..models import Program


@require_safe
@login_required
def program_list(request: SignedInRequest) -> HttpResponse:
    """Show every program by name, and the form for another one."""
    if not request.user.has_perm("residents.view_programs"):
        raise PermissionDenied
    return _list(request, NewProgramForm())


@require_POST
@login_required
def create_program(request: SignedInRequest) -> HttpResponse:
    """Make a program with the pathway's defaults."""
    if not request.user.has_perm("residents.create_program"):
        raise PermissionDenied
    form = NewProgramForm(request.POST)
    if form.is_valid():
        try:
            made = services.create_program(by=request.user, at=now(), **form.cleaned_data)
            messages.success(request, f"{made.name} is there. Invite its director now.")
            return redirect("residents:operated-program", made.slug)
        except DomainError as error:
            form.add_error("slug", str(error))
    return _list(request, form, status=REFUSED)


@require_safe
@login_required
def operated_program(request: SignedInRequest, program: str) -> HttpResponse:
    """Show who directs a program and who is invited to."""
    place = get_operated_program(request.user, program)
    return show_program(request, place, DirectorForm())


@require_POST
@login_required
def invite_director(request: SignedInRequest, program: str) -> HttpResponse:
    """Offer the program to its first director."""
    place = get_operated_program(request.user, program, "residents.invite_director")
    form = DirectorForm(request.POST)
    if form.is_valid():
        try:
            invitation = services.invite_director(
                place, by=request.user, at=now(), **form.cleaned_data
            )
            messages.success(request, f"{invitation.person.name} is invited.")
            return redirect("residents:operated-program", place.slug)
        except DomainError as error:
            form.add_error(None, str(error))
    return show_program(request, place, form, status=REFUSED)


def _list(request: SignedInRequest, form: NewProgramForm, *, status: int = 200) -> HttpResponse:
    context = {"programs": reads.every_program(), "form": form}
    return render(request, "residents/program_list.html", context, status=status)


def show_program(
    request: SignedInRequest,
    program: Program,
    form: DirectorForm,
    *,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    """Draw the page of one program, with what a deed has to show on it."""
    context = {
        "program": program,
        "directors": reads.directors(program),
        "invitations": reads.last_invitations(program),
        "now": now(),
        "form": form,
        "mail_is_set_up": settings.MAIL_IS_SET_UP or settings.DEMO,
        **shown,
    }
    return render(request, "residents/operated_program.html", context, status=status)
