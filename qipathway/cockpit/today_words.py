"""The sentences and short lists of a resident's home page."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from capstone.states import Stage, number
from curriculum.reads import ClassProgress
from curriculum.wording import plural
from qipathway.core.lib.dates import long_day, short_day, window_of
from residents.models import PathwayVersion, Resident
from residents.reads import schedule_of
from residents.schedule import Schedule, Stay

from .decisions import year_name
from .nextup import Known

AHEAD = timedelta(days=120)
NIGHTS_BEFORE = timedelta(days=7)
NOON, EVENING = 12, 17


def own_schedule(resident: Resident, day: date) -> Schedule:
    """Read the schedule from a week ago to four months ahead."""
    return schedule_of(resident, day - NIGHTS_BEFORE, day + AHEAD)


def greeting(at: datetime, resident: Resident) -> str:
    """Greet by the hour of the program's clock."""
    hour = at.astimezone(ZoneInfo(resident.program.zone)).hour
    part = "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"
    return f"Good {part}, {resident.person.given_name}"


def lead(known: Known, here: Stay | None, at: datetime) -> str:
    """Say the year, the block, and when the next time for learning is protected."""
    year = year_name(known.resident.pgy(known.today))
    where = f"you are on {here.name}" if here else "no block is scheduled today"
    return f"{year} · {where}; {_protected_time(known, at)}."


def _protected_time(known: Known, at: datetime) -> str:
    free = known.free
    if free is None:
        return f"no time is protected until {short_day(known.today + AHEAD)}"
    half = free.half.label.lower()
    if free.day != known.today:
        return f"your next protected time is {long_day(free.day)}, {half}"
    windows = (known.version or PathwayVersion()).windows
    starts, _ = window_of(free.day, free.half, windows, known.resident.program.zone)
    if starts <= at:
        return f"your protected time is now, until {windows[free.half][1]:%H:%M}"
    return f"your next protected time is this {half}"


def coming_up(known: Known) -> list[dict[str, object]]:
    """Return the dates ahead, the soonest first: classes and the next check-in."""
    rows: list[dict[str, object]] = [
        {
            "date": booking.session.day,
            "title": booking.session.course.title,
            "sub": f"{booking.session.day:%a} {booking.session.starts:%H:%M}–"
            f"{booking.session.ends:%H:%M} · {booking.session.place}",
            "url": booking.session.get_absolute_url(),
        }
        for booking in known.bookings
    ]
    facts = known.check_ins
    if facts.next_on and facts.next_clock:
        who = known.coach.given_name if known.coach else "your coach"
        rows.append(
            {
                "date": facts.next_on,
                "title": f"Check-in with {who}",
                "sub": f"{facts.next_on:%a} {facts.next_clock:%H:%M}",
                "url": reverse("cockpit:check-in", args=[known.slug, facts.next_uid]),
            }
        )
    return sorted(rows, key=lambda row: str(row["date"]))


def update_label(known: Known) -> str:
    """Invite a word to the coach before the next check-in."""
    day = known.check_ins.next_on
    return f"Write an update for {day:%A}" if day else ""


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
        _check("Coach named", known.coach, known.coach.name if known.coach else ""),
        *_first_year(known),
        _check(
            "All classes and homework",
            progress.is_complete,
            f"{progress.complete} of {progress.required}",
        ),
        _check("Capstone", presented, project.stage if project else "not opened yet"),
        _check(
            "Sponsor chosen",
            project and project.sponsor,
            project.sponsor if project else "in the second year",
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
