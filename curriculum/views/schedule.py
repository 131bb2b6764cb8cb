"""Where everybody is, week by week, and which classes they booked."""

from contextlib import suppress
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qipathway.core.clock.services import today
from qipathway.core.lib.dates import monday_of, short_day
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program

from .. import reads

WEEKS = 12
SHOWN = timedelta(weeks=WEEKS)
EARLIEST, LATEST = date(2000, 1, 3), date(2100, 1, 4)


@require_safe
@login_required
def schedule(request: SignedInRequest, program: str) -> HttpResponse:
    """Show twelve weeks of blocks with what is booked in them, to who oversees the program."""
    place = get_program(request.user, program, "curriculum.view_schedule")
    monday = _monday(request.GET.get("from"), today(place.zone))
    context = {
        "program": place,
        "lead": f"{short_day(monday)} to {short_day(monday + SHOWN - timedelta(days=1))}.",
        "weeks": [monday + timedelta(weeks=number) for number in range(WEEKS)],
        "rows": reads.block_schedule(place, monday, WEEKS),
        "earlier_url": f"?from={monday - SHOWN}",
        "later_url": f"?from={monday + SHOWN}",
    }
    return render(request, "curriculum/schedule.html", context)


def _monday(asked: str | None, otherwise: date) -> date:
    """Return the Monday of the week asked for; what is no date is passed over."""
    day = otherwise
    with suppress(ValueError):
        day = min(max(date.fromisoformat(asked or ""), EARLIEST), LATEST)
    return monday_of(day)
