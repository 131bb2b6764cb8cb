"""People: who has which role, who is invited, and what a person does here."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

import residents.services
from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import full_day, local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_person, get_program, get_role
from residents.models import Program, RoleGrant
from residents.states import Role

from ..people_forms import CorrectForm, EndForm, InviteForm, RoleForm
from ..people_rows import Asked, people_lead, person_rows, select_inputs
from ..reads.people import alike, givable, holder_of, known_people, may_correct, person_facts

CORRECT = "id_correct_%s"


@require_safe
@login_required
def people(request: SignedInRequest, program: str) -> HttpResponse:
    """Show everybody with a role, and the form that invites somebody."""
    place = get_program(request.user, program, "residents.view_people")
    return _people(request, place, InviteForm(roles=givable(request.user, place)))


@require_POST
@login_required
def invite_person(request: SignedInRequest, program: str) -> HttpResponse:
    """Offer a role to somebody new; who may be there already is shown first."""
    place = get_program(request.user, program, "residents.view_people")
    roles = givable(request.user, place)
    form = InviteForm(request.POST, roles=roles, asks="sure" in request.POST)
    if not form.is_valid():
        return _people(request, place, form, status=REFUSED)
    newcomer, said = form.newcomer(), form.cleaned_data
    found = [] if said.pop("sure", False) else alike(place, newcomer)
    if found:
        form = InviteForm(request.POST, roles=roles, asks=True)
        return _people(request, place, form, alike=found, status=REFUSED)
    offer = {name: said[name] for name in ("role", "since", "until")}
    if not request.user.has_perm("residents.invite_person", RoleGrant(program=place, **offer)):
        raise PermissionDenied
    try:
        sent = residents.services.invite_person(place, newcomer, by=request.user, at=now(), **offer)
    except DomainError as error:
        form.add_error("email", str(error))
        return _people(request, place, form, status=REFUSED)
    messages.success(request, f"{sent.person.name} is invited by mail to {sent.email}.")
    return redirect("residents:person", program, sent.person.uid)


@require_safe
@login_required
def person(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what a person does here, from when and until when."""
    place, who = get_person(request.user, program, uid)
    return _person(request, place, who)


@require_POST
@login_required
def give_role(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Give somebody who belongs here a role."""
    place, who = get_person(request.user, program, uid)
    form = RoleForm(request.POST, roles=givable(request.user, place, who))
    if form.is_valid():
        offer = RoleGrant(program=place, person=who, **form.cleaned_data)
        if not request.user.has_perm("residents.give_role", offer):
            raise PermissionDenied
        try:
            residents.services.give_role(who, program=place, by=request.user, **form.cleaned_data)
            messages.success(request, f"{who.name} has the role {Role(offer.role).noun}.")
            return redirect("residents:person", program, uid)
        except DomainError as error:
            form.add_error(None, str(error))
    return _person(request, place, who, form, status=REFUSED)


@require_POST
@login_required
def end_role(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """End a role in the program on a day."""
    grant = get_role(request.user, program, uid, "residents.end_role")
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the last day of the role.")
        return redirect("residents:person", program, grant.person.uid)
    assert grant.program, "the door is that of a program"
    day, here = form.cleaned_data["on"], today(grant.program.zone)
    try:
        residents.services.end_role(grant, on=day, today=here, by=request.user)
        messages.success(request, f"The role ends after {full_day(day)}.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:person", program, grant.person.uid)


@require_POST
@login_required
def correct_person(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Correct a name or an address; two people can swap theirs."""
    place, who = get_person(request.user, program, uid)
    day = today(place.zone)
    form = CorrectForm(request.POST, asks="swap" in request.POST, auto_id=CORRECT)
    if not form.is_valid():
        return _person(request, place, who, correct=form, status=REFUSED)
    said = form.said()
    other = holder_of(place, said["email"]) if said["swap"] else None
    if not all(may_correct(request.user, place, each, day) for each in (who, other or who)):
        raise PermissionDenied
    try:
        residents.services.correct_person(who, program=place, today=day, by=request.user, **said)
        messages.success(request, "Saved. Codes and letters go to the address that is shown.")
        return redirect("residents:person", program, uid)
    except DomainError as error:
        taken = isinstance(error, residents.services.Taken)
        form = CorrectForm(request.POST, asks=taken, auto_id=CORRECT)
        form.add_error("email", str(error))
    return _person(request, place, who, correct=form, status=REFUSED)


def _people(
    request: SignedInRequest,
    program: Program,
    form: InviteForm,
    *,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    asked, day = Asked.of(request.GET), today(program.zone)
    known = known_people(program, asked)
    context = {
        "program": program,
        "lead": people_lead(known, day),
        "rows": person_rows(known, asked, day),
        "asked": asked,
        "selects": list(select_inputs(asked)),
        "form": form,
        **shown,
    }
    return render(request, "cockpit/people.html", context, status=status)


def _person(
    request: SignedInRequest,
    program: Program,
    who: User,
    form: RoleForm | None = None,
    *,
    correct: CorrectForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = now()
    day = local_date(at, program.zone)
    roles = givable(request.user, program, who)
    context = {
        "program": program,
        "person": who,
        "facts": person_facts(program, who, viewer=request.user, today=day),
        "today": day,
        "now": at,
        "may_open": request.user.has_perm("residents.reactivate_person", program),
        "form": form or (RoleForm(roles=roles, initial={"since": day}) if roles else None),
    }
    if correct or may_correct(request.user, program, who, day):
        names = {name: getattr(who, name) for name in ("given_name", "family_name", "email")}
        context["correct"] = correct or CorrectForm(initial=names, auto_id=CORRECT)
    return render(request, "cockpit/person.html", context, status=status)
