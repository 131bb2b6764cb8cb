"""A postgraduate year set by hand: who may, what follows, what is refused, taking it back."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from qipathway.core.lib.states import DomainError
from qipathway.core.timeline.models import Event
from qipathway.story import tell
from residents.models import Resident, YearOverride
from residents.reads import members
from residents.services import record_year, withdraw_year
from residents.states import YearReason
from tests.factories.residents import LeaveFactory, YearOverrideFactory

REPEATS = {"first": "2026-07-01", "pgy": "1", "reason": "repeat"}


@pytest.fixture
def here(world):
    return world.here


def recorded(here, first=date(2026, 7, 1), pgy=1):
    return record_year(
        here.resident, first=first, pgy=pgy, reason=YearReason.REPEAT, by=here.coordinator
    )


def fresh(here):
    return Resident.objects.get(pk=here.resident.pk)


def address(name, thing):
    return reverse(f"residents:{name}", args=["cascade", thing.uid])


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.requirement(4)
def test_who_repeats_a_year_is_in_it_everywhere_and_the_plan_comes_a_year_later(here, today):
    before = fresh(here).training
    recorded(here)
    [member] = [each for each in members(here.program) if each.resident == here.resident]
    after = member.resident.training
    assert (before.pgy(today), after.pgy(today)) == (2, 1)
    assert (before.month_begins(15, today), after.month_begins(15, today)) == (
        date(2026, 9, 1),
        date(2027, 9, 1),
    )
    assert (before.ends(today), after.ends(today)) == (date(2028, 7, 1), date(2029, 7, 1))


def test_it_is_told_and_taken_back_once(here, today, monday):
    year = recorded(here)
    withdraw_year(year, by=here.director, at=monday)
    assert fresh(here).pgy(today) == 2
    with pytest.raises(DomainError, match=r"^This was already taken back\.$"):
        withdraw_year(year, by=here.director, at=monday)
    events = Event.objects.about(here.resident.person).order_by("pk")
    name = here.resident.person.name
    assert [line.text for line in tell(events, zone=here.program.zone)] == [
        f"{here.coordinator.name} recorded that {name} is PGY-1 from Jul 1 on.",
        f"{here.director.name} took back that {name} is PGY-1 from Jul 1 on.",
    ]


@pytest.mark.parametrize(
    ("first", "why"),
    [
        (date(2025, 6, 30), "starts residency on Jul 1, 2025 only."),
        (date(2033, 7, 2), "That is more than 8 years after"),
        (date(2026, 7, 1), "is PGY-1 from Jul 1, 2026 already."),
    ],
)
def test_a_year_out_of_bounds_or_from_the_same_day_is_refused(here, first, why):
    recorded(here)
    with pytest.raises(DomainError, match=why.replace(".", r"\.")):
        recorded(here, first, 3)
    assert YearOverride.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "promise"),
    [
        ({"pgy": 0}, "year_of_residency_is_known"),
        ({"pgy": 9}, "year_of_residency_is_known"),
        ({"reason": "whim"}, "reason_of_a_year_is_known"),
        ({"first": date(2026, 7, 1)}, "one_year_holds_from_a_day"),
    ],
)
def test_the_database_itself_refuses_a_year_that_cannot_be(here, fields, promise):
    YearOverrideFactory(resident=here.resident, first=date(2026, 7, 1))
    with pytest.raises(IntegrityError, match=promise):
        YearOverrideFactory(resident=here.resident, **{"first": date(2027, 7, 1), **fields})


def test_looking_says_what_would_move_and_writes_nothing(client, here):
    client.force_login(here.coordinator)
    shown = words(client.get(address("years", here.resident), REPEATS))
    for said in (
        "PGY-2 since Jul 1, 2026; PGY-3 begins on Jul 1, 2027.",
        "PGY-1 instead of PGY-2",
        "Jul 1, 2027 instead of Jul 1, 2026",
        "Jul 1, 2029 instead of Jul 1, 2028",
    ):
        assert said in shown
    assert not YearOverride.objects.exists()


def test_setting_a_year_can_be_undone_from_the_message(client, here, today):
    client.force_login(here.coordinator)
    answer = client.post(address("year-record", here.resident), REPEATS, follow=True)
    year = YearOverride.objects.get()
    assert (year.recorded_by, year.reason, fresh(here).pgy(today)) == (
        here.coordinator,
        YearReason.REPEAT,
        1,
    )
    undo = address("year-withdraw", year)
    assert f'action="{undo}"' in words(answer)
    assert "it follows from the days again" in words(client.post(undo, follow=True))
    assert fresh(here).pgy(today) == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"first": "2025-01-01"}, "starts residency on Jul 1, 2025 only."),
        ({"first": "9999-12-31"}, "That is more than 8 years after"),
        ({"first": ""}, "This field is required."),
        ({"pgy": "9"}, "Select a valid choice."),
        ({"reason": "whim"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_with_why_and_writes_nothing(client, here, said, why):
    client.force_login(here.coordinator)
    answer = client.post(address("year-record", here.resident), REPEATS | said)
    assert answer.status_code == 422
    assert why in words(answer)
    assert not YearOverride.objects.exists()


def test_a_day_at_the_end_of_time_is_looked_at_without_harm(client, here):
    client.force_login(here.coordinator)
    answer = client.get(address("years", here.resident), REPEATS | {"first": "9999-12-31"})
    assert answer.status_code == 422
    assert "That is more than 8 years after" in words(answer)


def test_a_year_of_another_program_is_not_there(client, world):
    year = YearOverrideFactory(resident=world.there.resident)
    client.force_login(world.here.director)
    path = reverse("residents:year-withdraw", args=["cascade", year.uid])
    assert client.post(path).status_code == 404
    assert YearOverride.objects.standing().get() == year


def test_a_chief_does_not_set_years(client, here):
    client.force_login(here.chief)
    assert client.post(address("year-record", here.resident), REPEATS).status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_years_of_many_are_known_without_asking_for_each(here, django_assert_num_queries, more):
    for number in range(more):
        resident = here.member(f"m{number}")
        LeaveFactory(resident=resident)
        YearOverrideFactory(resident=resident)
    with django_assert_num_queries(3):
        years = [each.resident.pgy(date(2026, 12, 20)) for each in members(here.program)]
    assert sorted(years) == [1] * more + [2, 2]


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number_of_years(
    client, here, more, django_assert_num_queries
):
    for number in range(1 + more):
        YearOverrideFactory(resident=here.resident, first=date(2026, 7, 1 + number))
    client.force_login(here.coordinator)
    client.get(address("years", here.resident))
    with django_assert_num_queries(10):
        shown = client.get(address("years", here.resident))
    assert words(shown).count("Take back") == 2 * (1 + more)
