"""A program's academic year on one page: a strip of days for everybody, drawn. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from qipathway.core.charts import Piece, year_strip
from qipathway.core.lib.dates import week_day
from residents.models import Membership
from residents.schedule import HalfDay, Schedule, Stay
from residents.states import PROTECTED_KINDS, QUIET_KINDS, RotationKind

from .reads import Placed

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody's year: its drawing, and how much of what is ahead is protected."""

    name: str
    url: str
    cohort: str
    drawing: SafeString
    ahead: int
    next: str


def rows_of(everybody: Iterable[Placed], days: Days, today: date) -> list[Row]:
    """Return the rows of the page, in the order given."""
    return [_row(placed, days, today) for placed in everybody]


def in_cohort(everybody: Sequence[Placed], name: str) -> list[Placed]:
    """Return those of one intake, or everybody when it has no name or nobody in it."""
    found = [placed for placed in everybody if placed.member.cohort.name == name]
    return found or list(everybody)


def cohort_options(everybody: Iterable[Placed]) -> tuple[tuple[str, str], ...]:
    """Return the choices of the filter, the newest intake first."""
    cohorts = {placed.member.cohort for placed in everybody}
    ordered = sorted(cohorts, key=lambda cohort: cohort.starts_on, reverse=True)
    return (("", "Every cohort"), *((cohort.name, cohort.name) for cohort in ordered))


def _row(placed: Placed, days: Days, today: date) -> Row:
    member, schedule = placed.member, placed.schedule
    free = _protected_ahead(schedule, days, today)
    return Row(
        name=member.resident.person.name,
        url=_url(member),
        cohort=member.cohort.name,
        drawing=year_strip(
            [_piece(stay) for stay in _in_order(schedule)],
            [seat.session.day for seat in placed.seats],
            days=days,
            today=today,
            title=f"The year of {member.resident.person.name}",
            uid=f"year-{member.pk}",
        ),
        ahead=len(free),
        next=f"{week_day(free[0].day)}, {free[0].half.label.lower()}" if free else "",
    )


def _url(member: Membership) -> str:
    resident = member.resident
    return reverse("residents:schedule", args=[resident.program.slug, resident.uid])


def _protected_ahead(schedule: Schedule, days: Days, today: date) -> list[HalfDay]:
    """Return the protected half days from today on; only blocks that protect time are asked."""
    stays = [stay for stay in schedule.stays if stay.kind in PROTECTED_KINDS]
    found = (
        schedule.protected(max(stay.start, days[0], today), min(stay.end, days[1]))
        for stay in stays
    )
    return [half for halves in found for half in halves]


def _in_order(schedule: Schedule) -> list[Stay]:
    """Return blocks first: leave lies over them."""
    return sorted(schedule.stays, key=lambda stay: (stay.kind == RotationKind.LEAVE, stay.start))


def _piece(stay: Stay) -> Piece:
    if stay.kind in PROTECTED_KINDS:
        return Piece(stay.start, stay.end, "free", stay.name.partition(": ")[2] or stay.name)
    kind = "busy"
    if stay.kind in QUIET_KINDS:
        kind = "leave" if stay.kind == RotationKind.LEAVE else "quiet"
    return Piece(stay.start, stay.end, kind, stay.name)
