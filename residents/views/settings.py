"""How a program wants to be run: its words, its zone, its days, and versions of its pathway."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest

from .. import services
from ..doors import get_program
from ..forms import SettingsForm
from ..models import Program
from ..versions import versions_of


@require_safe
@login_required
def program_settings(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a director what holds in their program."""
    place = get_program(request.user, program, "residents.save_program")
    return _show(request, place, SettingsForm(instance=place))


@require_POST
@login_required
def save_program(request: SignedInRequest, program: str) -> HttpResponse:
    """Keep what was set."""
    place = get_program(request.user, program, "residents.save_program")
    form = SettingsForm(request.POST, instance=place)
    if not form.is_valid():
        return _show(request, place, form, status=REFUSED)
    services.save_program(place, by=request.user, at=now(), values=form.cleaned_data)
    messages.success(request, "Saved.")
    return redirect("residents:settings", place.slug)


def _show(
    request: SignedInRequest, program: Program, form: SettingsForm, status: int = 200
) -> HttpResponse:
    context = {"program": program, "form": form, "versions": versions_of(program)}
    return render(request, "residents/settings.html", context, status=status)
