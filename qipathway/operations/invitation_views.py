"""The way in for somebody who is invited. A GET shows, a POST acts: mail scanners follow links."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.links.services import open_link
from residents import services
from residents.models import Invitation
from residents.reads import open_invitation
from residents.reminders import PURPOSE
from residents.states import Role
from residents.wording import DUTIES

GONE = 404


@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered and one button; every link that does not open is answered alike."""
    found = _offered(token)
    role = Role(found.role) if found else Role.RESIDENT
    context = {
        "invitation": found,
        "noun": role.noun,
        "duties": DUTIES.get(role, ""),
        "token": token,
        "stranger": _is_somebody_else(request, found),
    }
    return render(request, "operations/invitation.html", context, status=200 if found else GONE)


@require_POST
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the role; then the person signs in by a code, for a link alone signs nobody in."""
    found = _offered(token)
    if found is None or _is_somebody_else(request, found):
        return redirect("invitation", token)
    try:
        accepted = services.accept_invitation(token, at=now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("invitation", token)
    if request.user.is_authenticated:
        return redirect(accepted.program)
    messages.success(request, "Accepted. Sign in with the address that you were invited at.")
    return redirect("account_login")


def _offered(token: str) -> Invitation | None:
    link = open_link(token, PURPOSE)
    return open_invitation(link.object_id, link.person.email) if link else None


def _is_somebody_else(request: HttpRequest, found: Invitation | None) -> bool:
    user = request.user
    return bool(found and user.is_authenticated and user.pk != found.person_id)
