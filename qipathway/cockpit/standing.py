"""Where everybody stands, and who needs whom: facts of the apps joined, nothing typed by hand."""

from dataclasses import dataclass
from datetime import date

from capstone.reads import CapstoneFacts
from curriculum.reads import ClassProgress, SbpProgress
from mentorship.reads import CheckInFacts
from qipathway.core.lib.dates import clock_days, short_day
from residents.models import Membership, Resident
from residents.reads import Tied
from residents.schedule import Schedule
from residents.training import MONTHS

from .words import gap_tone

OPEN_RECORD, OPEN_PROJECT, READ_CHECK_IN = "Open record", "Open project", "Read the check-in"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody needs a decision: how much, in which words, and what to do about it."""

    kind: str
    weight: int
    tone: str
    flag: str
    sentence: str
    evidence: tuple[tuple[str, str], ...]
    act: str
    to_director: str = ""

    def sentence_for(self, *, viewer_directs: bool) -> str:
        """Return the sentence; to a director the one that says "you", where there is one."""
        return self.to_director if viewer_directs and self.to_director else self.sentence


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one resident stands today."""

    membership: Membership
    pgy: int
    classes: ClassProgress
    check_ins: CheckInFacts
    capstone: CapstoneFacts | None
    coach: Tied | None
    gap: int
    reasons: tuple[Reason, ...]
    sbp: SbpProgress | None = None

    @property
    def resident(self) -> Resident:
        return self.membership.resident

    @property
    def weight(self) -> int:
        return max((reason.weight for reason in self.reasons), default=0)

    @property
    def is_checked_in(self) -> bool:
        return self.gap <= self.limit

    @property
    def limit(self) -> int:
        """How many days the pathway lets pass between check-ins."""
        return self.membership.cohort.version.check_in_days(self.pgy)

    @property
    def is_on_plan(self) -> bool:
        return not self.reasons


def judge(
    member: Membership,
    *,
    today: date,
    classes: ClassProgress,
    check_ins: CheckInFacts,
    project: CapstoneFacts | None,
    coach: Tied | None,
    schedule: Schedule,
    sbp: SbpProgress | None = None,
) -> Standing:
    """Join what the apps know of one resident. Pure: the same facts give the same standing."""
    pgy = member.resident.pgy(today)
    since = check_ins.last_held or member.joined_on
    gap = clock_days(since, today, schedule.pauses())
    found = (
        _no_coach(coach),
        _no_check_in(member, check_ins, coach, gap=gap, pgy=pgy),
        _asked_director(check_ins, coach),
        _classes_late(member, classes, today),
        _missed(classes),
        _homework_late(classes),
        _capstone_late(member, project, today),
        _capstone_behind(member, project, today),
        _capstone_waits(member, project),
        _remeasure_due(project, today),
        _silent(member, project, check_ins, today, schedule),
    )
    reasons = sorted((r for r in found if r), key=lambda reason: -reason.weight)
    return Standing(member, pgy, classes, check_ins, project, coach, gap, tuple(reasons), sbp)


def _no_coach(coach: Tied | None) -> Reason | None:
    if coach:
        return None
    return Reason(
        kind="no_coach",
        weight=60,
        tone="warn",
        flag="No coach",
        sentence="Nobody coaches this resident yet.",
        evidence=(("users", "A coach is named from joining on, or a pool coach until then"),),
        act=OPEN_RECORD,
    )


def _no_check_in(
    member: Membership, facts: CheckInFacts, coach: Tied | None, *, gap: int, pgy: int
) -> Reason | None:
    limit = member.cohort.version.check_in_days(pgy)
    tone = gap_tone(gap, limit)
    if tone == "ok":
        return None
    last = (
        f"Last check-in on {short_day(facts.last_held)}" if facts.last_held else "Never checked in"
    )
    following = f"Next is on {short_day(facts.next_on)}" if facts.next_on else "None is planned"
    with_whom = f" with {coach.name}" if coach else ""
    return Reason(
        kind="no_check_in",
        weight=90 if tone == "risk" else 70,
        tone=tone,
        flag="No check-in",
        sentence=f"No coach check-in for {gap} days{with_whom}; every {limit} is the plan.",
        evidence=(("clock", f"{last}; ICU, nights and leave not counted"), ("calendar", following)),
        act=OPEN_RECORD,
    )


def _asked_director(facts: CheckInFacts, coach: Tied | None) -> Reason | None:
    if not facts.asked_director or facts.last_held is None:
        return None
    who = coach.name if coach else "The coach"
    return Reason(
        kind=f"asked_director_{facts.last_held:%Y%m%d}",
        weight=95,
        tone="risk",
        flag="Help asked",
        sentence=f"{who} asked the program director to step in.",
        to_director=f"{who} asks you to step in.",
        evidence=(("message-square", f"Asked at the check-in on {short_day(facts.last_held)}"),),
        act=READ_CHECK_IN,
    )


def _classes_late(member: Membership, classes: ClassProgress, today: date) -> Reason | None:
    """Source: requirements 16 and 20, four classes by June of PGY-1 and all by June of PGY-2."""
    month = member.resident.month(today)
    first = member.cohort.version.classes_in_first_year
    wanted = classes.required if month > 2 * MONTHS else first if month > MONTHS else 0
    is_new = today < member.settled_on(today)
    if not classes.required or classes.complete >= wanted or is_new:
        return None
    left = wanted - classes.complete
    return Reason(
        kind="classes_late",
        weight=75 if month > 2 * MONTHS else 55,
        tone="risk" if month > 2 * MONTHS else "warn",
        flag="Classes behind",
        sentence=f"{classes.complete} of {wanted} classes that were due are complete.",
        evidence=(("book-open", f"{left} to finish, homework included"),),
        act=OPEN_RECORD,
    )


