"""Every service that people can press at the same moment is raced with threads."""

import importlib
import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings

TESTS = Path(settings.BASE_DIR) / "tests"


def services_of(app):
    rooms = importlib.import_module(f"{app}.services")
    return {
        name
        for name in rooms.__all__
        if inspect.isfunction(deed := getattr(rooms, name)) and "by" in signature(deed)
    }


def signature(deed):
    return inspect.signature(deed).parameters


ROOMS = ["residents", "residents.selection", "curriculum", "mentorship"]


@pytest.mark.parametrize("app", ROOMS)
def test_every_deed_of_a_person_has_a_race(app):
    folder = TESTS / app.rpartition(".")[2]
    races = "".join(path.read_text(encoding="utf-8") for path in folder.glob("test_*races.py"))
    raced = set(re.findall(r"\bpartial\(\s*(\w+)|\b(\w+)\(", races))
    assert services_of(app) - {name for pair in raced for name in pair} == set()
