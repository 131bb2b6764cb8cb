"""What is to be done to a member of the pathway, and why it cannot be done. Writes nothing."""

from dataclasses import dataclass
from datetime import date

from qipathway.core.lib.dates import add_months, full_day

from .models import Cohort, Membership, Resident
from .states import MemberDeed, MembershipState, Track, in_sentence

EARLIEST, LATEST = -12 * 10, 12 * 2
"""How many months from today a first day of residency may be away; further is a slip."""


@dataclass(frozen=True, slots=True)
class Change:
    """One deed for one member or many, and what it is done to: a cohort, a first day, a track."""

    deed: MemberDeed
    cohort: Cohort | None = None
    starts_on: date | None = None
    track: Track | None = None

    def why_not(self, member: Membership, today: date) -> str:
        """Return why it cannot be done to this member, as a sentence; or an empty string."""
        if member.state != MembershipState.ACTIVE:
            return f"Is {member.get_state_display().lower()} by now."
        if self.cohort:
            return why_not_into(member, self.cohort)
        if self.starts_on:
            return why_not_starting(member.resident, self.starts_on, today)
        if self.track:
            return why_not_track(member.resident, self.track)
        return ""


def why_not_into(member: Membership, cohort: Cohort) -> str:
    """Return why a member cannot be moved to a cohort."""
    if cohort.program_id != member.program_id:
        return f"Cannot join {cohort.name}, which belongs to another program."
    return f"Is in {cohort.name} already." if cohort.pk == member.cohort_id else ""


def why_not_starting(resident: Resident, day: date, today: date) -> str:
    """Return why the first day of residency cannot be moved to a day."""
    if not add_months(today, EARLIEST) <= day <= add_months(today, LATEST):
        return f"Cannot start on {full_day(day)}, which is too far away."
    if day == resident.starts_on:
        return f"Starts on {full_day(day)} already."
    years = sorted(year.first for year in resident.training.overrides)
    if years and years[0] < day:
        return f"Has a year that was set by hand from {full_day(years[0])}, before that day."
    return ""


def why_not_track(resident: Resident, track: Track) -> str:
    """Return why a track cannot be changed to another."""
    return f"Is {in_sentence(track.label)} already." if track == resident.track else ""
