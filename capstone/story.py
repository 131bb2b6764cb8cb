"""How what happened to a capstone is told."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType

from qipathway.core.lib.dates import local_date, short_day
from qipathway.core.timeline.models import Event

from .models import Project

SENTENCES = {
    "capstone.open_project": "{actor} opened the capstone.",
    "capstone.choose_process": "{actor} chose the process.",
    "capstone.write_charter": "{actor} wrote in the charter.",
    "capstone.screen_project": "{actor} answered the self-screen.",
    "capstone.sign_charter": "{actor} signed the charter.",
    "capstone.enter_at_stage": "{actor} entered the capstone at the stage “{stage}”, on evidence "
    "from before this system.",
    "capstone.withdraw_entry": "{actor} took back the stage entered from before this system.",
    "capstone.add_measure": "{actor} said what to measure.",
    "capstone.correct_measure": "{actor} changed a measure.",
    "capstone.add_point": "{actor} added a data point of {day}.",
    "capstone.correct_point": "{actor} corrected a data point of {day}.",
    "capstone.remove_point": "{actor} took the data point of {day} out.",
    "capstone.restore_point": "{actor} put the data point of {day} back.",
}
MILESTONES = frozenset(
    {"capstone.choose_process", "capstone.sign_charter", "capstone.enter_at_stage"}
)
QUIET = frozenset(
    {
        "capstone.add_point",
        "capstone.correct_point",
        "capstone.remove_point",
        "capstone.restore_point",
    }
)
"""Told on the resident's timeline; on the project's page the chart tells it."""
LINES = 40


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a project's story."""

    when: str
    text: str
    tone: str = ""


def story_of(project: Project, today: date) -> list[Told]:
    """Read what happened to a project, newest first; the same deed of one day is told once."""
    kind = ContentType.objects.get_for_model(Project)
    events = (
        Event.objects.about(project.resident.person)
        .filter(action__in=set(SENTENCES) - QUIET, subject_type=kind, subject_id=project.pk)
        .newest_first()
        .for_story()[:LINES]
    )
    return list(dict.fromkeys(_told(event, project.program.zone, today) for event in events))


def _told(event: Event, zone: str, today: date) -> Told:
    day = local_date(event.at, zone)
    actor = event.actor.name if event.actor else "The system"
    return Told(
        when=short_day(day, seen=today),
        text=SENTENCES[event.action].format(**event.data | {"actor": actor}),
        tone="mark" if event.action in MILESTONES else "",
    )
