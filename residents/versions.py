"""The versions of a pathway as people compare them: counts by name, and what differs."""

from dataclasses import dataclass
from datetime import date, time

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .models import Cohort, PathwayVersion, Program

LABELS = {
    "classes_in_first_year": "Classes done by the end of the first year",
    "homework_due_days": "Days until homework is due",
    "early_days": "Days from joining within which director, graduates and mentors are met",
    "early_graduates": "Graduates of VMPS for Leaders that are met early",
    "potential_mentors": "Potential mentors to whom a resident is introduced",
    "held_seats": "Seats of a session held for residents",
    "coach_caseload": "Residents that are thought enough for a coach",
    "check_in_days_first_year": "Days between check-ins, first year",
    "check_in_days_second_year": "Days between check-ins, second year",
    "check_in_days_third_year": "Days between check-ins, third year",
    "silent_days": "Days until a resident counts as silent",
    "answer_days": "Days within which somebody who was asked answers",
    "behind_days": "Days late until a resident counts as behind",
    "leader_meetings": "Meetings with leaders",
    "physician_leaders": "Of these, at least with physicians",
    "other_leaders": "Of these, at least with others than physicians",
    "quality_leader_meetings": "Meetings with quality leaders on SBP",
    "psa_meetings": "Patient Safety Alert meetings on SBP",
    "flow_tours": "Flow tours on SBP",
    "sbp_events": "Quality-improvement events on SBP",
    "improvement_events": "Quality-improvement events in all",
    "contributions": "Contributions to mentoring and to quality improvement",
    "capstone_opens_month": "Month in which the capstone opens",
    "capstone_late_month": "Month from which a capstone without a charter is late",
    "current_state_month": "Month by which the current state is known",
    "event_held_month": "Month by which the event is held",
    "remeasured_month": "Month by which the project is remeasured",
    "presented_month": "Month by which results are presented",
    "baseline_points": "Points of a baseline",
    "remeasure_days": "Days after the event on which a project measures again",
    "remeasure_silent_days": "Days of silence while waiting for a remeasure",
    "rest_days_after_nights": "Days of rest after nights",
    "morning_starts": "Morning starts",
    "morning_ends": "Morning ends",
    "afternoon_starts": "Afternoon starts",
    "afternoon_ends": "Afternoon ends",
}
"""What each count of a version is called, on forms and in what differs."""

COUNTED = (models.PositiveSmallIntegerField, models.TimeField, ArrayField)
COUNTS = tuple(f.name for f in PathwayVersion._meta.fields if isinstance(f, COUNTED))
"""Every count of a version; one that is added later is asked for and compared at once."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A version, the cohorts that are held to it, and what differs from the one before."""

    version: PathwayVersion
    cohorts: tuple[Cohort, ...]
    before: PathwayVersion | None
    differences: tuple[str, ...]


def versions_of(program: Program) -> list[Listed]:
    """Read the versions of a program's pathway, the newest first; two queries for any number."""
    rows = list(program.versions.order_by("-effective_from").prefetch_related("cohorts"))
    befores = [*rows[1:], None]
    return [
        Listed(
            version,
            tuple(version.cohorts.all()),
            before,
            differences(before, version) if before else (),
        )
        for version, before in zip(rows, befores, strict=True)
    ]


def is_held(version: PathwayVersion) -> bool:
    """Tell whether a cohort is held to a version."""
    return version.cohorts.exists()


def differences(before: PathwayVersion, after: PathwayVersion) -> tuple[str, ...]:
    """Say each count that is another: "Seats of a session held for residents: 3 instead of 2"."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in COUNTS)
    return tuple(
        f"{label(name)}: {shown(new)} instead of {shown(old)}"
        for name, old, new in pairs
        if old != new
    )


def label(name: str) -> str:
    """Return what a count is called."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def counts_of(version: PathwayVersion) -> list[tuple[str, str]]:
    """Return every count of a version with its name, as a page shows them."""
    return [(label(name), shown(getattr(version, name))) for name in COUNTS]


def shown(value: int | time | list[int]) -> str:
    """Say a count as a page does: "28", "08:00", "30, 60, 90"."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def version_from(program: Program, since: str) -> PathwayVersion | None:
    """Read the version that takes effect on a day, written as the address writes it."""
    try:
        day = date.fromisoformat(since)
    except ValueError:
        return None
    return program.versions.filter(effective_from=day).first()
