"""Where each role begins, and the search that finds anybody's people, classes and projects."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from capstone.models import Project
from curriculum.models import Course
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program
from residents.models import Resident
from residents.rules import residents_where, role_in
from residents.states import Role

BEGIN = {
    Role.DIRECTOR: "cockpit:board",
    Role.COORDINATOR: "cockpit:board",
    Role.CHIEF: "cockpit:board",
    Role.KPO_LEAD: "cockpit:board",
    Role.RESIDENT: "cockpit:today",
    Role.COACH: "cockpit:wall",
    Role.INSTRUCTOR: "curriculum:sessions",
    Role.SPONSOR: "cockpit:sponsored",
}
LIMIT = 12


@require_safe
@login_required
def home(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead each role to the page with what they came for."""
    place = get_program(request.user, program)
    role = role_in(request.user, place.pk)
    begin = BEGIN.get(role) if role else None
    if begin:
        return redirect(begin, place.slug)
    return render(request, "cockpit/nothing_yet.html", {"program": place, "role": role})


@require_safe
@login_required
def sponsored(request: SignedInRequest, program: str) -> HttpResponse:
    """Show a sponsor the projects they sponsor."""
    place = get_program(request.user, program)
    mine = residents_where(request.user, Role.SPONSOR)
    projects = Project.objects.for_page().filter(program=place, resident__in=mine)
    context = {
        "program": place,
        "projects": list(projects.order_by("resident__person__family_name")),
    }
    return render(request, "cockpit/sponsored.html", context)


@require_safe
@login_required
def search(request: SignedInRequest, program: str) -> HttpResponse:
    """Find residents, classes and projects that the viewer may see, by any part of a name."""
    place = get_program(request.user, program)
    words = request.GET.get("q", "").strip()[:80]
    lead = f"What you may see that holds “{words}”." if words else ""
    context = {"program": place, "words": words, "search_lead": lead}
    if words:
        context |= _found(request, place.pk, words)
    return render(request, "cockpit/search.html", context)


def _found(request: SignedInRequest, program_id: int, words: str) -> dict[str, object]:
    user = request.user
    residents = Resident.objects.visible_to(user).filter(program=program_id).named(words)
    courses = Course.objects.visible_to(user).filter(program=program_id, title__icontains=words)
    projects = Project.objects.visible_to(user).filter(program=program_id, title__icontains=words)
    people = residents.select_related("person", "program").by_name()
    return {
        "residents": list(people[:LIMIT]),
        "courses": list(courses[:LIMIT]),
        "projects": list(projects.select_related("program", "resident__person")[:LIMIT]),
    }
