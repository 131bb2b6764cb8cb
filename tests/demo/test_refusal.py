"""A load that is stopped leaves nothing."""

import pytest
from django.db import IntegrityError

from qipathway.core.clock.models import Offset
from qipathway.demo.load import is_loaded, load_program
from residents.models import Program
from tests.factories.accounts import UserFactory


@pytest.mark.django_db
def test_a_load_that_meets_an_obstacle_leaves_no_program_and_the_clock_alone():
    UserFactory(email="anneke.dewit@example.org")
    with pytest.raises(IntegrityError):
        load_program()
    assert not is_loaded()
    assert not Program.objects.exists()
    assert not Offset.objects.exists()
