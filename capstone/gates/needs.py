"""What gates are made of: needs, who has the ball, and the facts they are computed from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ..remeasures import Remeasure
from ..states import ScreenResult, Stage

LISTED_AT_MOST = 3
COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Ball(StrEnum):
    """Who can act next."""

    YOU = "you"
    SPONSOR = "sponsor"
    COACH = "coach"
    DIRECTOR = "program director"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing without which a gate stays closed.

    ``thing`` completes "the charter needs ..."; ``text`` stands in the list and says, once the
    need is met, what meets it; ``why`` is the sense of it. ``page`` is the URL name where it is
    done, ``anchor`` the place on that page. "you" is always the resident whose project it is.
    What is not ``is_kept`` is done on paper so far, so that nobody here can say whether it is met.
    """

    key: str
    thing: str
    text: str
    is_met: bool
    ball: Ball = Ball.YOU
    page: str = "capstone:charter"
    anchor: str = ""
    why: str = ""
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Gate:
    """The list that decides whether a stage can be left.

    ``work`` says in one sentence what the stage is about, where not all of its list is kept here.
    """

    stage: Stage
    needs: tuple[Need, ...]
    work: str = ""

    @property
    def missing(self) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if not need.is_met)

    @property
    def is_open(self) -> bool:
        return not self.missing

    @property
    def next(self) -> Need | None:
        """The first thing to do, in the order in which people do them; else the stage's work."""
        here = next((need for need in self.missing if need.is_kept), None)
        if here is None and self.missing:
            return Need("work", self.work, self.work, is_met=False, page="capstone:project")
        return here

    @property
    def sentence(self) -> str:
        """Say how much is missing: "The charter needs two more things: ... and ..."."""
        name, missing = f"The {self.stage.label.lower()}", self.missing
        if self.work:
            here = [need.thing for need in missing if need.is_kept]
            return f"{self.work}. Still needed here: {listed(here)}." if here else f"{self.work}."
        if not missing:
            return f"{name} has everything it needs."
        count = f"{COUNTED[len(missing)]} more thing{'' if len(missing) == 1 else 's'}"
        if len(missing) > LISTED_AT_MOST:
            return f"{name} needs {count}. The next is {missing[0].thing}."
        return f"{name} needs {count}: {listed(need.thing for need in missing)}."

    def without(self, key: str) -> "Gate":
        """Return the gate without one need, to ask whether only that one is missing."""
        return replace(self, needs=tuple(need for need in self.needs if need.key != key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the gates look at. Empty names mean: nobody yet."""

    has_process: bool = False
    has_scope: bool = False
    owner: str = ""
    has_reason: bool = False
    sponsor: str = ""
    screen: ScreenResult = ScreenResult.OPEN
    answered: int = 0
    irb_decided: bool = False
    signer: str = ""
    baseline: int = 0
    baseline_needed: int = 10
    few_explained: bool = False
    baseline_settled: bool = False
    remeasures: tuple[Remeasure, ...] = ()


def listed(things: Iterable[str]) -> str:
    """Join as people do: "a", "a and b", "a, b and c"."""
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last


def capital(text: str) -> str:
    """Return the text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
