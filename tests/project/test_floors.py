"""Imports only go down a floor, and down the layers inside an app, the roof and the ground."""

import tomllib
from pathlib import Path

from django.conf import settings
from importlinter.application import use_cases
from importlinter.configuration import configure

CONFIG = Path(settings.BASE_DIR) / "pyproject.toml"


def test_floors_and_layers_hold():
    configure()
    assert use_cases.lint_imports(config_filename=str(CONFIG), cache_dir=None)


def test_no_module_may_stand_outside_the_layers():
    """The floors name packages; inside each of them a contract names every module."""
    linter = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["tool"]["importlinter"]
    named = {
        container
        for contract in linter["contracts"]
        if contract.get("exhaustive")
        for container in contract["containers"]
    }
    rooms = {f"qipathway.{name}" for name in ("core", "cockpit", "imports")}
    assert named == {*linter["root_packages"], *rooms, "residents.selection"}
