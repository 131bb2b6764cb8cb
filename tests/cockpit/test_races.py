"""The same decision put off many times at once, on the real database."""

from datetime import UTC, datetime, timedelta

import pytest

from qipathway.cockpit.models import Snooze
from qipathway.cockpit.services import LASTS, grant_role, snooze, unsnooze
from qipathway.core.notices.models import Notice
from residents.models import RoleGrant
from residents.states import Role
from tests.factories.capstone import ReadyProjectFactory
from tests.together import done, together, told

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


def test_of_two_sponsors_tied_at_once_one_sponsors_and_is_asked(world):
    here, at = world.here, datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    ReadyProjectFactory(resident=here.other)
    people = [here.person(name, Role.SPONSOR) for name in ("first", "second")]

    def tying(person):
        return lambda: grant_role(
            resident=here.other, role=Role.SPONSOR, person=person, by=here.director, at=at
        )

    results = together(*map(tying, people))
    [grant] = done(results)
    assert len(told(results)) == 1
    assert RoleGrant.objects.filter(resident=here.other, role=Role.SPONSOR).get() == grant
    assert Notice.objects.get().recipient == grant.person
