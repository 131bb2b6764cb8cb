"""Who is involved in quality improvement: the facts of the apps, joined by resident."""

from collections import defaultdict
from datetime import date

from django.db.models import F, QuerySet

from capstone.models import StageEntry
from curriculum.models import Activity, Contribution
from residents.models import TRAINING, Membership, Program

from ..involvement import FOREVER, Stretch, Year, years_of

PATHWAY, CAPSTONE = "pathway", "capstone"
ACTIVITY, CONTRIBUTION = "activities", "contributions"


def involvement(program: Program, today: date) -> list[Year]:
    """Read the academic years of a program, the present one last; a constant number of queries."""
    people = program.residents.select_related("person", "program").by_name()
    return years_of(
        people.prefetch_related(*TRAINING),
        _stretches(program),
        today=today,
        year_starts=program.year_starts,
    )


def _stretches(program: Program) -> dict[int, list[Stretch]]:
    """Read on which days who was involved in what."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    places = Membership.objects.filter(program=program)
    for resident, first, last in places.values_list("resident_id", "joined_on", "ended_on"):
        found[resident].append(Stretch(PATHWAY, first, last or FOREVER))
    entries = StageEntry.objects.filter(program=program).annotate(who=F("project__resident_id"))
    for resident, first, last in entries.values_list("who", "entered_on", "left_on"):
        found[resident].append(Stretch(CAPSTONE, first, last or FOREVER))
    for what, rows in (
        (ACTIVITY, Activity.objects.filter(program=program)),
        (CONTRIBUTION, Contribution.objects.filter(program=program).confirmed()),
    ):
        for resident, day in _days(rows):
            found[resident].append(Stretch(what, day, day))
    return found


def _days(rows: QuerySet) -> QuerySet:
    return rows.order_by().values_list("resident_id", "day")
