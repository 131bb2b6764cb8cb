"""Every service that people can press at the same moment is raced with threads."""

import importlib
import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings

TESTS = Path(settings.BASE_DIR) / "tests"
ROOMS = {
    "residents": "residents",
    "residents.selection": "selection",
    "curriculum": "curriculum",
    "mentorship": "mentorship",
    "capstone": "capstone",
    "qipathway.cockpit": "cockpit",
    "qipathway.imports": "imports",
    "qipathway.core.files": "core/files",
    "qipathway.core.notices": "core/notices",
}
"""Where the deeds of people are, and the folder in which they are raced."""

PART_OF_OTHERS = {
    "keep": "files.services: writes a row that nobody else knows yet",
    "owe_each": "notices.services: one statement on a unique key, raced as owe in test_owe",
    "hold_due_mail": "notices.services: one command, of one operator",
}


def is_deed(function):
    """Somebody does it, or it holds a transaction of its own together."""
    return "by" in inspect.signature(function).parameters or hasattr(function, "__wrapped__")


def deeds_of(room):
    services = importlib.import_module(f"{room}.services")
    return {
        name
        for name, found in vars(services).items()
        if inspect.isfunction(found)
        and found.__module__.startswith(services.__name__)
        and not name.startswith("_")
        and name not in PART_OF_OTHERS
        and is_deed(found)
    }


def raced_in(folder):
    """Return what is called in the modules of races of a folder."""
    races = sorted((TESTS / folder).glob("test_*races.py"))
    words = "".join(path.read_text(encoding="utf-8") for path in races)
    called = re.findall(r"\bpartial\(\s*(\w+)|\b(\w+)\(", words)
    return {name for pair in called for name in pair}


@pytest.mark.parametrize("room", ROOMS)
def test_every_deed_of_a_person_has_a_race(room):
    deeds = deeds_of(room)
    assert deeds
    assert sorted(deeds - raced_in(ROOMS[room])) == []


def test_no_room_of_deeds_is_forgotten():
    files = Path(settings.BASE_DIR).glob("**/services*")
    base = Path(settings.BASE_DIR)
    rooms = {
        ".".join(path.relative_to(base).parent.parts)
        for path in files
        if path.suffix in {"", ".py"} and "tests" not in path.parts
    }
    ground = {"clock", "links", "timeline"}
    without = {f"qipathway.core.{name}" for name in ground} | {"qipathway.bootstrap"}
    assert rooms - without == set(ROOMS)
