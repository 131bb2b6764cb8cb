"""The share of all residents who are involved in quality improvement, over the years."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qipathway.core.charts import Line, run_chart
from qipathway.core.clock.services import today
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program

from ..involvement import RULE, involvement_lead, involvement_points, involvement_table
from ..reads.involvement import involvement

BOUNDS = (Line(0, "", "bound"), Line(100, "", "bound"))


@require_safe
@login_required
def involvement_page(request: SignedInRequest, program: str) -> HttpResponse:
    """Draw the share over the years, say by which rule, and name who counts in the present one."""
    place = get_program(request.user, program, "cockpit.view_involvement")
    years = involvement(place, today(place.zone))
    lead = involvement_lead(years)
    points = involvement_points(years)
    context = {
        "program": place,
        "lead": lead,
        "rule": RULE,
        "chart": run_chart(
            points, title="Residents involved", description=lead, unit="%", lines=BOUNDS
        ),
        "table": involvement_table(years),
        "now": years[-1] if years else None,
    }
    return render(request, "cockpit/involvement.html", context)
