"""The front door: where to go after sign-in, and leaving."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.lib.forms import written_in
from qipathway.core.lib.requests import SignedInRequest
from residents.reads import programs_of


@require_safe
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Lead a person to their program, or let them choose when they hold roles in several."""
    programs = programs_of(request.user)
    operates = request.user.has_perm("residents.view_programs")
    if operates and not programs:
        return redirect("residents:programs")
    if len(programs) == 1 and not operates:
        return redirect(programs[0])
    return render(request, "cockpit/programs.html", {"programs": programs, "operates": operates})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and leave nothing of it in the browser."""
    logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form from an older sign-in, and keep what was written for copying."""
    return render(request, "403_csrf.html", {"typed": written_in(request)}, status=403)
