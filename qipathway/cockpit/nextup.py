"""The one next thing of a resident: the first open case of an ordered list. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from capstone.reads import CapstoneCard, Opening
from curriculum.models import Booking, Homework, StandUp
from curriculum.reads import ClassProgress, Contributions, SbpProgress
from curriculum.states import HomeworkState
from mentorship.models import Commitment
from mentorship.reads import CheckInFacts
from qipathway.core.lib.dates import Windows, day_and_clock, long_day, short_day, window_of
from qipathway.core.lib.words import plural
from residents.models import PathwayVersion, Resident
from residents.reads import Tied
from residents.schedule import HalfDay, Schedule, Stay
from residents.selection.models import Application
from residents.selection.reads.applications import awaits_answer, awaits_writer
from residents.selection.states import ApplicationState
from residents.training import Absence

SOON = 7


@dataclass(frozen=True, slots=True)
class Known:
    """What the home page knows of its resident; who is not on the pathway has no ``version``.

    ``seen_until`` is the last day of the schedule that was read; ``back`` the leave that ended
    not long ago.
    """

    resident: Resident
    at: datetime
    today: date
    seen_until: date
    version: PathwayVersion | None
    progress: ClassProgress
    homework: tuple[Homework, ...]
    bookings: tuple[Booking, ...]
    stand_ups: tuple[StandUp, ...]
    coach: Tied | None
    check_ins: CheckInFacts
    sbp: SbpProgress
    commitments: tuple[Commitment, ...]
    project: CapstoneCard | None
    opening: Opening | None
    given: Contributions
    here: Stay | None
    free: HalfDay | None
    concerns: tuple[Booking, ...] = ()
    application: Application | None = None
    back: Absence | None = None
    given_back: tuple[Booking, ...] = ()

    @property
    def slug(self) -> str:
        return self.resident.program.slug

    @property
    def writable(self) -> tuple[Homework, ...]:
        """Homework that waits for its resident, not for an answer."""
        return tuple(h for h in self.homework if h.state != HomeworkState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class NextThing:
    """What to do now, why, and the one button."""

    eyebrow: str
    title: str
    why: str
    url: str
    button: str


def next_thing(known: Known) -> NextThing:
    """Return the first that applies; there is always one, even if it is "nothing"."""
    found = (case(known) for case in CASES)
    return next((thing for thing in found if thing), _nothing(known))


def _offer(known: Known) -> NextThing | None:
    found = known.application
    if found is None or not awaits_answer(found, known.at):
        return None
    until = f", until {short_day(found.answer_by)}" if found.answer_by else ""
    return NextThing(
        "Next, one answer",
        "A place on the pathway is offered to you",
        f"{found.round.cohort.name}: accept the place or turn it down{until}.",
        found.get_absolute_url(),
        "Read and answer",
    )


def _application(known: Known) -> NextThing | None:
    """Return the open application of somebody who can still write or answer it."""
    found = known.application
    if found is None or not awaits_writer(found, known.at):
        return None
    started = found.state == ApplicationState.STARTED
    closes = day_and_clock(found.round.closes_at, known.resident.program.zone)
    return NextThing(
        "Next, about 20 minutes",
        "Finish your application" if started else "Apply for the pathway",
        f"{found.round.cohort.name}: three short statements and a CV, until {closes}.",
        found.get_absolute_url(),
        "Go on writing" if started else "Read and answer",
    )


def _returned(known: Known) -> NextThing | None:
    back = next((h for h in known.homework if h.state == HomeworkState.RETURNED), None)
    if back is None:
        return None
    who = known.coach.given_name if known.coach else "Your instructor"
    return NextThing(
        "Next, about 15 minutes",
        f"Finish the homework of {back.course.title}",
        f"{who} returned it and said what would make it ready.",
        back.get_absolute_url(),
        "Read the answer",
    )


def _homework_due(known: Known) -> NextThing | None:
    due = next((h for h in known.writable if (h.due_on - known.today).days <= SOON), None)
    return _write(due, known) if due else None


def _charter(known: Known) -> NextThing | None:
    card = known.project
    if card is None or card.next is None or card.next.who != known.resident.person.name:
        return None
    return NextThing(
        "Next, about 20 minutes",
        card.next.text,
        _why(card),
        reverse("capstone:project", args=[known.slug, card.project.uid]),
        "Open the capstone",
    )


def _why(card: CapstoneCard) -> str:
    """Say why the capstone's next thing is next, unless its name has said all."""
    is_said = card.next is not None and card.sentence.startswith(card.next.text)
    late = "By the pathway's plan it is late." if card.is_late else ""
    return " ".join(filter(None, ("" if is_said else card.sentence, late)))


