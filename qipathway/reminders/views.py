"""What became of the mail: the letters that did not go out, and a person's decision on each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.lib.states import DomainError
from qipathway.core.notices import reads, services
from residents.doors import get_program

SHOWN = 50


@require_safe
@login_required
def deliveries(request: HttpRequest, program: str) -> HttpResponse:
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
def retry_delivery(request: HttpRequest, program: str, pk: int) -> HttpResponse:
    """Send a letter again."""
    place = get_program(request.user, program, "reminders.retry_delivery")
    mail = get_object_or_404(reads.troubled_mails(scope=place.pk), pk=pk)
    try:
        services.retry_mail(mail, by=request.user)
        messages.success(request, "It goes out again within a minute.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("reminders:deliveries", program)


@require_POST
@login_required
def settle_delivery(request: HttpRequest, program: str, pk: int) -> HttpResponse:
    """Record that a letter of unknown fate arrived."""
    place = get_program(request.user, program, "reminders.settle_delivery")
    mail = get_object_or_404(reads.troubled_mails(scope=place.pk), pk=pk)
    try:
        services.mark_as_sent(mail, by=request.user)
        messages.success(request, "Marked as sent.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("reminders:deliveries", program)
