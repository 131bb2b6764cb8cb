"""What a file would do: every change, and everything that stands in its way, in words."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import partial
from typing import Any

from django.db.models import Choices

from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import full_day
from residents.models import Program

from .columns import Field

LONGEST_SHOWN = 60
Deed = Callable[[], object]


class Act(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say about a place in the file; ``line`` 0 and no column mean all of it."""

    reason: str
    line: int = 0
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.place, self.words)))

    @property
    def words(self) -> str:
        """What is wrong, beginning with the cell if there is one."""
        return f"“{self.value[:LONGEST_SHOWN]}” {self.reason}" if self.value else self.reason

    @property
    def place(self) -> str:
        """Where it is, for the eye: "line 7, End date"."""
        return ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.column)))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be new, different or gone; ``fields`` are (label, before, after)."""

    act: Act
    title: str
    line: int = 0
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can know. It is open until ``given`` is one of the ``choices``."""

    group: str
    key: str
    text: str
    choices: tuple[tuple[str, str], ...]
    given: str = ""
    help_text: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """On whose word, where, when, and with which answers a file is read."""

    program: Program
    by: User | None
    today: date
    at: datetime
    may_name_directors: bool
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def answer(self, group: str, key: str) -> str:
        return self.answers.get(group, {}).get(key, "")

    def deed(self, service: Callable[..., object], *given: Any, **named: Any) -> Deed:
        """Return what calls a service here, by whoever brings the file in."""
        return partial(service, *given, program=self.program, by=self.by, **named)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, its cells parsed; a field without a column is not in ``values``."""

    line: int
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = "") -> Any:
        return self.values.get(name, default)

    def only(self, names: Sequence[str]) -> dict[str, Any]:
        """Return those of the named values for which the file has a column."""
        return {name: self.values[name] for name in names if name in self.values}


@dataclass
class Plan:
    """What would happen. ``deeds`` make it so, in order, within the caller's transaction.

    ``collisions`` name what stays, and no longer fits what would change.
    """

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    collisions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    lines: int = 0

    def error(self, row: Row, name: str, reason: str, value: object = "") -> None:
        self.errors.append(Problem(reason, row.line, self.labels.get(name, ""), str(value)))

    def warn(self, row: Row, name: str, reason: str, value: object = "") -> None:
        self.warnings.append(Problem(reason, row.line, self.labels.get(name, ""), str(value)))

    def new(self, title: str, line: int) -> None:
        self.changes.append(Change(Act.NEW, title, line))

    def change(self, title: str, line: int, fields: tuple[tuple[str, str, str], ...]) -> None:
        self.changes.append(Change(Act.CHANGED, title, line, fields))

    def remove(self, title: str) -> None:
        self.changes.append(Change(Act.REMOVED, title))

    @property
    def counts(self) -> dict[str, int]:
        """How many things are new, changed, removed and unchanged."""
        found = Counter(change.act for change in self.changes)
        return {**{act.value: found[act] for act in Act}, "unchanged": self.unchanged}

    @property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions if question.is_open]

    @property
    def is_ready(self) -> bool:
        """Whether it can be carried out as it stands."""
        return not self.errors and not self.open_questions

    @property
    def digest(self) -> str:
        """A fingerprint of what would happen, to tell whether it is still what was looked at."""
        said = [(question.group, question.key, question.given) for question in self.questions]
        seen = (self.changes, self.collisions, said)
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def differences(
    thing: object, values: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    """Set the values on a model object; return what was different, in words."""
    found = []
    for name, value in values.items():
        if getattr(thing, name) != value:
            before = _displayed(thing, name)
            setattr(thing, name, value)
            found.append((labels.get(name, name), before, _displayed(thing, name)))
    return tuple(found)


def _displayed(thing: object, name: str) -> str:
    display = getattr(thing, f"get_{name}_display", None)
    return shown(display() if display else getattr(thing, name))


def shown(value: Any) -> str:
    """Say a value as a page does."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Choices):
        return str(value.label)
    if isinstance(value, date):
        return full_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(shown(each) for each in value)) or "–"
    return str(value) if value not in ("", None) else "–"


def doubles(rows: Sequence[Row], key: Callable[[Row], Any]) -> Iterator[tuple[Row, Row]]:
    """Yield each row whose key an earlier one has, with that earlier row."""
    seen: dict[Any, Row] = {}
    for row in rows:
        first = seen.setdefault(key(row), row)
        if first is not row:
            yield row, first


def labels_of(fields: Sequence[Field]) -> dict[str, str]:
    return {f.name: f.label for f in fields}
