"""The sentences of the class pages: what is true and what is wanted. Pure."""

from collections.abc import Sequence
from datetime import date

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day, local_date, long_day, short_day, week_day
from qipathway.core.lib.words import plural
from residents.states import SettlementKind

from .models import Booking, Completion, Course, Homework, Session
from .reads import Cell, ClassProgress, Collision, Contributions, Offer, SbpProgress
from .states import ActivityKind, CompletionSource, ContributionKind, HomeworkState

Fact = dict[str, str]
WHERE: dict[str, str] = {
    CompletionSource.BEFORE: "done before this system",
    CompletionSource.LEARNING_SYSTEM: "done, as the learning system lists it",
}


def collision(found: Collision) -> str:
    """Name a seat that collides, whose it is, and why."""
    seat = found.booking
    when = week_day(seat.session.day)
    return f"{seat.resident.person.name}, {seat.course.title} on {when}: {found.reason}"


def sessions_lead(count: int, until: date, unmarked: int) -> str:
    """Say which attendance is still to be taken, and how much is to come."""
    coming = f"{plural(count, 'session')} to come until {short_day(until)}."
    if not unmarked:
        return coming
    return f"Attendance is to be taken of {plural(unmarked, 'session')}. {coming}"


def classes_lead(progress: ClassProgress, bookable: Sequence[Offer], until: date) -> str:
    """Say how far one is and what fits."""
    settled = f", {progress.settled} of them credited or waived" if progress.settled else ""
    of = plural(progress.required, "class", "classes")
    done = f"{progress.complete} of {of} complete{settled}."
    if bookable:
        fits = plural(len(bookable), "session")
        return f"{done} {fits} fit{'s' if len(bookable) == 1 else ''} your protected half days."
    return f"{done} No session fits your protected half days until {short_day(until)}."


def session_lead(session: Session, seats_left: int) -> str:
    """Say when and where, and whether there is room."""
    when = f"{long_day(session.day)}, {session.starts:%H:%M}–{session.ends:%H:%M}"
    seats = plural(seats_left, "seat") + " left" if seats_left > 0 else "full"
    return f"{when}, {session.place} · {seats}"


def session_facts(session: Session) -> list[Fact]:
    """Return name and value of what is known of a session."""
    strands = ", ".join(session.course.get_strands())
    return [
        {"label": "Day", "value": f"{session.day:%A}, {full_day(session.day)}"},
        {"label": "Time", "value": f"{session.starts:%H:%M}–{session.ends:%H:%M}"},
        {"label": "Place", "value": session.place},
        {"label": "Instructor", "value": session.instructor.name},
        {"label": "Strand", "value": strands},
        {"label": "Format", "value": session.course.get_format_display()},
    ]


def cell_words(found: Cell) -> str:
    """Say where somebody stands with one class."""
    if found.booked_for:
        return f"booked for {short_day(found.booked_for)}"
    late = ", late" if found.is_overdue else ""
    where = WHERE.get(found.source, "attended")
    work = SettlementKind(found.settled).label.lower() if found.settled else "accepted"
    return {
        "waived": "waived",
        "done": f"{where}, homework {work}",
        "open": f"{where}, homework open{late}",
        "missed": "missed, not rebooked",
    }.get(found.kind, "not booked yet")


def done_rows(courses: Sequence[Course], progress: ClassProgress) -> list[dict[str, object]]:
    """Return the classes that are behind one, and where each was done."""
    cells = ((course, progress.cells.get(course.pk)) for course in courses)
    return [
        {"course": course, "cell": cell, "words": cell_words(cell).capitalize()}
        for course, cell in cells
        if cell and cell.kind in {"done", "open", "waived"}
    ]


def completions_lead(name: str, done: Sequence[Completion]) -> str:
    """Say how many classes somebody did elsewhere."""
    if not done:
        return f"Nothing is recorded that {name} did before this system or elsewhere."
    return f"{plural(len(done), 'class', 'classes')} done before this system or elsewhere."


