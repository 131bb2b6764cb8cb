"""How the timeline reads: one sentence for each thing that can happen."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import capstone.story
import curriculum.story
import mentorship.story
import residents.selection.story
import residents.story
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day, short_day
from qipathway.core.timeline.models import Event
from residents.states import Role

DAY = re.compile(r"\d{4}-\d\d-\d\d")
SENTENCES = {
    **residents.story.SENTENCES,
    **residents.selection.story.SENTENCES,
    **curriculum.story.SENTENCES,
    **mentorship.story.SENTENCES,
    **capstone.story.SENTENCES,
    "imports.import_file": "{actor} brought in a file ({kind}): {new} new, {changed} changed, "
    "{removed} removed.",
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
    """Return the events as sentences, in the order given.

    A third person stands in the data by key, as ``person``; one query names all of them.
    """
    rows = list(events)
    keys = {row.data["person"] for row in rows if "person" in row.data}
    named = User.objects.in_bulk(keys) if keys else {}
    return [_line(row, named, ZoneInfo(zone)) for row in rows]


def _line(event: Event, named: Mapping[int, User], zone: ZoneInfo) -> Line:
    local = event.at.astimezone(zone)
    people = {
        "actor": event.actor.name if event.actor else "The system",
        "about": event.about.name if event.about else "",
    }
    data = {key: _spell(key, value, local) for key, value in event.data.items()}
    if event.data.get("person") in named:
        data["person"] = named[event.data["person"]].name
    sentence = SENTENCES[event.action].format_map(Missing(data | people))
    return Line(f"{full_day(local)} {local:%H:%M}", sentence)


def _spell(key: str, value: object, seen: date) -> str:
    if key == "role" and value in Role.values:
        return Role(value).noun
    if isinstance(value, str) and DAY.fullmatch(value):
        with suppress(ValueError):
            return short_day(date.fromisoformat(value), seen=seen)
    return str(value)
