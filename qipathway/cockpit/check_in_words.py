"""The sentences and short lists of a check-in's page. Pure."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse

from capstone.reads import CapstoneCard
from curriculum.reads import ClassProgress
from mentorship.models import CheckIn, CoachNote, Commitment, Update
from mentorship.questions import Situation
from mentorship.reads import Agenda, Mentee
from mentorship.states import CheckInState, Mood, NoteLevel
from mentorship.wording import day_and_time, names, promise_line
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import local_date, long_day, short_day
from qipathway.core.lib.templatetags.ui import days_ago, in_days
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Resident
from residents.training import RESIDENCY

from .words import gap_tone

Row = dict[str, object]

TONES = {Mood.MOVING: "ok", Mood.NEEDS_A_HAND: "warn", Mood.STALLED: "risk"}


def title(check_in: CheckIn, viewer: User) -> str:
    """Name a check-in as its viewer would: with whom, or of which day."""
    resident = check_in.resident.person
    if check_in.state == CheckInState.HELD and check_in.held_on:
        return f"Check-in of {short_day(check_in.held_on)}"
    other = check_in.coach if viewer.pk == resident.pk else resident
    return f"Check-in with {other.name}"


def lead(check_in: CheckIn, viewer: User, today: date) -> str:
    """Say who meets or met, when and how: "Thursday, Dec 3 at 10:00, by video · in 2 days"."""
    how = f", {check_in.medium}" if check_in.medium else ""
    if check_in.state == CheckInState.HELD:
        return f"{check_in.resident} and {check_in.coach.name}{how}"
    when = f"{long_day(check_in.day)} at {check_in.clock:%H:%M}{how}"
    ahead = in_days((check_in.day - today).days)
    third = viewer.pk not in (check_in.coach_id, check_in.resident.person_id)
    return f"{when} · {ahead}" + (f" · with {check_in.coach.name}" if third else "")


def recorded(held: CheckIn, following: CheckIn | None) -> str:
    """Say what was saved and what follows from it."""
    said = ["Saved."]
    if held.ask_director:
        said.append("The program director is asked to step in.")
    if following:
        said.append(f"Next: {day_and_time(following)}; both of you are reminded a day before.")
    return " ".join(said)


def draft_words(check_in: CheckIn, viewer: User) -> str:
    """Say when the draft was saved, and by whom if not by the viewer."""
    if check_in.saved_at is None or check_in.saved_by is None:
        return ""
    clock = check_in.saved_at.astimezone(ZoneInfo(check_in.zone))
    if check_in.saved_by_id == viewer.pk:
        return f"Draft saved {clock:%H:%M}"
    return f"Draft of {check_in.saved_by.given_name}, saved {clock:%H:%M}"


WHOEVER_COMES = ("later coaches", "the program director")
"""Who reads what a pair wrote because of their role, beside the two themselves."""


def readers(people: Sequence[User], viewer: User, *, beside: Sequence[str] = ()) -> str:
    """Say who can read something, the viewer first: "You, Amaya and the program director"."""
    others = [person.given_name for person in people if person.pk != viewer.pk]
    you = ["you"] if len(others) < len(people) else []
    named = [*you, *others, *beside]
    only = "only " if len(named) == 1 else ""
    said = f"{only}{names(named)} can read this."
    return said[:1].upper() + said[1:]


def learned_readers(check_in: CheckIn, viewer: User) -> str:
    """Say who can read what was learned."""
    pair = (check_in.coach, check_in.resident.person)
    return readers(pair, viewer, beside=WHOEVER_COMES)


def note_readers(note: CoachNote, check_in: CheckIn, viewer: User) -> str:
    """Say who can read a note, as its level promises."""
    if note.level == NoteLevel.MINE:
        return f"{readers((note.author,), viewer)} It is in no export."
    pair = (note.author, check_in.resident.person)
    return readers(pair, viewer, beside=WHOEVER_COMES if note.level == NoteLevel.SHARED else ())


def promise_rows(promises: tuple[Commitment, ...], today: date) -> list[Row]:
    """Return what was promised, with the line under each."""
    return [
        {"row": each, "sub": promise_line(each, today), "late": each.is_overdue(today)}
        for each in promises
    ]


def written_rows(updates: tuple[Update, ...], *, who: str, today: date, zone: str) -> list[Row]:
    """Return what a resident wrote, and when, as people say it."""
    return [
        {
            "title": f"{who} wrote {days_ago((today - local_date(each.at, zone)).days)}:",
            "text": each.text,
        }
        for each in updates
    ]


def story_rows(events: Sequence[Event], zone: str) -> list[Row]:
    """Return what happened, each with its day."""
    lines = tell(events, zone=zone)
    return [
        {"day": local_date(event.at, zone), "text": line.text}
        for event, line in zip(events, lines, strict=True)
    ]


def note_rows(notes: tuple[CoachNote, ...], check_in: CheckIn, viewer: User) -> list[Row]:
    """Return notes with the label of their level and who can read them."""
    return [
        {
            "note": each,
            "label": each.get_level_display(),
            "is_private": each.level == NoteLevel.MINE,
            "readers": note_readers(each, check_in, viewer),
        }
        for each in notes
    ]


def history_rows(history: tuple[CheckIn, ...]) -> list[Row]:
    """Return the last check-ins, each a link, marked where help was needed."""
    return [
        {
            "url": each.get_absolute_url(),
            "day": each.held_on,
            "mood": each.get_mood_display(),
            "text": each.learned,
            "tone": "" if each.mood == Mood.MOVING else "mark",
        }
        for each in history
    ]


def facts(
    resident: Resident,
    last_held: date | None,
    progress: ClassProgress,
    project: CapstoneCard | None,
    today: date,
) -> list[Row]:
    """Return name and value of what a glance should tell."""
    rows = [
        ("Stage", project.stage if project else "Not opened"),
        ("Classes", progress.count),
        ("Homework open", progress.homework_open),
        ("Last check-in", days_ago((today - last_held).days if last_held else None)),
        ("Sponsor", (project.sponsor if project else "") or "Nobody yet"),
        ("Month", f"{resident.month(today)} of {RESIDENCY}"),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def situation(
    name: str,
    agenda: Agenda,
    progress: ClassProgress,
    project: CapstoneCard | None,
    today: date,
) -> Situation:
    """Return what is known of a resident, as the suggested question needs it."""
    overdue = next((each for each in agenda.open if each.is_overdue(today)), None)
    return Situation(
        name=name,
        is_first=agenda.last is None,
        has_written=bool(agenda.words),
        mood=agenda.last.mood if agenda.last else "",
        overdue=overdue.text if overdue else "",
        overdue_days=(today - overdue.due_on).days if overdue else 0,
        homework_overdue=progress.homework_overdue,
        homework_open=progress.homework_open,
        capstone_wants=project.next.text if project and project.next else "",
    )


def case(mentee: Mentee, today: date, *, current: Resident) -> Row:
    """Return one row of the caseload: where it leads, and how long ago the two met."""
    known, resident = mentee.facts, mentee.resident
    slug = resident.program.slug
    uid = known.next_uid or known.last_uid
    is_today = known.next_on == today
    limit = mentee.membership.cohort.version.check_in_days(resident.pgy(today))
    return {
        "person": resident.person,
        "url": reverse("cockpit:check-in", args=[slug, uid])
        if uid
        else reverse("cockpit:wall", args=[slug]),
        "sub": case_sub(mentee),
        "status": "Today" if is_today else f"{mentee.gap} d",
        "tone": "info" if is_today else gap_tone(mentee.gap, limit),
        "current": resident == current,
    }


def case_sub(mentee: Mentee) -> str:
    """Return the line under a mentee's name: the one thing to know before opening it."""
    if mentee.has_written:
        return "Wrote to you"
    day = mentee.facts.next_on
    return f"Next {short_day(day)}" if day else "None planned"
