"""The record of a resident: where they stand, and their story to those who may read it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from qipathway.core.charts.ring import ring
from qipathway.core.clock.services import today
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_own_residency, get_resident

from ..plan_words import plan_lead, plan_picture
from ..reads.record import record_for


@require_safe
@login_required
def own_record(request: SignedInRequest, program: str) -> HttpResponse:
    """Lead a resident to their own record."""
    return redirect(get_own_residency(request.user, program))


@require_safe
@login_required
def record_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show where a resident stands, and their story to those who may read it."""
    resident = get_resident(request.user, program, uid, "residents.view_resident")
    day = today(resident.program.zone)
    record = record_for(request.user, resident, day, before=request.GET.get("before", ""))
    context = {
        "program": resident.program,
        "resident": resident,
        "record": record,
        "ring": ring(record.progress.complete, record.progress.required, "Classes complete"),
    }
    if plan := record.plan:
        context |= {
            "plan_lead": plan_lead(plan),
            "plan_picture": plan_picture(plan, plan.urgent, uid="plan-now"),
        }
    return render(request, "cockpit/record.html", context)
