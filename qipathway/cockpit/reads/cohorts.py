"""One cohort, member by member; and what the next academic year changes for everybody."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from qipathway.core.lib.dates import academic_year, academic_year_of, full_day, short_day
from residents.models import Cohort, Membership, Program
from residents.reads import Tied, coaches_of, members
from residents.training import YEARS

from ..member_words import cohort_heading
from ..words import counted, leave_words
from .members import members_with_training


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of a cohort as the page shows them."""

    member: Membership
    year: str
    state: str
    tone: str
    coach: Tied | None


@dataclass(frozen=True, slots=True)
class CohortPage:
    """A cohort: who is on the pathway, and who has left or completed it."""

    heading: str
    lead: str
    here: tuple[MemberRow, ...]
    gone: tuple[MemberRow, ...]


def cohort_page(cohort: Cohort, today: date) -> CohortPage:
    """Read a cohort with all members it ever had; five queries for any number of them."""
    keys = cohort.memberships.values_list("pk", flat=True)
    people = members_with_training(cohort.program, keys)
    coaches = coaches_of(each.resident_id for each in people)
    rows = [_row(each, coaches.get(each.resident_id), today) for each in people]
    away = sum(row.member.is_running and bool(row.member.resident.away_on(today)) for row in rows)
    return CohortPage(
        heading=cohort_heading([each.state for each in people]),
        lead=_lead(cohort, away),
        here=tuple(row for row in rows if row.member.is_running),
        gone=tuple(row for row in rows if not row.member.is_running),
    )


def _lead(cohort: Cohort, away: int) -> str:
    said = f"Since {full_day(cohort.starts_on)}, held to version {cohort.version} of the pathway."
    who = "member is" if away == 1 else "members are"
    return f"{said} {capfirst(counted(away))} {who} on leave today." if away else said


def _row(member: Membership, coach: Tied | None, today: date) -> MemberRow:
    resident = member.resident
    away = resident.away_on(today) if member.is_running else None
    state, tone = member.get_state_display(), "ok" if member.is_running else "neutral"
    if away:
        state, tone = capfirst(leave_words(away, seen=today)), "info"
    year = f"PGY-{resident.pgy(today)}, month {resident.month(today)}"
    if today < resident.starts_on:
        year = "Not started"
    return MemberRow(member, year, state, tone, coach)


@dataclass(frozen=True, slots=True)
class Turning:
    """One member, and what the days until the new academic year bring them."""

    member: Membership
    words: str
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class RollOver:
    """Who finishes, who enters which year and who stays, by the first day of an academic year."""

    first: date
    finishing: tuple[Turning, ...]
    entering: tuple[tuple[str, tuple[Turning, ...]], ...]
    staying: tuple[Turning, ...]

    @property
    def title(self) -> str:
        """Say how many finish and how many enter another year."""
        entering = sum(len(rows) for _, rows in self.entering)
        finish = f"{counted(len(self.finishing))} finish{'es' * (len(self.finishing) == 1)}"
        enter = f"{counted(entering).lower()} enter{'s' * (entering == 1)} another year"
        return f"{finish} and {enter} by {full_day(self.first)}"


def roll_over(program: Program, today: date) -> RollOver:
    """Work out what the academic year after today's brings; three queries, and nothing to run."""
    year = academic_year_of(today, program.year_starts) + 1
    first, _ = academic_year(year, program.year_starts)
    finishing, staying = [], []
    entering: dict[int, list[Turning]] = {pgy: [] for pgy in range(YEARS, 1, -1)}
    for member in members(program):
        training = member.resident.training
        now, then, ends = training.pgy(today), training.pgy(first), training.ends(today)
        if ends <= first:
            finishing.append(_finishing(member, ends, today))
        elif then > now:
            begins = training.year_begins(then, today)
            entering[then].append(Turning(member, f"on {short_day(begins, seen=today)}"))
        else:
            staying.append(_staying(member, today))
    return RollOver(
        first,
        tuple(finishing),
        tuple((f"Enter PGY-{pgy}", tuple(rows)) for pgy, rows in entering.items() if rows),
        tuple(staying),
    )


def _finishing(member: Membership, ends: date, today: date) -> Turning:
    is_over = ends <= today
    verb = "ended" if is_over else "end"
    return Turning(member, f"the three years {verb} on {full_day(ends)}", is_over=is_over)


def _staying(member: Membership, today: date) -> Turning:
    training = member.resident.training
    pgy = training.pgy(today)
    following = full_day(training.year_begins(pgy + 1, today))
    if today < training.starts_on:
        return Turning(member, f"starts residency on {full_day(training.starts_on)}")
    return Turning(member, f"stays in PGY-{pgy} until {following}")
