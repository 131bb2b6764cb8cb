"""What became of the mail: the letters that did not go out, and a person's decision on each."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import SignedInRequest
from qipathway.core.lib.states import DomainError
from qipathway.core.notices import reads, services
from qipathway.core.notices.models import Mail
from residents.doors import get_program

from .doors import get_mail

SHOWN = 50


@require_safe
@login_required
def deliveries(request: SignedInRequest, program: str) -> HttpResponse:
    """Show how the post is doing and every letter that waits for a person."""
    place = get_program(request.user, program, "reminders.view_deliveries")
    context = {
        "program": place,
        "health": reads.mail_health(scope=place.pk),
        "troubled": list(reads.troubled_mails(scope=place.pk)[:SHOWN]),
    }
    return render(request, "reminders/deliveries.html", context)


@require_POST
@login_required
def send_test_mail(request: SignedInRequest, program: str) -> HttpResponse:
    """Send the person who asks a letter, to see that letters arrive."""
    place = get_program(request.user, program, "reminders.send_test_mail")
    services.send_test_mail(request.user, scope=place.pk, at=now())
    messages.success(request, f"A test mail is on its way to {request.user.email}.")
    return redirect("reminders:deliveries", program)


@require_POST
@login_required
def retry_mail(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Send a letter again."""
    mail = get_mail(request.user, program, uid, "reminders.retry_mail")
    return _decide(request, program, mail, services.retry_mail, "It goes out again in a minute.")


@require_POST
@login_required
def settle_mail(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Record that a letter of unknown fate arrived."""
    mail = get_mail(request.user, program, uid, "reminders.settle_mail")
    return _decide(request, program, mail, services.settle_mail, "Marked as sent.")


@require_POST
@login_required
def dismiss_mail(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let a letter rest: it was seen, and nothing more is to be done."""
    mail = get_mail(request.user, program, uid, "reminders.dismiss_mail")
    return _decide(request, program, mail, services.dismiss_mail, "It rests.")


def _decide(
    request: SignedInRequest, program: str, mail: Mail, act: Callable[..., Mail], done: str
) -> HttpResponse:
    try:
        act(mail, by=request.user, at=now())
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("reminders:deliveries", program)