def _missed(classes: ClassProgress) -> Reason | None:
    count = len(classes.missed)
    if not count:
        return None
    word = "one class was" if count == 1 else f"{count} classes were"
    return Reason(
        kind="class_missed",
        weight=50,
        tone="warn",
        flag="Class missed",
        sentence=f"{word.capitalize()} missed and not rebooked.",
        evidence=(("book-open", f"{classes.attended} of {classes.required} attended"),),
        act=OPEN_RECORD,
    )


def _homework_late(classes: ClassProgress) -> Reason | None:
    count = classes.homework_overdue
    if not count:
        return None
    word = "One piece" if count == 1 else f"{count} pieces"
    return Reason(
        kind="homework_late",
        weight=40,
        tone="warn",
        flag="Homework late",
        sentence=f"{word} of homework {'is' if count == 1 else 'are'} past the due date.",
        evidence=(("pencil", "Due dates already wait for the next protected block"),),
        act=OPEN_RECORD,
    )


def _capstone_late(member: Membership, project: CapstoneFacts | None, today: date) -> Reason | None:
    """Source: requirement 29, late if not started early in PGY-2; behind once late for long."""
    if project is None or not project.is_late:
        return None
    month = member.resident.month(today)
    is_behind = (today - project.late_from).days >= member.cohort.version.behind_days
    weight, tone = (80, "risk") if is_behind else (65, "warn")
    since = ("target", f"Late since {short_day(project.late_from)}")
    if project.uid is None:
        return Reason(
            kind="capstone_not_open",
            weight=weight,
            tone=tone,
            flag="No project",
            sentence=f"Month {month}, and the capstone is not open yet.",
            evidence=(since,),
            act=OPEN_RECORD,
        )
    return Reason(
        kind="capstone_late",
        weight=weight,
        tone=tone,
        flag="No process chosen",
        sentence=f"Month {month}, and no process is chosen for the capstone.",
        evidence=(since, ("user", f"Next: {project.next_need}")),
        act=OPEN_PROJECT,
    )


def _capstone_waits(member: Membership, project: CapstoneFacts | None) -> Reason | None:
    """Source: "blocked" is somebody who owes an answer past its limit, a setting of the version."""
    limit = member.cohort.version.answer_days
    if project is None or project.days_waiting is None or project.days_waiting <= limit:
        return None
    return Reason(
        kind="capstone_waits",
        weight=68,
        tone="warn",
        flag="Blocked",
        sentence=f"{project.ball} has had the charter for {project.days_waiting} days.",
        evidence=(("target", f"{project.title}: everything else is there"),),
        act=OPEN_PROJECT,
    )


def _capstone_behind(
    member: Membership, project: CapstoneFacts | None, today: date
) -> Reason | None:
    """Source: the months of the stages, and "behind" is 30 days late; settings of the version."""
    if project is None or project.behind is None:
        return None
    wanted = project.behind
    return Reason(
        kind=f"capstone_behind_{wanted.stage}",
        weight=72,
        tone="risk",
        flag="Behind",
        sentence=f"“{wanted.stage.label}” was expected by {short_day(wanted.by, seen=today)}; "
        f"the capstone is still at “{project.label}”.",
        evidence=(
            ("target", f"In this stage for {project.days_in_stage} days"),
            ("user", f"Next: {project.next_need}"),
        ),
        act=OPEN_PROJECT,
    )


def _remeasure_due(project: CapstoneFacts | None, today: date) -> Reason | None:
    due = project.remeasure if project else None
    if due is None or due.due_on >= today:
        return None
    late = (today - due.due_on).days
    return Reason(
        kind=f"remeasure_due_{due.days}",
        weight=58,
        tone="warn",
        flag="Remeasure due",
        sentence=f"The measurement {due.days} days after the event was due on "
        f"{short_day(due.due_on, seen=today)}.",
        evidence=(("activity", f"Nothing was measured in the {late} days since"),),
        act=OPEN_PROJECT,
    )


def silent_limit(member: Membership, project: CapstoneFacts | None, today: date) -> int:
    """Return after how many days without a sign somebody is silent.

    Who waits for the day of a remeasure has announced it, and is given longer.
    """
    version = member.cohort.version
    due = project.remeasure if project else None
    return version.remeasure_silent_days if due and due.due_on >= today else version.silent_days


def _silent(
    member: Membership,
    project: CapstoneFacts | None,
    check_ins: CheckInFacts,
    today: date,
    schedule: Schedule,
) -> Reason | None:
    """Source: "silent" is nothing happening for 30 clock days; not while somebody else answers."""
    if project is None or project.touched_on is None or project.is_closed:
        return None
    since = max(project.touched_on, check_ins.last_held or project.touched_on)
    silence = clock_days(since, today, schedule.pauses())
    limit = silent_limit(member, project, today)
    if silence <= limit or project.days_waiting is not None:
        return None
    last = short_day(since, seen=today)
    return Reason(
        kind="capstone_silent",
        weight=62,
        tone="warn",
        flag="Silent",
        sentence=f"Nothing happened with the capstone for {silence} days.",
        evidence=(
            ("clock", f"The last was on {last}; ICU, nights and leave not counted"),
            ("user", f"Next: {project.next_need}"),
        ),
        act=OPEN_PROJECT,
    )
