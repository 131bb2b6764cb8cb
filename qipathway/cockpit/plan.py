"""What the pathway expects of one resident, from when on and before which day. Pure.

Days are the resident's own: months count from their start without the leave that is added to
training, early days from joining, and nothing is late before who joined is settled. Counts and
months are those of the version of the pathway that the resident is held to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from capstone.reads import Opening, Path
from capstone.states import Stage
from curriculum.reads import ClassProgress, Contributions, Handed, SbpProgress
from qipathway.core.lib.words import plural
from residents.models import Membership, PathwayVersion
from residents.reads import FirstTies
from residents.states import MembershipState
from residents.training import MONTHS, RESIDENCY, Training

YEAR_TWO, YEAR_THREE, AFTER = MONTHS + 1, 2 * MONTHS + 1, RESIDENCY + 1


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the pathway expects, and how far it is.

    ``said`` begins a sentence that goes on with "expected by"; ``by`` is the first day on which
    it is late. What is not ``kept`` is done on paper so far, and never called late. Of what is
    ``done``, ``settled`` was credited or waived.
    """

    text: str
    said: str
    since: date
    by: date
    wanted: int = 1
    done: int = 0
    days: tuple[date, ...] = ()
    is_kept: bool = True
    settled: int = 0

    @property
    def signed(self) -> int:
        """How much of what counts rests on the director's signature."""
        return max(0, min(self.done, self.wanted) - (self.done - self.settled))

    @property
    def is_done(self) -> bool:
        return self.is_kept and self.done >= self.wanted

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that count: as many as are wanted."""
        return self.days[: self.wanted]

    @property
    def done_on(self) -> date | None:
        """The day on which enough of it was done, where it is known."""
        return (
            self.days[self.wanted - 1] if self.is_done and len(self.days) >= self.wanted else None
        )

    def state(self, today: date) -> str:
        """Return how it stands, as a drawing calls it."""
        if not self.is_kept:
            return "plain"
        if self.is_done:
            return "done"
        if today >= self.by:
            return "late"
        return "open" if today >= self.since else "ahead"


@dataclass(frozen=True, slots=True)
class Known:
    """What the apps know of one resident on the pathway, as their plan needs it."""

    member: Membership
    today: date
    classes: ClassProgress
    homework: Handed
    sbp: SbpProgress
    opening: Opening
    path: Path | None
    ties: FirstTies
    given: Contributions

    @property
    def version(self) -> PathwayVersion:
        return self.member.cohort.version

    @property
    def training(self) -> Training:
        return self.member.resident.training

    @property
    def joined_on(self) -> date:
        return max(self.member.joined_on, self.training.starts_on)

    def month(self, number: int) -> date:
        """Return the first day of a month of residency."""
        return self.training.month_begins(number, self.today)

    def before(self, month: int) -> date:
        """Return the first day on which what is due before that month is late."""
        return max(self.month(month), self.member.settled_on(self.today))


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one resident over the months of residency."""

    known: Known
    items: tuple[Item, ...]

    @property
    def late(self) -> list[Item]:
        """What is late, the longest first."""
        late = (item for item in self.items if item.state(self.known.today) == "late")
        return sorted(late, key=lambda item: item.by)

    @property
    def next(self) -> Item | None:
        """What runs now and ends first."""
        running = (item for item in self.items if item.state(self.known.today) == "open")
        return min(running, key=lambda item: item.by, default=None)

    @property
    def urgent(self) -> tuple[Item, ...]:
        """What is late or runs now, in the order of the plan."""
        states = {"late", "open"}
        return tuple(item for item in self.items if item.state(self.known.today) in states)


def plan_of(known: Known) -> Plan:
    """Lay out what is expected, in the order in which it is due; what counts for none is left out.

    Source: "The resident's three years", and the requirements that the comments name.
    """
    items = (*_early(known), *_classes(known), *_capstone(known), *_years(known))
    asked = (item for item in items if item.wanted)
    return Plan(known, tuple(sorted(asked, key=lambda item: (item.by, item.since))))


def _early(known: Known) -> Iterator[Item]:
    """Yield what is due soon after joining. Source: requirements 42 to 44 and 47."""
    version, since = known.version, known.joined_on
    by = known.member.settled_on(known.today)
    yield _once("A coach is named", "a coach was", since, by, known.ties.coach)
    graduates = plural(version.early_graduates, "graduate")
    mentors = plural(version.potential_mentors, "mentor")
    text = f"Meets director, {graduates}, {mentors}"
    yield Item(text, "the first meetings were", since, by, is_kept=False)


