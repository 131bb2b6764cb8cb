"""Where somebody stands among ordered stages: a bar for a table, steps for the stepper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from qipathway.core.lib.markup import element

from .scale import number


@dataclass(frozen=True, slots=True)
class Step:
    """One step of ``components/stepper.html``; ``state`` is "done", "now" or "todo"."""

    name: str
    state: str
    note: str = ""


def state_of(index: int, current: int) -> str:
    """Say how the stage at ``index`` stands when the one at ``current`` is being worked on."""
    return "done" if index < current else "now" if index == current else "todo"


def steps(
    names: Sequence[str], current: int, notes: Mapping[int, str] | None = None
) -> tuple[Step, ...]:
    """Return the steps; ``current`` is the index of the one at work, ``len(names)`` when all are
    done, and a negative one when none has begun.
    """
    said = notes or {}
    return tuple(
        Step(name, state_of(index, current), said.get(index, ""))
        for index, name in enumerate(names)
    )


@lru_cache(maxsize=256)
def stage_bar(current: int, total: int, title: str = "", width: int = 124) -> SafeString:
    """Return the stages as a bar of ``total`` pieces; counted as in ``steps``.

    Without a title it is hidden from assistive technology, for use beside the stage's name.
    """
    gap = 2
    piece = (width - gap * (total - 1)) / total
    parts = [
        element(
            "rect",
            class_=f"is-{state_of(index, current)}",
            y="0",
            height="5",
            rx="2",
            x=number(index * (piece + gap), 2),
            width=number(piece, 2),
        )
        for index in range(total)
    ]
    named = {"role": "img", "aria_label": title} if title else {"aria_hidden": "true"}
    return element(
        "svg", *parts, class_="q-stages", width=width, height=5, viewBox=f"0 0 {width} 5", **named
    )
