"""Who coaches whom: named and handed over by the KPO lead; sponsors and mentors by the director."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

import residents.services
from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now, today
from qipathway.core.lib.dates import local_date
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError
from residents.doors import get_program, get_resident, get_tie
from residents.holders import coaches_and_sponsors
from residents.models import Program, Resident
from residents.reads import coach_loads, coaches_of, members, other_ties

from .. import services
from ..coaching_words import coaching_lead, load_rows, resident_rows
from ..forms import CoachForm, TieForm

PAGE = "cockpit/coaching.html"


@require_safe
@login_required
def coaching(request: SignedInRequest, program: str) -> HttpResponse:
    """Show who has no coach, how much each coach carries, and who has whom."""
    place = get_program(request.user, program, "residents.assign_coach")
    return render(request, PAGE, page_context(request, place))


def page_context(
    request: SignedInRequest, program: Program, form: TieForm | None = None
) -> dict[str, object]:
    """Gather what the page shows to this viewer; the ties that only a director makes, to them."""
    loads = coach_loads(program, today(program.zone))
    people = members(program)
    coaches = coaches_of([member.resident_id for member in people])
    rows = resident_rows(people, coaches, loads)
    context: dict[str, object] = {
        "program": program,
        "lead": coaching_lead(rows, loads),
        "loads": load_rows(loads),
        "alone": [row for row in rows if not row.coach],
        "coached": [row for row in rows if row.coach],
    }
    if request.user.has_perm("residents.grant_role", program):
        context["form"] = form or TieForm(program=program)
        context["ties"] = other_ties(program)
    return context


@require_POST
@login_required
def assign_coach(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Name a resident's coach, or hand the resident over to another one."""
    resident = get_resident(request.user, program, uid, "residents.assign_coach")
    form = CoachForm(request.POST, program=resident.program)
    if not form.is_valid():
        messages.error(request, f"Choose who coaches {resident.person.name}.")
        return render(request, PAGE, page_context(request, resident.program), status=REFUSED)
    person, at = form.cleaned_data["coach"], now()
    day = local_date(at, resident.program.zone)
    try:
        services.assign_coach(resident, person=person, on=day, by=request.user, at=at)
        words = f"{person.name} coaches {resident.person.name} from today on. Both are told."
        messages.success(request, words)
        _warn_of_two_roles(request, resident, person)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:coaching", program)


@require_POST
@login_required
def grant_role(request: SignedInRequest, program: str) -> HttpResponse:
    """Tie a sponsor or a mentor to a resident."""
    place = get_program(request.user, program, "residents.grant_role")
    form = TieForm(request.POST, program=place)
    if form.is_valid():
        try:
            grant = services.grant_role(by=request.user, at=now(), **form.cleaned_data)
            words = f"{grant.person.name} is recorded as {form.cleaned_data['role'].noun}."
            messages.success(request, words)
            _warn_of_two_roles(request, form.cleaned_data["resident"], grant.person)
            return redirect("residents:coaching", program)
        except DomainError as error:
            form.add_error(None, str(error))
    return render(request, PAGE, page_context(request, place, form), status=REFUSED)


@require_POST
@login_required
def end_grant(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """End a sponsor's or a mentor's tie after today."""
    place = get_program(request.user, program)
    grant = get_tie(request.user, place, uid, "residents.end_grant")
    try:
        residents.services.end_grant(grant, on=today(place.zone), by=request.user)
        messages.success(request, f"{grant.person.name}'s time ends after today.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("residents:coaching", program)


def _warn_of_two_roles(request: SignedInRequest, resident: Resident, person: User) -> None:
    """Say that one person now both coaches a resident and signs for the organisation."""
    if coaches_and_sponsors(resident, person):
        words = f"{person.name} is now both coach and sponsor of {resident.person.name}."
        messages.warning(request, words)