def _open_capstone(known: Known) -> NextThing | None:
    if known.project or known.opening is None or not known.opening.is_open:
        return None
    return NextThing(
        "Next, about 10 minutes",
        "Open your capstone",
        "Choose a process that you see going wrong; nothing you write is final.",
        reverse("capstone:own", args=[known.slug]),
        "Open the capstone",
    )


def _book(known: Known) -> NextThing | None:
    progress, free = known.progress, known.free
    booked = sum(cell.kind == "booked" for cell in progress.cells.values())
    left = progress.required - progress.attended - progress.waived - booked
    if known.version is None or left <= 0 or free is None:
        return None
    half = free.half.label.lower()
    is_today = free.day == known.today
    when = f"this {half}" if is_today else f"{long_day(free.day)}, {half}"
    return NextThing(
        "Next, about 2 minutes",
        "Book your next class",
        f"{left} to book. Your next protected half day is {when}.",
        reverse("curriculum:classes", args=[known.slug]),
        "See what fits",
    )


def _homework(known: Known) -> NextThing | None:
    return _write(known.writable[0], known) if known.writable else None


def _write(homework: Homework, known: Known) -> NextThing:
    days = (homework.due_on - known.today).days
    soon = {0: "is due today", 1: "is due tomorrow"}.get(days, f"is due in {days} days")
    when = f"is {plural(-days, 'day')} late" if days < 0 else soon
    free = known.free
    room = ""
    if free and (free.day - known.today).days < SOON:
        day = "today" if free.day == known.today else f"on {free.day:%A}"
        room = f" You have protected time {day}."
    return NextThing(
        "Next, about 25 minutes",
        f"{'Finish' if homework.body else 'Start'} {homework.course.title}",
        f"The homework {when}. A photo and three sentences are enough to start.{room}",
        homework.get_absolute_url(),
        "Go on writing" if homework.body else "Start writing",
    )


def _nothing(known: Known) -> NextThing:
    title, why = _rest(known)
    return NextThing(
        "Nothing is due",
        title,
        why,
        reverse("cockpit:own-record", args=[known.slug]),
        "See my record",
    )


def _contribute(known: Known) -> NextThing | None:
    """Whoever is not on the pathway counts among the residents who improve all the same."""
    if known.version is not None:
        return None
    return NextThing(
        "Nothing is due",
        "You are not on the pathway",
        "What you teach, and every project and resident that you help, counts all the same.",
        reverse("curriculum:own-contributions", args=[known.slug]),
        "Log what you contribute",
    )


def _rest(known: Known) -> tuple[str, str]:
    """Say what it means that nothing is due: done with the pathway, or up to date."""
    card = known.project
    if card and card.next is None and known.progress.is_complete and known.sbp.is_complete:
        return (
            "You have done all of it",
            "Classes, SBP and the capstone are complete.",
        )
    return "You are up to date", "Nothing waits for you. What is with others stands below."


CASES: tuple[Callable[[Known], NextThing | None], ...] = (
    _offer,
    _application,
    _returned,
    _homework_due,
    _charter,
    _open_capstone,
    _book,
    _homework,
    _contribute,
)


def next_protected(
    schedule: Schedule, at: datetime, *, today: date, windows: Windows, zone: str
) -> HalfDay | None:
    """Return the protected half day that runs or comes next, if the schedule read holds one.

    A half day has gone once its window ends in ``zone``.
    """
    last = max((stay.end for stay in schedule.stays), default=today)
    halves = schedule.protected(today, last)
    return next((h for h in halves if window_of(h.day, h.half, windows, zone)[1] > at), None)
