"""The sentences and short lists of a resident's home page."""

from collections.abc import Iterator
from datetime import date, time
from zoneinfo import ZoneInfo

from django.urls import reverse

from capstone.states import Stage, number
from curriculum.reads import ClassProgress
from curriculum.wording import (
    concern,
    contribution_taps,
    contributions_lead,
    homework_row,
    sbp_lead,
    sbp_taps,
)
from qipathway.core.lib.dates import long_day, short_day, window_of
from qipathway.core.lib.words import plural
from residents.models import PathwayVersion
from residents.selection.reads.applications import awaits_answer, awaits_writer
from residents.selection.wording import Status, status_of

from .nextup import SOON, Known
from .words import leave_words, year_name

Dated = tuple[tuple[date, time], dict[str, object]]

NOON, EVENING = 12, 17


def words_of(known: Known) -> dict[str, object]:
    """Return everything that the page says, by the names its template uses."""
    coach = known.coach
    reviewer = coach.given_name if coach else "your instructor"
    return {
        "application": application(known),
        "greeting": greeting(known),
        "lead": lead(known),
        "homework": [homework_row(row, known.today, reviewer) for row in known.homework],
        "coming": coming_up(known),
        "back": catch_up(known),
        "concerns": [concern(booking) for booking in known.concerns],
        "coach_title": f"You and {coach.given_name}" if coach else "",
        "update_label": update_label(known),
        "ring_note": ring_note(known.progress),
        "checks": checks(known),
        "taps": sbp_taps(known.sbp) if known.sbp.is_on else [],
        "sbp_lead": sbp_lead(known.sbp, known.today),
        "given_lead": contributions_lead(known.given),
        "given_taps": contribution_taps(),
    }


def application(known: Known) -> Status | None:
    """Say how an application stands that waits for others; else the next thing says it."""
    found = known.application
    if found is None or awaits_writer(found, known.at) or awaits_answer(found, known.at):
        return None
    return status_of(found, known.at)


def greeting(known: Known) -> str:
    """Greet by the hour of the program's clock."""
    resident = known.resident
    hour = known.at.astimezone(ZoneInfo(resident.program.zone)).hour
    part = "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"
    return f"Good {part}, {resident.person.given_name}"


def lead(known: Known) -> str:
    """Say the year, the block, and when the next time for learning is protected."""
    year = year_name(known.resident.pgy(known.today))
    if away := known.resident.away_on(known.today):
        return f"{year} · you are {leave_words(away, seen=known.today)}."
    here = known.here
    where = f"you are on {here.name}" if here else "no block is scheduled today"
    return f"{year} · {where}; {_protected_time(known)}."


def catch_up(known: Known) -> dict[str, object] | None:
    """List what waited during a leave that is over; nothing once it is long past."""
    away = known.back
    if away is None or away.last is None:
        return None
    days = f"{short_day(away.first, seen=known.today)} to {short_day(away.last, seen=known.today)}"
    rows = [*_to_book_again(known), *_homework_left(known), *_promised(known)]
    rest = "This waited for you." if rows else "Nothing waited for you."
    return {"lead": f"You were on leave from {days}, and no clock ran. {rest}", "rows": rows}


def _to_book_again(known: Known) -> Iterator[dict[str, object]]:
    url = reverse("curriculum:classes", args=[known.slug])
    for seat in known.given_back:
        sub = f"Your seat on {short_day(seat.session.day)} was given back; book another date."
        yield {"title": seat.course.title, "sub": sub, "url": url}


def _homework_left(known: Known) -> Iterator[dict[str, object]]:
    for homework in known.writable:
        due = short_day(homework.due_on, seen=known.today)
        title = f"Homework of {homework.course.title}"
        url = homework.get_absolute_url()
        yield {"title": title, "sub": f"Due {due}, leave considered.", "url": url}


def _promised(known: Known) -> Iterator[dict[str, object]]:
    for commitment in known.commitments:
        yield {"title": commitment.text, "sub": "You promised this to your coach.", "url": ""}


def _protected_time(known: Known) -> str:
    free = known.free
    if free is None:
        return f"no time is protected until {short_day(known.seen_until)}"
    half = free.half.label.lower()
    if free.day != known.today:
        return f"your next protected time is {long_day(free.day)}, {half}"
    windows = (known.version or PathwayVersion()).windows
    starts, _ = window_of(free.day, free.half, windows, known.resident.program.zone)
    if starts <= known.at:
        return f"your protected time is now, until {windows[free.half][1]:%H:%M}"
    return f"your next protected time is this {half}"


