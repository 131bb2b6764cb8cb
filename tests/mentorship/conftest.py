from datetime import UTC, datetime

import pytest


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def at():
    """Monday evening, November 30, in the program's zone; already Tuesday in UTC."""
    return datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
