"""The gates of the idea and the charter."""

from ..screening import NAMES
from ..states import ScreenResult, Stage
from .needs import COUNTED, Ball, Facts, Gate, Need, capital


def idea(facts: Facts) -> Gate:
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


def charter(facts: Facts) -> Gate:
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
