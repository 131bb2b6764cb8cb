"""The checklist that leads a new director from an empty program to the first reminder."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program

from ..first_hour_steps import lead_of, steps_of
from ..reads.first_hour import first_hour_of


@require_safe
@login_required
def first_hour(request: SignedInRequest, program: str) -> HttpResponse:
    """Show the steps, each done or with the way to it."""
    place = get_program(request.user, program, "residents.view_first_hour")
    steps = steps_of(first_hour_of(place, request.user))
    current = next((step for step in steps if not step.done), None)
    context = {
        "program": place,
        "lead": lead_of(steps),
        "steps": [(step, reverse(step.page, args=[place.slug])) for step in steps],
        "current": current,
    }
    return render(request, "cockpit/first_hour.html", context)
