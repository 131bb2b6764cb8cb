"""Imports only go down a floor, and down the layers inside an app."""

from pathlib import Path

from django.conf import settings
from importlinter.application import use_cases
from importlinter.configuration import configure


def test_floors_and_layers_hold():
    configure()
    config = Path(settings.BASE_DIR) / "pyproject.toml"
    assert use_cases.lint_imports(config_filename=str(config), cache_dir=None)
