"""The files that a program brings in, in the order in which they make sense."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..columns import Field
from ..plan import Desk, Plan, Row
from . import blocks, classes, clinic, completions, people, roster, sessions


@dataclass(frozen=True, slots=True)
class Kind:
    """One file: what it is called, what it holds, after which others it comes."""

    name: str
    title: str
    about: str
    fields: Sequence[Field]
    plan: Callable[[Sequence[Row], Desk], Plan]
    after: tuple[str, ...] = ()
    forbidden: Mapping[str, str] = field(default_factory=dict)
    """Folded headers that refuse the file, each with the reason."""

    @property
    def action(self) -> str:
        return f"imports.import_{self.name}"


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "people",
            "People and roles",
            "Coaches, instructors, sponsors, mentors, leaders: who they are and what they do.",
            people.FIELDS,
            people.plan,
        ),
        Kind(
            "roster",
            "Roster",
            "Residents with their track and the day they start.",
            roster.FIELDS,
            roster.plan,
            forbidden=roster.FORBIDDEN,
        ),
        Kind(
            "clinic",
            "Clinic pattern",
            "The weekly half days of continuity clinic.",
            clinic.FIELDS,
            clinic.plan,
            after=("roster",),
        ),
        Kind(
            "blocks",
            "Block schedule",
            "Who is on which rotation, and who is on leave.",
            blocks.FIELDS,
            blocks.plan,
            after=("roster",),
        ),
        Kind(
            "classes",
            "Class catalogue",
            "The classes, what comes before each, and their homework.",
            classes.FIELDS,
            classes.plan,
        ),
        Kind(
            "sessions",
            "Class sessions",
            "When and where each class is taught, and by whom.",
            sessions.FIELDS,
            sessions.plan,
            after=("people", "classes"),
        ),
        Kind(
            "completions",
            "Completed classes",
            "What the learning system lists as done. What was done before this system is signed by "
            "a director, class by class.",
            completions.FIELDS,
            completions.plan,
            after=("roster", "classes"),
        ),
    )
}

__all__ = ["KINDS", "Kind"]
