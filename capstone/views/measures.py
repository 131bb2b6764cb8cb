"""What a project measures: its charts, and the values that they are made of."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qipathway.core.clock.services import now, today
from qipathway.core.lib.requests import REFUSED, SignedInRequest
from qipathway.core.lib.states import DomainError

from .. import reads, services
from ..doors import get_measure, get_point, get_project
from ..forms import MeasureForm, PointForm
from ..models import Measure, Point, Project
from .crumbs import crumbs


@require_safe
@login_required
def measure_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """One measure: what its chart says, the chart, the numbers, and the field for the next one."""
    measure = get_measure(request.user, program, uid, "capstone.view_measure")
    return _page(request, measure)


@require_safe
@login_required
def new_measure_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """The form that names a number to follow."""
    project = get_project(request.user, program, uid, "capstone.add_measure")
    return _form_page(request, project, MeasureForm(needed=_needed(project)))


@require_safe
@login_required
def edit_measure_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """The form that says better what is measured."""
    measure = get_measure(request.user, program, uid, "capstone.correct_measure")
    form = MeasureForm(instance=measure, needed=_needed(measure.project))
    return _form_page(request, measure.project, form, measure)


@require_safe
@login_required
def point_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """The form that puts one value right, or takes it out."""
    point = get_point(request.user, program, uid, "capstone.correct_point")
    return _point_page(request, point, PointForm.of(point, today=today(point.program.zone)))


@require_POST
@login_required
def add_measure(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Name a number to follow; the next thing is its first value."""
    project = get_project(request.user, program, uid, "capstone.add_measure")
    form = MeasureForm(request.POST, needed=_needed(project))
    if not form.is_valid():
        return _form_page(request, project, form, status=REFUSED)
    try:
        measure = services.add_measure(project, by=request.user, fields=form.written)
    except DomainError as error:
        form.add_error(None, str(error))
        return _form_page(request, project, form, status=REFUSED)
    messages.success(request, "Saved. Add the first value; older ones can follow in any order.")
    return redirect(measure)


@require_POST
@login_required
def correct_measure(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Say better what is measured."""
    measure = get_measure(request.user, program, uid, "capstone.correct_measure")
    form = MeasureForm(request.POST, instance=measure, needed=_needed(measure.project))
    if not form.is_valid():
        return _form_page(request, measure.project, form, measure, status=REFUSED)
    try:
        services.correct_measure(measure, by=request.user, fields=form.written)
    except DomainError as error:
        form.add_error(None, str(error))
        return _form_page(request, measure.project, form, measure, status=REFUSED)
    messages.success(request, "Saved.")
    return redirect(measure)


@require_POST
@login_required
def add_point(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Add a value and say in words what the chart says with it."""
    measure = get_measure(request.user, program, uid, "capstone.add_point")
    day = today(measure.program.zone)
    form = PointForm(request.POST, measure=measure, today=day)
    if not form.is_valid():
        return _page(request, measure, form, status=REFUSED)
    try:
        point = services.add_point(measure, by=request.user, today=day, fields=form.cleaned_data)
    except DomainError as error:
        form.add_error(None, str(error))
        return _page(request, measure, form, status=REFUSED)
    undo = _address("point-remove", point)
    messages.success(request, f"Added. {_finding(measure)}", extra_tags=f"undo:{undo}")
    return redirect(measure)


@require_POST
@login_required
def correct_point(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Put a value right."""
    point = get_point(request.user, program, uid, "capstone.correct_point")
    day = today(point.program.zone)
    form = PointForm.of(point, request.POST, today=day)
    if not form.is_valid():
        return _point_page(request, point, form, status=REFUSED)
    try:
        services.correct_point(point, by=request.user, today=day, fields=form.cleaned_data)
    except DomainError as error:
        form.add_error(None, str(error))
        return _point_page(request, point, form, status=REFUSED)
    messages.success(request, f"Corrected. {_finding(point.measure)}")
    return redirect(point.measure)


@require_POST
@login_required
def remove_point(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Take a value out of the chart, for the time being or for good."""
    point = get_point(request.user, program, uid, "capstone.remove_point")
    try:
        services.remove_point(point, by=request.user, at=now())
        undo = _address("point-restore", point)
        messages.success(request, "Taken out of the chart.", extra_tags=f"undo:{undo}")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(point.measure)


@require_POST
@login_required
def restore_point(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Put a value back that was taken out."""
    point = get_point(request.user, program, uid, "capstone.restore_point")
    try:
        services.restore_point(point, by=request.user, today=today(point.program.zone))
        messages.success(request, "Back in the chart.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(point.measure)


def _needed(project: Project) -> int:
    """Return how many baseline points the resident's version of the pathway asks for."""
    return reads.baseline_needed(project.resident)


def _finding(measure: Measure) -> str:
    return f"{reads.measure_page(measure, _needed(measure.project)).finding.headline}."


def _address(name: str, point: Point) -> str:
    return reverse(f"capstone:{name}", args=[point.program.slug, point.uid])


def _page(
    request: SignedInRequest, measure: Measure, form: PointForm | None = None, status: int = 200
) -> HttpResponse:
    """Show a measure, to who may add a value with the form for it."""
    project = measure.project
    page = reads.measure_page(measure, _needed(project))
    may_add = not project.is_sealed and request.user.has_perm("capstone.add_point", measure)
    day = today(measure.program.zone)
    start = {"day": day, "phase": page.next_phase}
    context = {
        "measure": measure,
        "program": measure.program,
        "page": page,
        "lead": f"In {measure.unit}; {measure.get_goal_display().lower()}. "
        f"{project.resident.person.name}.",
        "form": (form or PointForm(measure=measure, today=day, initial=start)) if may_add else None,
        "crumbs": crumbs(project, measure.name),
    }
    return render(request, "capstone/measure.html", context, status=status)


def _form_page(
    request: SignedInRequest,
    project: Project,
    form: MeasureForm,
    measure: Measure | None = None,
    status: int = 200,
) -> HttpResponse:
    slug = project.program.slug
    save = (
        reverse("capstone:measure-correct", args=[slug, measure.uid])
        if measure
        else reverse("capstone:measure-add", args=[slug, project.uid])
    )
    context: dict[str, Any] = {
        "program": project.program,
        "form": form,
        "title": "Change the measure" if measure else "What will you measure?",
        "save_url": save,
        "cancel_url": (measure or project).get_absolute_url(),
        "crumbs": crumbs(project, "Measure"),
    }
    return render(request, "capstone/measure_form.html", context, status=status)


def _point_page(
    request: SignedInRequest, point: Point, form: PointForm, status: int = 200
) -> HttpResponse:
    context = {
        "point": point,
        "program": point.program,
        "form": form,
        "crumbs": crumbs(point.measure.project, "Data point"),
    }
    return render(request, "capstone/point.html", context, status=status)
