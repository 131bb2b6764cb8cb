"""The plan of a resident over the months of residency."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qipathway.core.clock.services import today
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_resident

from ..plan_words import plan_key, plan_lead, plan_picture, plan_table
from ..reads.plan import whole_plan


@require_safe
@login_required
def plan_page(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Show what the pathway expects of a resident when, and what was done when."""
    resident = get_resident(request.user, program, uid, "residents.view_resident")
    plan = whole_plan(resident, today(resident.program.zone))
    context: dict[str, object] = {"program": resident.program, "resident": resident, "plan": plan}
    if plan:
        context |= {
            "lead": plan_lead(plan),
            "picture": plan_picture(plan, uid="plan"),
            "key": plan_key(),
            "table": plan_table(plan),
        }
    return render(request, "cockpit/plan.html", context)
