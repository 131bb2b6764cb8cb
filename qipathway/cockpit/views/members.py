"""Members of the pathway, one or many: what a change would do, doing it, and putting all back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

import residents.services
from qipathway.core.clock.services import now
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_membership, get_program
from residents.models import Program
from residents.states import MemberDeed

from .. import services
from ..doors import get_member_change
from ..member_forms import ChangeForm
from ..member_words import done_words
from ..reads.members import cohort_of, plan_change

PAGE = "cockpit/members.html"


@require_safe
@login_required
def member_page(request: SignedInRequest, program: str) -> HttpResponse:
    """Show what a change would do to each member that was chosen, and who it leaves alone."""
    place = get_program(request.user, program, "cockpit.change_members")
    if "deed" not in request.GET:
        return redirect("residents:cohorts", program)
    form = ChangeForm(request.GET, program=place)
    context = _frame(place, form)
    if form.is_valid():
        context["sent"] = list(form.as_sent())
        context["title"] = MemberDeed(form.cleaned_data["deed"]).label
        if form.is_asking:
            context["field"] = form.asked
        else:
            said = form.cleaned_data["members"]
            context["plan"] = plan_change(place, form.change, said, now())
    status = REFUSED if form.errors else 200
    return render(request, PAGE, context, status=status)


@require_POST
@login_required
def change_members(request: SignedInRequest, program: str) -> HttpResponse:
    """Do what was previewed, all of it or nothing; the message can put everybody back."""
    place = get_program(request.user, program, "cockpit.change_members")
    form = ChangeForm(request.POST, program=place)
    if not form.is_valid() or form.is_asking:
        return render(request, PAGE, _frame(place, form), status=REFUSED)
    members, seen = form.cleaned_data["members"], request.POST.get("seen", "")
    try:
        done = services.change_members(
            place, form.change, members=members, seen=seen, by=request.user, at=now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        query = urlencode(list(form.as_sent()))
        return redirect(f"{reverse('residents:members', args=[program])}?{query}")
    words = done_words(form.change.deed, done.count, done.refused, done.seats)
    undo = reverse("cockpit:change-undo", args=[program, done.change.uid])
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect(form.cleaned_data["source"] or reverse("residents:roll-over", args=[program]))


@require_POST
@login_required
def undo_change(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Put back everybody whom a change changed."""
    change = get_member_change(request.user, program, uid, "cockpit.undo_change")
    try:
        lost = services.undo_change(change, by=request.user, at=now())
        messages.success(request, "Everybody stands as before.")
        for words in lost:
            messages.warning(request, f"A seat could not be taken again. {words}")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(cohort_of(change))


@require_POST
@login_required
def reinstate_member(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Put one member back whose place ended by mistake or too soon."""
    member = get_membership(request.user, program, uid, "residents.reinstate_member")
    try:
        residents.services.reinstate_member(member, by=request.user)
        messages.success(request, f"{member.resident.person.name} is on the pathway again.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(member.cohort)


def _frame(program: Program, form: ChangeForm) -> dict[str, Any]:
    cohorts = reverse("residents:cohorts", args=[program.slug])
    return {"program": program, "form": form, "cohorts_url": cohorts}
