"""What a change does to one member, and how many were changed, in words. Pure."""

from collections.abc import Sequence
from datetime import date

from curriculum.models import Booking
from qipathway.core.lib.dates import full_day, short_day
from qipathway.core.lib.words import plural
from residents.changes import Change
from residents.models import Membership, Resident
from residents.reads import ELIGIBLE
from residents.states import MemberDeed, MembershipState, Track, in_sentence
from residents.training import RESIDENCY, Training

from .words import counted

DONE = {
    MemberDeed.MOVE: "moved to another cohort",
    MemberDeed.MOVE_START: "given another first day",
    MemberDeed.CHANGE_TRACK: "given another track",
    MemberDeed.COMPLETE: "recorded as having completed the pathway",
    MemberDeed.WITHDRAW: "withdrawn from the pathway",
}


def ends_the_place(change: Change) -> bool:
    """Tell whether a change lets a place on the pathway end."""
    not_eligible = change.track is not None and change.track not in ELIGIBLE
    return change.deed in {MemberDeed.COMPLETE, MemberDeed.WITHDRAW} or not_eligible


def change_words(member: Membership, change: Change, seats: Sequence[Booking], today: date) -> str:
    """Say what a change does to one member."""
    said = [_deed_words(member, change, today)]
    if seats:
        classes = ", ".join(
            f"{each.session.course.short_title} on {short_day(each.session.day, seen=today)}"
            for each in seats
        )
        said.append(f"{plural(len(seats), 'seat')} given back: {classes}.")
    return " ".join(said)


def _deed_words(member: Membership, change: Change, today: date) -> str:
    resident = member.resident
    if change.cohort:
        return _cohort_words(member, change)
    if change.starts_on:
        return _start_words(resident, change.starts_on, today)
    if change.track:
        return _track_words(resident, change.track)
    if change.deed == MemberDeed.COMPLETE:
        return _completion_words(resident, today)
    return "Leaves the pathway today. What was done stays; reminders stop."


def _cohort_words(member: Membership, change: Change) -> str:
    assert change.cohort is not None, "asked of a move only"
    left, joined = member.cohort.version, change.cohort.version
    said = f"Moves from {member.cohort} to {change.cohort}."
    return said if left == joined else f"{said} Version {joined} of the pathway holds, not {left}."


def _start_words(resident: Resident, day: date, today: date) -> str:
    before = resident.training
    after = Training(day, before.absences, before.overrides)
    now, then = before.pgy(today), after.pgy(today)
    year = f"PGY-{then} instead of PGY-{now}" if now != then else f"PGY-{now} as before"
    return (
        f"Starts on {full_day(day)} instead of {full_day(resident.starts_on)}: {year}; "
        f"the three years end on {full_day(after.ends(today))}, and all that is due moves along."
    )


def _track_words(resident: Resident, track: Track) -> str:
    said = f"{track.label} instead of {in_sentence(resident.get_track_display())}."
    if track in ELIGIBLE:
        return said
    return f"{said} Is not eligible any more, so the place on the pathway ends today."


def _completion_words(resident: Resident, today: date) -> str:
    ends = resident.training.ends(today)
    if ends <= today:
        return f"Completes the pathway; the three years ended on {full_day(ends)}."
    month = max(resident.month(today), 1)
    return (
        f"Completes the pathway in month {month} of {RESIDENCY}, before the three years end on "
        f"{full_day(ends)}."
    )


def done_words(deed: MemberDeed, count: int, refused: int, seats: int) -> str:
    """Say what was done to how many: "Two members were withdrawn. One was left as before."."""
    people = "One member was" if count == 1 else f"{counted(count)} members were"
    said = [f"{people} {DONE[deed]}."]
    if refused:
        said.append(f"{counted(refused)} stayed as before.")
    if seats:
        said.append(f"{plural(seats, 'seat')} given back.")
    return " ".join(said)


def cohort_heading(states: Sequence[str]) -> str:
    """Say how many of a cohort are on the pathway: "Six of eight are on the pathway; ..."."""
    if not states:
        return "Nobody is in this cohort yet"
    tally = {state: states.count(state) for state in MembershipState}
    here = tally[MembershipState.ACTIVE]
    some = counted(here) if here else "None"
    parts = [f"{some} of {counted(len(states)).lower()} {_are(here)} on the pathway"]
    done, left = tally[MembershipState.COMPLETED], tally[MembershipState.WITHDRAWN]
    if done:
        parts.append(f"{counted(done).lower()} {_have(done)} completed it")
    if left:
        parts.append(f"{counted(left).lower()} {_have(left)} left")
    return f"{parts[0]}; {' and '.join(parts[1:])}" if parts[1:] else parts[0]


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
