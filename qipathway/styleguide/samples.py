"""Every component in every state, from the file that stands beside the components."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from qipathway.core.lib.markup import cell, element

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSIDE = "_inside"
SAFE = {
    "matrix": {
        "rows": element(
            "tr",
            element("th", "Mila Petrov", class_="q-who", role="rowheader", scope="row"),
            cell("done", "#", "Mila Petrov, VL01: complete"),
            element("td", "Stage 2 of 9", role="cell"),
            role="row",
        )
    }
}
"""Inputs that are markup already, which a file cannot hold."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One component in one state, drawn."""

    name: str
    state: str
    drawn: SafeString

    @property
    def uid(self) -> str:
        return f"{self.name}-{self.state}".replace(" ", "-")


def told() -> dict[str, Any]:
    """Read the file; raises ``ValueError`` where it cannot be read."""
    found: dict[str, Any] = json.loads((FOLDER / "samples.json").read_text(encoding="utf-8"))
    return found


def framed() -> dict[str, str]:
    """Return the components that every page's frame draws, each with how to find it there."""
    return {k: v.removeprefix("frame ") for k, v in told().items() if isinstance(v, str)}


def samples() -> Iterator[Sample]:
    """Draw every other component in each of its states."""
    for name, states in sorted(told().items()):
        if isinstance(states, str):
            continue
        for state, inputs in states.items():
            if state != INSIDE:
                ready = {**_with_days(inputs), **SAFE.get(name, {})}
                drawn = render_to_string(f"components/{name}.html", ready)
                yield Sample(name, state, _inside(states.get(INSIDE, ""), drawn))


def _inside(wrapper: str, drawn: SafeString) -> SafeString:
    """Put a part into the element that it always stands in: ``ul.q-attention``."""
    if not wrapper:
        return drawn
    tag, *classes = wrapper.split(".")
    return element(tag, drawn, class_=" ".join(classes))


def _with_days(value: Any) -> Any:
    """Return what was told with its days as dates."""
    if isinstance(value, dict):
        return {key: _with_days(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_days(each) for each in value]
    if isinstance(value, str) and DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value
