"""Where everybody is, week by week, and which classes they booked."""

from contextlib import suppress
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qipathway.core.charts import year_months
from qipathway.core.clock.services import today
from qipathway.core.lib.dates import (
    academic_year,
    academic_year_label,
    academic_year_of,
    monday_of,
    short_day,
)
from qipathway.core.lib.requests import SignedInRequest
from residents.doors import get_program
from residents.models import Program

from .. import reads
from ..strips import cohort_options, in_cohort, rows_of

WEEKS = 12
SHOWN = timedelta(weeks=WEEKS)
EARLIEST, LATEST = date(2000, 1, 3), date(2100, 1, 4)


@require_safe
@login_required
def schedule(request: SignedInRequest, program: str) -> HttpResponse:
    """Show twelve weeks, or a year, of blocks with what is booked, to who oversees the program."""
    place = get_program(request.user, program, "curriculum.view_schedule")
    if request.GET.get("show") == "year":
        return _year(request, place)
    monday = _monday(request.GET.get("from"), today(place.zone))
    context = {
        "program": place,
        "segments": _segments(year=False),
        "may_see_rotations": request.user.has_perm("residents.view_rotations", place),
        "lead": f"{short_day(monday)} to {short_day(monday + SHOWN - timedelta(days=1))}.",
        "weeks": [monday + timedelta(weeks=number) for number in range(WEEKS)],
        "rows": reads.block_schedule(place, monday, WEEKS),
        "earlier_url": f"?from={monday - SHOWN}",
        "later_url": f"?from={monday + SHOWN}",
    }
    return render(request, "curriculum/schedule.html", context)


def _year(request: SignedInRequest, program: Program) -> HttpResponse:
    """Show the academic year of everybody, or of one intake, a strip of days each."""
    day = today(program.zone)
    year = _year_asked(request.GET.get("year"), academic_year_of(day, program.year_starts))
    days = academic_year(year, program.year_starts)
    everybody = reads.everybody_placed(program, *days)
    cohort = request.GET.get("cohort", "")
    select = {"name": "cohort", "label": "Cohort", "value": cohort}
    context = {
        "program": program,
        "segments": _segments(year=True),
        "may_see_rotations": request.user.has_perm("residents.view_rotations", program),
        "selects": [{**select, "options": cohort_options(everybody)}],
        "hidden": [("show", "year"), ("year", year)],
        "lead": f"{academic_year_label(year, program.year_starts)}, day by day.",
        "rows": rows_of(in_cohort(everybody, cohort), days, day),
        "months": year_months(days, uid="months"),
        "earlier_url": "?" + urlencode({"show": "year", "year": year - 1, "cohort": cohort}),
        "later_url": "?" + urlencode({"show": "year", "year": year + 1, "cohort": cohort}),
    }
    return render(request, "curriculum/schedule_year.html", context)


def _segments(*, year: bool) -> list[dict[str, object]]:
    """Return the two ways in which the page can be read."""
    return [
        {"label": "Twelve weeks", "url": "?", "current": not year},
        {"label": "The year", "url": "?show=year", "current": year},
    ]


def _year_asked(asked: str | None, otherwise: int) -> int:
    """Return the academic year asked for; what is no year is passed over."""
    known = asked is not None and asked.isdecimal() and len(asked) == 4
    return min(max(int(asked or 0), EARLIEST.year), LATEST.year) if known else otherwise


def _monday(asked: str | None, otherwise: date) -> date:
    """Return the Monday of the week asked for; what is no date is passed over."""
    day = otherwise
    with suppress(ValueError):
        day = min(max(date.fromisoformat(asked or ""), EARLIEST), LATEST)
    return monday_of(day)
