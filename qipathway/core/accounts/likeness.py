"""Who may be the same person twice: names and addresses that are nearly alike. Pure.

People are entered by several hands, from files and from memory: "José" and "Jose", a letter of
another alphabet that looks the same, a slip in an address. It warns; whoever enters decides.
"""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from .models import User

ALIKE = 0.86
"""Of a name: one letter in eight is another."""
SAME = 0.92
"""Of an address, which shares its domain with every colleague's: only what stands before the @."""


def similar_people(
    everybody: Iterable[User], *, email: str, given_name: str, family_name: str
) -> list[User]:
    """Return whom a new person may be, in the order given."""
    name, box = plain(f"{given_name} {family_name}"), plain(email.partition("@")[0])
    return [
        person
        for person in everybody
        if _near(name, plain(person.name), ALIKE)
        or _near(_sorted(name), _sorted(plain(person.name)), ALIKE)
        or _near(box, plain(person.email.partition("@")[0]), SAME)
    ]


def plain(text: str) -> str:
    """Return the words of a text for comparing: without case, accents and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())


def _sorted(name: str) -> str:
    """Return a name whose parts may stand in any order."""
    return " ".join(sorted(name.split()))


def _near(one: str, other: str, enough: float) -> bool:
    return bool(one and other) and SequenceMatcher(None, one, other).ratio() >= enough
