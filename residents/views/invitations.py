"""Invitations that were sent: their link shown once, sent again, or taken back."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import services
from ..doors import get_invitation
from ..forms import DirectorForm
from ..models import Invitation
from .programs import show_program


@require_POST
@login_required
def show_invitation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Show a link of the invitation, once.

    Answers itself instead of redirecting: the token exists in this answer and nowhere else.
    """
    invitation = get_invitation(request.user, uid, "residents.show_invitation")
    try:
        token = services.show_invitation(invitation, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("residents:operated-program", invitation.program.slug)
    link = settings.SITE_URL.rstrip("/") + reverse("invitation", args=[token])
    return show_program(request, invitation.program, DirectorForm(), link=link, shown=invitation)


@require_POST
@login_required
def renew_invitation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Send the letter again; the link in the older one opens no more."""
    invitation = get_invitation(request.user, uid, "residents.renew_invitation")
    try:
        sent = services.renew_invitation(invitation, by=request.user, at=now())
        messages.success(request, f"A new letter goes to {sent.email}. The older link is void.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, invitation)


@require_POST
@login_required
def revoke_invitation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_invitation(request.user, uid, "residents.revoke_invitation")
    try:
        services.revoke_invitation(invitation, by=request.user)
        messages.success(request, f"The invitation of {invitation.person.name} is taken back.")
    except DomainError as error:
        messages.error(request, str(error))
    return _back(request, invitation)


def _back(request: SignedInRequest, invitation: Invitation) -> HttpResponse:
    """Return to the page on which this viewer sees the invitation."""
    place = invitation.program
    if request.user.has_perm("residents.view_people", place):
        return redirect("residents:person", place.slug, invitation.person.uid)
    return redirect("residents:operated-program", place.slug)
