"""What can be owed. The roof registers each kind, so that this app knows none by name."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from .states import Ambiguous

if TYPE_CHECKING:
    from qipathway.core.accounts.models import User

    from .models import Notice

NAME = re.compile(r"[a-z0-9_.-]{1,60}")


class UnknownKind(LookupError):
    """Nobody registered a kind of notice by this name."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a mail says, written at the moment of sending and never stored."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: when it still holds, how it reads, what to do in doubt.

    ``live`` returns the rows that keep a notice valid, filtered by ``OuterRef("object_id")``,
    ``OuterRef("revision")`` and ``OuterRef("recipient_id")``; the claim tests it with ``Exists``.
    ``render`` gets the notices of one mail, all valid a moment ago, and the person.
    ``ambiguous`` is "resend" where a doubled mail is harmless, "hold" where a person must decide.
    """

    name: str
    live: Callable[[], QuerySet[Any]]
    render: "Callable[[Sequence[Notice], User], Message]"
    ambiguous: str = Ambiguous.RESEND

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name for a kind of notice.")
        if self.ambiguous not in Ambiguous.values:
            raise ValueError(f"{self.name}: ambiguous is one of {', '.join(Ambiguous.values)}.")


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make ``kind`` known to this process; a name can be taken once."""
    if kind.name in _kinds:
        raise ValueError(f"The kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind


def unregister(name: str) -> None:
    """Forget a kind, as tests do."""
    del _kinds[name]


def get_kind(name: str) -> Kind:
    """Return the kind called ``name``, or raise ``UnknownKind``."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"No kind of notice is called {name!r}.") from None


def registered() -> Iterator[Kind]:
    """Every kind that this process can judge and write."""
    return iter(_kinds.values())
