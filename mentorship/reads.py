"""Page-shaped reads over check-ins and promises."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import Count, Q

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import clock_days
from residents.models import Membership, Program, Resident, RoleGrant
from residents.reads import members, schedules_of
from residents.rules import residents_where
from residents.schedule import Schedule
from residents.states import Role

from .models import CheckIn, CoachNote, Commitment, Update
from .states import CheckInState, CommitmentState

HISTORY = 6
LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class CheckInFacts:
    """Where coaching stands for one resident, as a board shows it."""

    last_held: date | None = None
    last_uid: UUID | None = None
    mood: str = ""
    asked_director: bool = False
    next_on: date | None = None
    next_clock: time | None = None
    next_uid: UUID | None = None
    open_commitments: int = 0
    overdue_commitments: int = 0


NOTHING = CheckInFacts()


@dataclass(frozen=True, slots=True)
class Mentee:
    """One resident of a coach's caseload.

    ``gap`` counts the days since the last check-in, or since joining, while the clock ran: ICU,
    nights and leave do not count.
    """

    membership: Membership
    facts: CheckInFacts
    schedule: Schedule
    gap: int
    has_written: bool

    @property
    def resident(self) -> Resident:
        return self.membership.resident


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a check-in opens with."""

    promised: tuple[Commitment, ...] = ()
    words: tuple[Update, ...] = ()
    history: tuple[CheckIn, ...] = ()
    notes: dict[int, tuple[CoachNote, ...]] = field(default_factory=dict)

    @property
    def last(self) -> CheckIn | None:
        return self.history[0] if self.history else None

    @property
    def open(self) -> tuple[Commitment, ...]:
        return tuple(each for each in self.promised if each.state == CommitmentState.OPEN)


def for_board(
    program: Program, today: date, residents: Collection[int] | None = None
) -> dict[int, CheckInFacts]:
    """Read where coaching stands for a program's residents, or some of them; two queries.

    Residents about whom nothing is known are absent.
    """
    check_ins = CheckIn.objects.filter(program=program).exclude(state=CheckInState.CANCELLED)
    commitments = Commitment.objects.filter(program=program).open()
    if residents is not None:
        check_ins = check_ins.filter(resident_id__in=residents)
        commitments = commitments.of(residents)
    found: dict[int, CheckInFacts] = {}
    newest = check_ins.order_by("resident_id", "state", "-held_at").distinct("resident_id", "state")
    for row in newest:
        found[row.resident_id] = _with(row, found.get(row.resident_id, NOTHING))
    counts = commitments.values("resident_id").annotate(
        open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today))
    )
    for resident, waiting, overdue in counts.values_list("resident_id", "open", "overdue"):
        facts = found.get(resident, NOTHING)
        found[resident] = replace(facts, open_commitments=waiting, overdue_commitments=overdue)
    return found


def _with(row: CheckIn, facts: CheckInFacts) -> CheckInFacts:
    if row.state == CheckInState.SCHEDULED:
        return replace(facts, next_on=row.day, next_clock=row.clock, next_uid=row.uid)
    return replace(
        facts,
        last_held=row.held_on,
        last_uid=row.uid,
        mood=row.mood,
        asked_director=row.ask_director,
    )


def mentees(user: User, program: Program, today: date) -> list[Mentee]:
    """Read a coach's caseload, the longest gap between check-ins first.

    Nine queries for any number, beside that for the viewer's roles.
    """
    coached = residents_where(user, Role.COACH)
    people = [member for member in members(program) if member.resident_id in coached]
    keys = [member.resident_id for member in people]
    facts = for_board(program, today, keys)
    schedules = schedules_of(keys, today - LOOK_BACK, today)
    waiting = Update.objects.unanswered().filter(program=program, resident__in=keys)
    written = set(waiting.values_list("resident_id", flat=True))
    found = [
        _mentee(
            member,
            facts.get(member.resident_id, NOTHING),
            schedules[member.resident_id],
            today,
            has_written=member.resident_id in written,
        )
        for member in people
    ]
    return sorted(found, key=lambda mentee: -mentee.gap)


def _mentee(
    member: Membership, facts: CheckInFacts, schedule: Schedule, today: date, *, has_written: bool
) -> Mentee:
    since = facts.last_held or member.joined_on
    gap = clock_days(since, today, schedule.pauses())
    return Mentee(member, facts, schedule, gap, has_written)


def agenda(check_in: CheckIn, *, viewer: User) -> Agenda:
    """Read what a check-in opens with, as ``viewer`` may see it; four queries.

    Promises are those still open and those done since the last check-in; words are what the
    resident wrote since then; notes stand by the check-in they were made in.
    """
    held = CheckIn.objects.held().filter(program=check_in.program_id, resident=check_in.resident)
    earlier = held.exclude(pk=check_in.pk).select_related("program").newest_first()
    history = tuple(earlier[:HISTORY])
    since = history[0].held_on if history else None
    done_since = Q(state=CommitmentState.DONE, done_on__gte=since) if since else Q(pk__in=[])
    promises = Commitment.objects.filter(
        Q(state=CommitmentState.OPEN) | done_since, resident=check_in.resident
    )
    words = Update.objects.unanswered().filter(resident=check_in.resident).order_by("-at")
    return Agenda(
        promised=tuple(promises.soonest_first()),
        words=tuple(words),
        history=history,
        notes=notes_of((check_in.pk, *(each.pk for each in history)), viewer),
    )


def planned_for(resident: Resident, *, beside: CheckIn | None = None) -> CheckIn | None:
    """Read the check-in that is planned for a resident, unless it is the one named."""
    planned = CheckIn.objects.scheduled().filter(resident=resident).select_related("program")
    return (planned.exclude(pk=beside.pk) if beside else planned).first()


def open_commitments(resident: Resident) -> tuple[Commitment, ...]:
    """Read what a resident promised and has not done, the soonest due first."""
    return tuple(Commitment.objects.open().of([resident.pk]).soonest_first())


def notes_of(check_ins: Iterable[int], viewer: User) -> dict[int, tuple[CoachNote, ...]]:
    """Read the notes of check-ins that ``viewer`` may read, by check-in."""
    rows = CoachNote.objects.visible_to(viewer).filter(check_in__in=list(check_ins))
    found: dict[int, tuple[CoachNote, ...]] = {}
    for note in rows.select_related("author").order_by("pk"):
        found[note.check_in_id] = (*found.get(note.check_in_id, ()), note)
    return found


def directors_of(program_id: int) -> list[User]:
    """Read who directs a program today."""
    grants = RoleGrant.objects.active().of_role(Role.DIRECTOR).filter(program=program_id)
    return [grant.person for grant in grants.select_related("person").order_by("person")]
