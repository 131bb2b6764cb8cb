"""The demo is loaded into a database of its own, whole or not at all."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from qipathway.core.accounts.models import User
from qipathway.core.clock.models import Offset
from qipathway.demo import load
from residents.models import Program
from tests.factories.accounts import UserFactory
from tests.factories.residents import ProgramFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [UserFactory, ProgramFactory])
def test_a_database_that_is_somebody_s_is_refused_and_left_as_it_was(factory):
    factory()
    found = (User.objects.count(), Program.objects.count())
    with pytest.raises(CommandError, match="Give the demo an empty database"):
        call_command("load_demo")
    assert (User.objects.count(), Program.objects.count()) == found
    assert not load.is_loaded()
    assert not Offset.objects.exists()


def test_a_load_that_meets_an_obstacle_leaves_no_program_and_the_clock_alone(monkeypatch):
    def stumble(cast, diary):
        UserFactory(email=User.objects.first().email)

    monkeypatch.setattr(load, "tell", stumble)
    with pytest.raises(IntegrityError):
        load.load_program()
    assert not Program.objects.exists()
    assert not Offset.objects.exists()
