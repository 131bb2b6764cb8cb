"""Somebody leaves: who depends on them is handed over, then roles end or the account closes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

import curriculum.services
import residents.services
from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_person
from residents.models import Program
from residents.states import Role

from .. import services
from ..people_forms import HandOverForm, SessionsForm
from ..reads.leaving import Dependents, dependents_of, preview_hand_over


@require_safe
@login_required
def leaving(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show who depends on a person, and what the hand-over that was asked about would change."""
    place, who = get_person(request.user, program, uid)
    found = dependents_of(place, who, now())
    forms = _forms(request, place, who, found)
    asked = forms.get(request.GET.get("role", ""))
    return _show(request, place, who, found, forms, looks=bool(asked and asked.is_valid()))


@require_POST
@login_required
def reassign_residents(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Hand residents over to another coach or sponsor, all of them at once."""
    place, who = get_person(request.user, program, uid)
    _ask(request, "residents.reassign_residents", place)
    at = now()
    found = dependents_of(place, who, at)
    forms = _forms(request, place, who, found)
    form = forms.get(request.POST.get("role", ""))
    if form is None or not form.is_valid():
        messages.error(request, "Choose whom to hand over, and to whom.")
        return _show(request, place, who, found, forms, status=REFUSED)
    said = form.cleaned_data
    chosen, role, person = list(said["residents"]), Role(said["role"]), said["person"]
    try:
        services.reassign_residents(chosen, role=role, person=person, by=request.user, at=at)
        count = "1 resident goes" if len(chosen) == 1 else f"{len(chosen)} residents go"
        messages.success(request, f"{count} to {person.name} from today on.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:leaving", program, uid)


@require_POST
@login_required
def reassign_sessions(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Let another instructor teach classes to come."""
    place, who = get_person(request.user, program, uid)
    _ask(request, "curriculum.reassign_sessions", place)
    found = dependents_of(place, who, now())
    form = SessionsForm(request.POST, program=place, leaves=who, sessions=found.sessions)
    if not form.is_valid():
        messages.error(request, "Choose the classes, and who teaches them.")
        forms = _forms(request, place, who, found)
        return _show(request, place, who, found, forms, sessions=form, status=REFUSED)
    try:
        moved = curriculum.services.reassign_sessions(by=request.user, **form.cleaned_data)
        count = "1 class" if len(moved) == 1 else f"{len(moved)} classes"
        messages.success(request, f"{form.cleaned_data['instructor'].name} teaches {count} more.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:leaving", program, uid)


@require_POST
@login_required
def release_person(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """End every role of a person here; their account stays open."""
    place, who = get_person(request.user, program, uid)
    _ask(request, "residents.release_person", place)
    try:
        services.release_person(who, program=place, by=request.user, at=now())
        messages.success(request, f"{who.name} holds no role here any more.")
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("residents:leaving", program, uid)
    return redirect("residents:people", program)


@require_POST
@login_required
def deactivate_person(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Close a person's account, with every session and link of theirs."""
    place, who = get_person(request.user, program, uid)
    _ask(request, "residents.deactivate_person", place)
    try:
        services.deactivate_person(who, program=place, by=request.user, at=now())
        messages.success(request, f"{who.name} cannot sign in any more.")
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("residents:leaving", program, uid)
    return redirect("residents:person", program, uid)


@require_POST
@login_required
def reactivate_person(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Open a closed account again."""
    place, who = get_person(request.user, program, uid)
    _ask(request, "residents.reactivate_person", place)
    try:
        residents.services.reactivate_person(who, program=place, by=request.user)
        messages.success(request, f"{who.name} can sign in again. Give them their roles now.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:person", program, uid)


def _ask(request: SignedInRequest, action: str, program: Program) -> None:
    if not request.user.has_perm(action, program):
        raise PermissionDenied


def _forms(
    request: SignedInRequest, program: Program, who: User, found: Dependents
) -> dict[str, HandOverForm]:
    """Return the form of each role that is to be handed over; what was sent fills its own."""
    if not request.user.has_perm("residents.reassign_residents", program):
        return {}
    sent = request.POST if request.method == "POST" else request.GET
    return {
        role.value: HandOverForm(
            sent if sent.get("role") == role else None, role=role, leaves=who, residents=tied
        )
        for role, tied in ((Role.COACH, found.coached), (Role.SPONSOR, found.sponsored))
        if tied
    }


def _show(
    request: SignedInRequest,
    program: Program,
    who: User,
    found: Dependents,
    forms: dict[str, HandOverForm],
    *,
    looks: bool = False,
    sessions: SessionsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"program": program, "person": who, "found": found}
    context["coach_form"], context["sponsor_form"] = forms.get("coach"), forms.get("sponsor")
    if found.sessions and request.user.has_perm("curriculum.reassign_sessions", program):
        context["sessions_form"] = sessions or SessionsForm(
            program=program, leaves=who, sessions=found.sessions
        )
    if looks:
        form = forms[request.GET["role"]]
        said, day = form.cleaned_data, local_date(now(), program.zone)
        context["hidden"] = form.as_sent()
        context["changes"], context["load"] = preview_hand_over(
            program, said["residents"], role=Role(said["role"]), person=said["person"], today=day
        )
    context["may_end"] = request.user.has_perm("residents.release_person", program)
    return render(request, "cockpit/leaving.html", context, status=status)
