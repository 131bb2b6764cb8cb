"""State machines as data: a table of moves, and one function that walks along it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet


class DomainError(Exception):
    """A rule of the house said no. The message is for a person: what, why and what to do."""


class IllegalMove(DomainError):
    """The thing has moved on, so this can no longer be done to it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of a state diagram; ``past`` ends the sentence "so it cannot be ..."."""

    sources: frozenset[str]
    target: str
    past: str


class Stateful(Protocol):
    state: str

    def get_state_display(self) -> str: ...


def arrow(sources: Iterable[str], target: str, past: str) -> Move:
    """Return the move from any of ``sources`` to ``target``."""
    return Move(frozenset(sources), target, past)


def can_move(obj: Stateful, name: str, table: Mapping[str, Move]) -> bool:
    """Tell whether the arrow called ``name`` leaves the state that ``obj`` is in."""
    return obj.state in table[name].sources


def move(obj: Stateful, name: str, table: Mapping[str, Move]) -> str:
    """Set ``obj.state`` along the arrow called ``name``; return the state left.

    Does not save: the service that called holds the lock and owns the write. Raises
    ``IllegalMove`` (a ``DomainError``) in words a person can act on.
    """
    left = obj.state
    if not can_move(obj, name, table):
        raise IllegalMove(
            f"Nothing was changed: this is {obj.get_state_display().lower()} by now, "
            f"so it cannot be {table[name].past}. Reload the page to see where it stands."
        )
    obj.state = table[name].target
    return left


def move_all(rows: QuerySet[Any], name: str, table: Mapping[str, Move], **fields: Any) -> int:
    """Move every one of ``rows`` that stands at the start of the arrow; return how many.

    One UPDATE whose WHERE names the source states: a row that another session has moved meanwhile
    is looked at again by PostgreSQL and left alone. ``fields`` are written in the same statement.
    Keep joins out of the filter: Django would turn them into ``id IN (SELECT ...)``, which is not
    looked at again.
    """
    return rows.filter(state__in=table[name].sources).update(state=table[name].target, **fields)
