"""How the timeline reads: one sentence for each thing that can happen."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import capstone.story
import curriculum.story
import mentorship.story
import residents.story
from qipathway.core.lib.dates import full_day, short_day
from qipathway.core.timeline.models import Event

DAY = re.compile(r"\d{4}-\d\d-\d\d")
SENTENCES = {
    **residents.story.SENTENCES,
    **curriculum.story.SENTENCES,
    **mentorship.story.SENTENCES,
    **capstone.story.SENTENCES,
    "files.quarantine": "{actor} set a file aside.",
    "files.release": "{actor} let a file be seen again.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story: when in the program's zone, and what."""

    when: str
    text: str


class Missing(dict[str, str]):
    """Event data in which a label that an older event lacks reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def tell(events: Iterable[Event], *, zone: str) -> list[Line]:
    """Return the events as sentences, in the order given."""
    return [_line(event, ZoneInfo(zone)) for event in events]


def _line(event: Event, zone: ZoneInfo) -> Line:
    local = event.at.astimezone(zone)
    people = {
        "actor": event.actor.name if event.actor else "The system",
        "about": event.about.name if event.about else "",
    }
    data = {key: _spell(value, local) for key, value in event.data.items()}
    sentence = SENTENCES[event.action].format_map(Missing(data | people))
    return Line(f"{full_day(local)} {local:%H:%M}", sentence)


def _spell(value: object, seen: date) -> str:
    if isinstance(value, str) and DAY.fullmatch(value):
        with suppress(ValueError):
            return short_day(date.fromisoformat(value), seen=seen)
    return str(value)
