"""The same decision put off many times at once, on the real database."""

from datetime import timedelta

import pytest

from qipathway.cockpit.models import Snooze
from qipathway.cockpit.services import LASTS, snooze, unsnooze
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_presses_one_snooze_stands_and_it_is_nobody_elses(world, today):
    here = world.here

    def presser(by):
        return lambda: snooze(here.resident, by=by, today=today, reason="no_coach")

    together(*[presser(here.director)] * 6, presser(here.chief))
    rows = Snooze.objects.values_list("viewer", "resident", "reason", "until")
    assert set(rows) == {
        (who.pk, here.resident.pk, "no_coach", today + LASTS) for who in (here.director, here.chief)
    }


def test_pressing_and_taking_back_at_once_leave_one_or_none(world, today):
    here = world.here
    later = today + timedelta(days=1)
    snooze(here.resident, by=here.director, today=today, reason="no_coach")
    together(
        lambda: unsnooze(here.resident, by=here.director, reason="no_coach"),
        lambda: snooze(here.resident, by=here.director, today=later, reason="no_coach"),
    )
    left = list(Snooze.objects.values_list("until", flat=True))
    assert left in ([], [later + LASTS])
