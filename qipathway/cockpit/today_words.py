"""The sentences and short lists of a resident's home page."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from curriculum.reads import ClassProgress
from residents.models import Resident
from residents.reads import schedule_of
from residents.schedule import HalfDay, Schedule, Stay

from .decisions import year_name
from .nextup import Known

AHEAD = timedelta(days=120)
NIGHTS_BEFORE = timedelta(days=7)
NOON, EVENING = 12, 17


def own_schedule(resident: Resident, day: date) -> Schedule:
    """Read the schedule from a week ago to four months ahead."""
    return schedule_of(resident, day - NIGHTS_BEFORE, day + AHEAD)


def local_hour(at: datetime, resident: Resident) -> int:
    """Return the hour that the program's clocks show."""
    return at.astimezone(ZoneInfo(resident.program.zone)).hour


def is_afternoon(at: datetime, resident: Resident) -> bool:
    """Tell whether this morning has gone."""
    return local_hour(at, resident) >= NOON


def greeting(at: datetime, resident: Resident) -> str:
    """Greet by the hour of the program's clock."""
    hour = local_hour(at, resident)
    part = "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"
    return f"Good {part}, {resident.person.given_name}"


def lead(resident: Resident, here: Stay | None, free: HalfDay | None, day: date) -> str:
    """Say the year, the block, and when the next time for learning is protected."""
    year = year_name(resident.pgy(day))
    where = f"you are on {here.name}" if here else "no block is scheduled today"
    if free is None:
        until = day + AHEAD
        return f"{year} · {where}; no time is protected until {until:%b} {until.day}."
    when = f"this {free.half.label.lower()}"
    if free.day != day:
        when = f"{free.day:%A}, {free.day:%b} {free.day.day}, {free.half.label.lower()}"
    return f"{year} · {where}; your next protected time is {when}."


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
    progress = known.progress
    stage = known.project.stage if known.project else "not opened yet"
    return [
        _check("Coach named", bool(known.coach), known.coach.name if known.coach else ""),
        _check(
            "Four classes in the first year",
            progress.complete >= 4,
            f"{min(progress.complete, 4)} of 4",
        ),
        _check(
            "All classes and homework",
            progress.is_complete,
            f"{progress.complete} of {progress.required}",
        ),
        _check("Capstone", False, stage),
        _check(
            "Sponsor chosen",
            bool(known.project and known.project.sponsor),
            known.project.sponsor if known.project else "in the second year",
        ),
    ]


def _check(text: str, done: object, note: str) -> dict[str, object]:
    return {"text": text, "done": bool(done), "note": note}