def _classes(known: Known) -> Iterator[Item]:
    """Yield classes and SBP. Source: requirements 16, 18, 20 and 21."""
    classes, since, by = known.classes, known.joined_on, known.before(YEAR_TWO)
    first = min(known.version.classes_in_first_year, classes.required)
    said = "the first class was" if first == 1 else f"the first {first} classes were"
    text = f"First {plural(first, 'class', 'classes')} with homework"
    signed = classes.settled
    yield Item(text, said, since, by, first, classes.complete, classes.days, settled=signed)
    handed = min((day for day in (known.homework.first, *classes.days[:1]) if day), default=None)
    due = known.homework.due_on or by
    days = (handed,) if handed else ()
    is_in = int(handed is not None or classes.complete > 0)
    said = "the first homework was"
    yield Item("First homework handed in", said, min(since, due), due, 1, is_in, days)
    rotation = known.sbp.rotation
    over = rotation.last if known.sbp.is_over(known.today) else None
    text, said = "Systems-Based Practice", "the rotation in Systems-Based Practice was"
    yield _once(text, said, min(since, rotation.first or since), by, over)
    lines = len(known.sbp.lines)
    said = "the list of Systems-Based Practice was"
    signed = known.sbp.settled
    yield Item("All that SBP asks for", said, since, by, lines, known.sbp.done, settled=signed)
    count = plural(classes.required, "class", "classes")
    text = f"All {count} with homework" if classes.required > 1 else f"{count} with homework"
    by = known.before(YEAR_THREE)
    yield Item(
        text,
        "all classes were",
        since,
        by,
        classes.required,
        classes.complete,
        classes.days,
        settled=classes.settled,
    )


def _capstone(known: Known) -> Iterator[Item]:
    """Yield the stages of the capstone. Source: requirements 12, 29 to 39 and 45."""
    opening = known.opening
    since, by = known.month(YEAR_TWO), opening.late_from
    yield _once("Sponsor chosen", "a sponsor was", since, by, known.ties.sponsor)
    chosen = _reached(known, Stage.CHARTER)
    yield _once("Process chosen", "the charter was", opening.opens_on, by, chosen)
    for each in opening.expected:
        since, by, day = by, each.by, _reached(known, each.stage)
        if each.stage == Stage.REMEASURED:
            yield _remeasured(known, since, by, day)
        else:
            yield _once(*STAGES[each.stage], since, by, day)
    closed = _reached(known, Stage.CLOSED)
    yield _once("Handed over and closed", "the handover was", by, known.before(AFTER), closed)


STAGES = {
    Stage.CURRENT_STATE: ("Charter signed, current state at work", "the current state was"),
    Stage.EVENT_HELD: ("Two-day event", "the two-day event was"),
    Stage.PRESENTED: ("Results presented", "the presentation of results was"),
}


def _reached(known: Known, stage: Stage) -> date | None:
    return known.path.reached(stage) if known.path else None


def _remeasured(known: Known, since: date, by: date, day: date | None) -> Item:
    """Return the measuring after the event; a project that is past it has done it all."""
    counts = sorted(known.version.remeasure_days)
    found = known.path.remeasures if known.path else ()
    days = tuple(each.due_on for each in found if each.is_done)
    settled = sum(each.is_settled and not each.is_done for each in found)
    done = len(counts) if day else len(days) + settled
    after = ", ".join(map(str, counts))
    text = f"Measured {after} days after the event"
    said = "the remeasures were"
    return Item(text, said, since, by, len(counts), done, days, settled=settled)


def _years(known: Known) -> Iterator[Item]:
    """Yield what is asked for over the years. Source: requirements 10, 11, 50, 51 and 53."""
    since, by = known.joined_on, known.before(AFTER)
    for line in known.sbp.years:
        met = line.done + line.settled.total
        done = met if line.is_done else min(met, line.wanted - 1)
        said = f"{line.text[:1].lower()}{line.text[1:]} were"
        text, signed = f"{line.text}: {line.wanted}", line.settled.total
        yield Item(text, said, since, by, line.wanted, done, line.days, settled=signed)
    wanted, days = known.version.contributions, known.given.days
    text, said = f"Contributions: {wanted}", "contributions were"
    signed = known.given.settled.total
    yield Item(text, said, since, by, wanted, len(days) + signed, days, settled=signed)
    since = max(since, known.month(YEAR_THREE))
    yield _once("Mentors a junior", "mentoring a junior was", since, by, known.ties.mentee)
    since = min(by, known.opening.expected[-1].by)
    completed = known.member.state == MembershipState.COMPLETED
    yield Item("Certificate", "the certificate was", since, by, 1, int(completed))


def _once(text: str, said: str, since: date, by: date, day: date | None) -> Item:
    """Return what is done once, on ``day`` if it was."""
    return Item(text, said, min(since, by), by, 1, int(day is not None), (day,) if day else ())
