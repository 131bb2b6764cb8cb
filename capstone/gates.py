"""What a stage still needs before it can be left, in words, and who can do something about it.

Pure: a gate is computed from facts, so that the page, the board and the service that moves a
project say the same. No request skips a gate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .screening import NAMES
from .states import ScreenResult, Stage

LISTED_AT_MOST = 3
COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Ball(StrEnum):
    """Who can act next."""

    YOU = "you"
    SPONSOR = "sponsor"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing without which a gate stays closed.

    ``thing`` completes "the charter needs ..."; ``text`` stands in the list and says, once the
    need is met, what meets it; ``why`` is the sense of it. ``page`` is the URL name where it is
    done, ``anchor`` the place on that page. "you" is always the resident whose project it is.
    """

    key: str
    thing: str
    text: str
    is_met: bool
    ball: Ball = Ball.YOU
    page: str = "capstone:charter"
    anchor: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """The list that decides whether a stage can be left."""

    stage: Stage
    needs: tuple[Need, ...]

    @property
    def missing(self) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if not need.is_met)

    @property
    def is_open(self) -> bool:
        return not self.missing

    @property
    def next(self) -> Need | None:
        """The first thing to do, in the order in which people do them."""
        return next(iter(self.missing), None)

    @property
    def sentence(self) -> str:
        """Say how much is missing: "The charter needs two more things: ... and ..."."""
        name, missing = f"The {self.stage.label.lower()}", self.missing
        if not missing:
            return f"{name} has everything it needs."
        count = f"{COUNTED[len(missing)]} more thing{'' if len(missing) == 1 else 's'}"
        if len(missing) > LISTED_AT_MOST:
            return f"{name} needs {count}. The next is {missing[0].thing}."
        return f"{name} needs {count}: {listed(need.thing for need in missing)}."

    def without(self, key: str) -> "Gate":
        """Return the gate without one need, to ask whether only that one is missing."""
        return Gate(self.stage, tuple(need for need in self.needs if need.key != key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the gates of the idea and the charter look at. Empty names mean: nobody yet."""

    has_process: bool = False
    has_scope: bool = False
    owner: str = ""
    has_reason: bool = False
    sponsor: str = ""
    screen: ScreenResult = ScreenResult.OPEN
    answered: int = 0
    irb_decided: bool = False
    signer: str = ""


def gate_for(stage: str, facts: Facts) -> Gate | None:
    """Return the gate of a stage, or ``None`` where this system does not yet keep one."""
    gates = {Stage.IDEA: _idea, Stage.CHARTER: _charter}
    found = gates.get(Stage(stage))
    return found(facts) if found else None


def _idea(facts: Facts) -> Gate:
    chosen = Need(
        key="process",
        thing="a process",
        text="Choose one process to make better",
        is_met=facts.has_process,
        page="capstone:project",
        anchor="choose",
        why="One process in one area, small enough to watch from its start to its end.",
    )
    return Gate(Stage.IDEA, (chosen,))


def _charter(facts: Facts) -> Gate:
    parts = (_process, _scope, _owner, _reason, _screen, _sponsor, _signature)
    return Gate(Stage.CHARTER, tuple(part(facts) for part in parts))


def _process(facts: Facts) -> Need:
    named, name = "The area and the process are named", "Name the area and the process"
    return Need(
        key="process",
        thing="the area and the process",
        text=named if facts.has_process else name,
        is_met=facts.has_process,
        anchor="div_id_area",
        why="One process in one area, small enough to watch from its start to its end.",
    )


def _scope(facts: Facts) -> Need:
    named, name = "Its first and last step are named", "Say where it starts and where it ends"
    return Need(
        key="scope",
        thing="its first and last step",
        text=named if facts.has_scope else name,
        is_met=facts.has_scope,
        anchor="div_id_first_step",
        why="Two moments that you can see and time; what lies outside is another project.",
    )


def _owner(facts: Facts) -> Need:
    choose = "Choose the one person who owns the process"
    return Need(
        key="owner",
        thing="a process owner",
        text=f"{facts.owner} owns the process" if facts.owner else choose,
        is_met=bool(facts.owner),
        anchor="div_id_process_owner",
        why="Who runs it day to day keeps the change alive when you have moved on.",
    )


def _reason(facts: Facts) -> Need:
    return Need(
        key="reason",
        thing="why it matters",
        text="Why it matters is written" if facts.has_reason else "Say why it matters",
        is_met=facts.has_reason,
        anchor="div_id_why_it_matters",
        why="It is what a sponsor reads first.",
    )


def _screen(facts: Facts) -> Need:
    thing, text, is_met = _screened(facts)
    return Need(
        key="screen",
        thing=thing,
        text=text,
        is_met=is_met,
        page="capstone:screen",
        why="Six questions, about two minutes; they record that somebody asked whether it is "
        "research.",
    )


def _screened(facts: Facts) -> tuple[str, str, bool]:
    """Return the thing, the text and whether it is met, by what the answers add up to."""
    if facts.screen == ScreenResult.IMPROVEMENT:
        return "the self-screen", "Self-screen: this is quality improvement", True
    if facts.screen == ScreenResult.ASK_IRB and facts.irb_decided:
        return "the IRB's answer", "The IRB has decided", True
    if facts.screen == ScreenResult.ASK_IRB:
        return "the IRB's answer", "Ask the IRB, and enter what it decides", False
    if facts.answered:
        left = COUNTED[len(NAMES) - facts.answered]
        return "the rest of the self-screen", f"Finish the self-screen: {left} to answer", False
    return (
        "the self-screen",
        f"Answer the {COUNTED[len(NAMES)]} questions of the self-screen",
        False,
    )


def _sponsor(facts: Facts) -> Need:
    find = "Find a sponsor; the program office enters who has agreed"
    return Need(
        key="sponsor",
        thing="a sponsor",
        text=f"{facts.sponsor} is the sponsor" if facts.sponsor else find,
        is_met=bool(facts.sponsor),
        page="capstone:project",
        anchor="people",
        why="A sponsor signs the charter and clears the way when something stands in it.",
    )


def _signature(facts: Facts) -> Need:
    whose = facts.sponsor or "the sponsor"
    signed, sign = f"{facts.signer} signed", f"{capital(whose)} signs the charter"
    return Need(
        key="signature",
        thing=f"{whose}'s signature",
        text=signed if facts.signer else sign,
        is_met=bool(facts.signer),
        ball=Ball.SPONSOR,
        page="capstone:project",
        anchor="sign",
    )


@dataclass(frozen=True, slots=True)
class Work:
    """What a stage asks for in one sentence, where its gate is not kept here yet."""

    text: str
    ball: Ball = Ball.YOU
    is_met: bool = False
    page: str = "capstone:project"
    anchor: str = ""
    why: str = ""


WORK = {
    Stage.CURRENT_STATE: Work("Observe the process, map it and measure how it does today"),
    Stage.EVENT_READY: Work("Prepare the two-day event: team, dates and room"),
    Stage.EVENT_HELD: Work("Hold the two-day event: gather ideas and test them"),
    Stage.IMPLEMENTING: Work("Turn what worked into daily practice"),
    Stage.REMEASURED: Work("Measure again and compare with the start"),
    Stage.PRESENTED: Work("Present the results and hand the process over"),
}


def listed(things: Iterable[str]) -> str:
    """Join as people do: "a", "a and b", "a, b and c"."""
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last


def capital(text: str) -> str:
    """Return the text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
