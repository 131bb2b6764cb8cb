from datetime import UTC, datetime

import pytest

from tests.factories.capstone import ProjectFactory, ReadyProjectFactory, SignedProjectFactory
from tests.factories.residents import LeaderFactory


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def resident(here):
    return here.resident


@pytest.fixture
def owner(here):
    return LeaderFactory(program=here.program, person__given_name="Anneke")


@pytest.fixture
def at():
    return datetime(2026, 11, 23, 15, 40, tzinfo=UTC)


@pytest.fixture
def project(resident):
    """In the charter stage: the process is chosen, nothing else is written."""
    return ProjectFactory(resident=resident)


@pytest.fixture
def ready(resident):
    """Complete but for the sponsor's signature."""
    return ReadyProjectFactory(resident=resident)


@pytest.fixture
def signed(here, resident):
    return SignedProjectFactory(resident=resident, charter__signed_by=here.sponsor)
