"""Which column of a file holds which field: by its name, or as the program has said before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qipathway.core.sheets.cells import fold

Parse = Callable[[str], Any]
NEARLY = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a kind of file says in each line.

    ``parse`` is None for a day, which needs to know the order of its numbers. ``is_needed`` asks
    for the column, unless the one called ``unless`` is there; ``is_filled`` asks for a value in
    every line, where an empty cell is otherwise ``default``.
    """

    name: str
    label: str
    parse: Parse | None
    aliases: tuple[str, ...] = ()
    is_needed: bool = True
    is_filled: bool = True
    default: Any = ""
    unless: str = ""

    @property
    def is_day(self) -> bool:
        return self.parse is None


@dataclass(frozen=True, slots=True)
class Matching:
    """What the header of a file was taken for.

    ``places`` maps a field to its column, ``unknown`` are headers that nothing was made of,
    ``missing`` are needed fields without a column, ``doubled`` are headers of a field found before.
    """

    places: Mapping[str, int]
    unknown: tuple[str, ...]
    missing: tuple[Field, ...]
    doubled: tuple[str, ...]
    width: int

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.doubled

    @property
    def is_nearly(self) -> bool:
        """Whether a kind shows although one column that it needs is missing, or is there twice."""
        return len(self.places) >= NEARLY and len(self.missing) <= 1


def match(fields: Sequence[Field], header: Sequence[str], said: Mapping[str, str]) -> Matching:
    """Find the fields in a header; ``said`` maps folded headers to fields ("" leaves one out).

    What the program said wins over a name that looks right. Case, accents, spaces, punctuation and
    the order of columns make no difference.
    """
    known = {fold(word): f.name for f in fields for word in (f.label, *f.aliases)}
    places: dict[str, int] = {}
    unknown, doubled = [], []
    for at, head in enumerate(header):
        key = fold(head)
        field = said.get(key, known.get(key)) if key else ""
        if field is None:
            unknown.append(head)
        elif field in places:
            doubled.append(head)
        elif field:
            places[field] = at
    missing = tuple(
        f for f in fields if f.is_needed and f.name not in places and f.unless not in places
    )
    return Matching(places, tuple(unknown), missing, tuple(doubled), len(header))