def coming_up(known: Known) -> list[dict[str, object]]:
    """Return what lies ahead, the soonest first: classes, stand-ups and the next check-in."""
    rows = [*_classes(known), *_stand_ups(known), *_check_in(known), *_remeasure(known)]
    return [row for _, row in sorted(rows, key=lambda each: each[0])]


def _classes(known: Known) -> Iterator[Dated]:
    for session in (booking.session for booking in known.bookings):
        hours = f"{session.starts:%H:%M}–{session.ends:%H:%M}"
        url = session.get_absolute_url()
        yield _dated(session.day, session.starts, session.course.title, hours, session.place, url)


def _remeasure(known: Known) -> Iterator[Dated]:
    card = known.project
    if card is None or card.remeasure is None or card.remeasure.due_on < known.today:
        return
    due, url = card.remeasure, card.project.get_absolute_url()
    title = f"Measure again, {due.days} days after the event"
    row = {"date": due.due_on, "title": title, "sub": card.title, "url": url}
    yield (due.due_on, time.max), row


def _stand_ups(known: Known) -> Iterator[Dated]:
    url = reverse("curriculum:stand-ups", args=[known.slug])
    for each in known.stand_ups:
        hours = f"{each.starts:%H:%M}"
        yield _dated(each.day, each.starts, "Stand-up", hours, each.place, url)


def _check_in(known: Known) -> Iterator[Dated]:
    facts = known.check_ins
    if facts.next_on and facts.next_clock:
        title = f"Check-in with {known.coach.given_name if known.coach else 'your coach'}"
        url = reverse("cockpit:check-in", args=[known.slug, facts.next_uid])
        yield _dated(facts.next_on, facts.next_clock, title, f"{facts.next_clock:%H:%M}", "", url)


def _dated(day: date, clock: time, title: str, hours: str, place: str, url: str) -> Dated:
    """Return one row of what lies ahead, and what it is sorted by."""
    sub = f"{day:%a} {hours}" + (f" · {place}" if place else "")
    return (day, clock), {"date": day, "title": title, "sub": sub, "url": url}


def update_label(known: Known) -> str:
    """Invite a word to the coach before the next check-in."""
    day = known.check_ins.next_on
    if day is None:
        return ""
    is_near = (day - known.today).days < SOON
    return f"Write an update for {day:%A}" if is_near else f"Write an update for {short_day(day)}"


def ring_note(progress: ClassProgress) -> str:
    """Say what is left of the classes."""
    left = progress.required - progress.complete
    if not left:
        return "All classes and their homework are done."
    open_ = progress.homework_open + progress.homework_waiting
    return f"{left} left, {open_} of them with homework under way." if open_ else f"{left} left."


def checks(known: Known) -> list[dict[str, object]]:
    """Return the short list of the three years: what is done and what is to do."""
    progress, project = known.progress, known.project
    presented = project and number(project.project.state) >= number(Stage.PRESENTED)
    return [
        _check("Coach named", known.coach, known.coach.name if known.coach else "not yet"),
        *_first_year(known),
        _check(
            "All classes and homework",
            progress.is_complete,
            progress.count,
        ),
        _check(
            "Systems-Based Practice",
            known.sbp.is_complete,
            known.sbp.count,
        ),
        *(_check(line.text, line.is_done, line.count) for line in known.sbp.years),
        _check("Contributions", known.given.is_done, known.given.count),
        _check("Capstone", presented, project.stage if project else "not opened yet"),
        _check(
            "Sponsor chosen",
            project and project.sponsor,
            (project.sponsor or "not yet") if project else "in the second year",
        ),
    ]


def _first_year(known: Known) -> list[dict[str, object]]:
    """Return the line on the classes of the first year, if the version asks for any by then."""
    wanted = known.version.classes_in_first_year if known.version else 0
    if not wanted:
        return []
    done = min(known.progress.complete, wanted)
    text = f"{plural(wanted, 'class', 'classes')} in the first year"
    return [_check(text, done == wanted, f"{done} of {wanted}")]


def _check(text: str, done: object, note: str) -> dict[str, object]:
    return {"text": text, "done": bool(done), "note": note}
