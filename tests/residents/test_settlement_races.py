"""Two signatures for the same requirement at the same moment, on the real database."""

from datetime import UTC, date, datetime

import pytest

from qipathway.core.timeline.models import Event
from residents.models import Settlement
from residents.requirements import Requirement
from residents.services import (
    Waiver,
    credit_requirement,
    waive_requirement,
    waive_requirements,
    withdraw_settlement,
    withdraw_settlements,
)
from tests.factories.residents import SettlementFactory
from tests.together import done, together, told

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = Requirement(key="flow-tours", text="Flow tour", group="Practice", wanted=1, done=0)
AT = datetime(2026, 11, 23, 20, tzinfo=UTC)
WHY = "No tours took place that year."


@pytest.mark.requirement(24)
def test_of_a_credit_two_waivers_and_one_for_several_at_once_one_is_signed(world):
    here = world.here
    deed = {"by": here.director, "at": AT, "reason": WHY}
    one = {"requirement": ASKED, "amount": 1, **deed}
    day = date(2025, 7, 3)
    results = together(
        lambda: credit_requirement(here.resident, done_on=day, **one),
        lambda: waive_requirement(here.resident, **one),
        lambda: waive_requirement(here.resident, **one),
        lambda: waive_requirements([Waiver(here.resident, ASKED)], **deed),
    )
    assert len(done(results)) == 1
    assert all("nothing is left for Resident" in words for words in told(results))
    assert Settlement.objects.count() == Event.objects.count() == 1


def test_of_six_who_take_the_same_back_at_once_one_does(world):
    here = world.here
    signed = SettlementFactory(resident=here.resident)
    both = {"by": here.director, "at": AT}
    results = together(
        *(lambda: withdraw_settlement(signed, **both) for _ in range(3)),
        *(lambda: withdraw_settlements([signed], **both) for _ in range(3)),
    )
    assert told(results) == ["This was already taken back."] * 5
    assert Event.objects.count() == 1