def sbp_lead(progress: SbpProgress, today: date) -> str:
    """Say where somebody stands with the rotation."""
    done = progress.words
    first, last = progress.rotation.first, progress.rotation.last
    if first is None or last is None:
        return f"Systems-Based Practice is not scheduled yet; {done}."
    if today < first:
        return f"Systems-Based Practice starts on {short_day(first, seen=today)}; {done}."
    if progress.is_over(today):
        return f"Systems-Based Practice ended on {short_day(last, seen=today)}; {done}."
    return f"On Systems-Based Practice until {short_day(last, seen=today)}; {done}."


def sbp_taps(progress: SbpProgress) -> list[dict[str, object]]:
    """Return the weekly things that one press logs, and whether this week has them."""
    return [
        {"kind": kind.value, "label": kind.label, "done": kind.value in progress.this_week}
        for kind in (ActivityKind.STAND_UP, ActivityKind.REPORT_OUT)
    ]


def contributions_lead(given: Contributions) -> str:
    """Say how many contributions count, how many are asked for, and how many wait."""
    if given.wanted:
        said = f"{given.done} of the {given.wanted} that the pathway asks for."
    else:
        said = f"{plural(given.done, 'contribution')} confirmed."
    if given.settled.total:
        said = f"{said} Beside them, {given.settled.words}."
    if given.waiting:
        verb = "waits" if given.waiting == 1 else "wait"
        said = f"{said} {given.waiting} more {verb} to be confirmed."
    return said


def contribution_taps() -> list[dict[str, str]]:
    """Return what one press logs for today."""
    common = (ContributionKind.TAUGHT, ContributionKind.HELPED, ContributionKind.MENTORED)
    return [{"kind": kind.value, "label": kind.label} for kind in common]


def first_reader(reviewers: Sequence[User]) -> str:
    """Return by whom homework is answered, in a word or two."""
    if not reviewers:
        return "a coach to be named"
    return reviewers[0].given_name if len(reviewers) == 1 else "the coach pool"


def readers(reviewers: Sequence[User]) -> str:
    """Return by whom homework is read, by their full names."""
    names = ", ".join(person.name for person in reviewers)
    return names if len(reviewers) < 2 else f"The coach pool: {names}"


def concern(booking: Booking) -> str:
    """Say that a class had to come first and no longer does, and what to do."""
    first = booking.first.title if booking.first else ""
    return (
        f"{booking.course.title} is on {week_day(booking.session.day)}, but {first} has to come "
        "first and is no longer booked before it. Book it for an earlier day, or give this seat "
        "back."
    )


def homework_status(
    homework: Homework, today: date, reviewer: str, *, own: bool = True
) -> dict[str, str]:
    """Return the state of homework in words, to its writer or else to a reader, with its icon."""
    if homework.state == HomeworkState.ACCEPTED:
        return {"status": "Accepted", "tone": "ok", "icon": "check"}
    if homework.is_settled:
        return {"status": "Credited or waived", "tone": "plum", "icon": "signature"}
    if homework.state == HomeworkState.SUBMITTED:
        return {"status": f"With {reviewer}", "tone": "info", "icon": "eye"}
    if homework.state == HomeworkState.RETURNED:
        status = "Returned to you" if own else "Returned"
        return {"status": status, "tone": "warn", "icon": "undo-2"}
    days = (homework.due_on - today).days
    if days < 0:
        return {"status": f"{plural(-days, 'day')} late", "tone": "risk", "icon": "clock"}
    if days <= 7:
        word = {0: "Due today", 1: "Due tomorrow"}.get(days, f"Due in {days} days")
        return {"status": word, "tone": "warn", "icon": "clock"}
    word = "Started" if homework.body else "Not started"
    return {"status": word, "tone": "neutral", "icon": "pencil"}


def homework_row(homework: Homework, today: date, reviewer: str) -> dict[str, str]:
    """Return one line of a list of homework."""
    when = f"due {week_day(homework.due_on)}"
    if homework.is_settled:
        when = "nothing more is asked"
    elif homework.state == HomeworkState.SUBMITTED and homework.submitted_at:
        when = f"handed in {short_day(local_date(homework.submitted_at, homework.program.zone))}"
    if homework.state == HomeworkState.ACCEPTED and homework.accepted_at:
        when = f"accepted {short_day(local_date(homework.accepted_at, homework.program.zone))}"
    return {
        "title": homework.course.title,
        "url": homework.get_absolute_url(),
        "sub": when,
        "uid": str(homework.uid),
        **homework_status(homework, today, reviewer),
    }
