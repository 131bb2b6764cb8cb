"""The schedule page: where everybody is, week by week, and what is booked there."""

from datetime import date
from html import unescape

import pytest

from curriculum.models import Booking
from curriculum.reads import block_schedule
from residents.models import Block
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory
from tests.factories.residents import (
    BlockFactory,
    CohortFactory,
    MembershipFactory,
    ResidentFactory,
)

MONDAY = date(2026, 11, 23)


def spans(here, resident, weeks=12):
    found = {m.resident: s for m, s in block_schedule(here.program, MONDAY, weeks)}
    return found[resident]


def test_weeks_of_one_block_stand_together_with_what_is_booked_and_leave(here, session):
    seat = BookingFactory(session=session, resident=here.resident)
    BookingFactory(session=session, resident=here.other)
    wards = here.rotation(RotationKind.INPATIENT, "Wards A")
    away = here.rotation(RotationKind.LEAVE, "Vacation")
    dates = {"start": date(2026, 12, 14), "end": date(2027, 1, 10)}
    own = {"program": here.program, "resident": here.resident}
    BlockFactory(**own, rotation=wards, **dates)
    BlockFactory(
        **own, rotation=away, start=date(2026, 12, 21), end=date(2026, 12, 25), overrides=True
    )
    first, second, third = spans(here, here.resident)
    assert (first.name, first.weeks, first.bookings) == ("Elective: Cardiology", 3, (seat,))
    assert (second.name, second.weeks, second.bookings) == ("Wards A", 4, ())
    assert [leave.name for leave in second.leaves] == ["Vacation"]
    assert (third.name, third.weeks, third.start) == ("No block", 5, date(2027, 1, 11))


def test_a_seat_given_back_is_not_on_the_schedule(here, session):
    BookingFactory(session=session, resident=here.resident, state="withdrawn")
    assert [span.bookings for span in spans(here, here.resident)] == [(), ()]


@pytest.mark.parametrize("role", ["director", "coordinator", "chief", "kpo_lead"])
def test_who_oversees_the_program_sees_blocks_and_bookings_of_this_one_only(
    world, here, session, sign_in, address, role
):
    BookingFactory(session=session, resident=here.resident)
    page = unescape(sign_in(getattr(here, role)).get(address("schedule")).text)
    assert "Dec 3 VSM" in page
    assert f">{here.resident.person.name}</a>" in page
    assert world.there.resident.person.name != here.resident.person.name
    assert f">{world.there.resident.person.name}</a>" not in page
    assert f'href="{address("schedule")}" aria-current="page"' in page


def test_the_page_holds_no_homework_text(here, session, sign_in, address):
    seat = BookingFactory(session=session, resident=here.resident, state="attended")
    HomeworkFactory(booking=seat, submitted=True, body="Eleven of fourteen steps were waiting.")
    assert "Eleven" not in sign_in(here.chief).get(address("schedule")).text


def test_the_weeks_can_be_turned_and_an_odd_date_shows_this_week(here, sign_in, address):
    client = sign_in(here.chief)
    page = client.get(address("schedule") + "?from=2027-02-17")
    assert page.context["weeks"][0] == date(2027, 2, 15)
    for odd in ("yesterday", "9999-12-31x", ""):
        assert client.get(f"{address('schedule')}?from={odd}").context["weeks"][0] == MONDAY
    for far in ("0001-01-01", "9999-12-31"):
        assert client.get(f"{address('schedule')}?from={far}").status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_any_number(
    here, session, sign_in, address, more, django_assert_num_queries
):
    for number in range(more):
        BookingFactory(session=session, resident=here.member(f"more{number}"))
    BookingFactory(session=session, resident=here.resident)
    client = sign_in(here.chief)
    with django_assert_num_queries(14):
        assert client.get(address("schedule")).status_code == 200
    assert Booking.objects.count() == more + 1
    assert Block.objects.filter(program=here.program).count() == more + 2


@pytest.mark.requirement(17)
def test_the_year_of_everybody_counts_what_is_protected_ahead_and_when_next(
    world, here, session, sign_in, address
):
    BookingFactory(session=session, resident=here.resident)
    page = unescape(sign_in(here.chief).get(address("schedule") + "?show=year").text)
    words = " ".join(page.split())
    assert "2026–27, day by day." in words
    row = '<span class="q-strong">30</span> <span class="q-quiet">half days, next Mon Nov 23'
    assert words.count(row) == 2
    assert words.count('class="q-chart-booked"') == 2, "at a desk and on a phone"
    assert f"The year of {here.resident.person.name}" in words
    assert f"/residents/{here.resident.uid}/schedule/" in words
    assert f"The year of {world.there.resident.person.name}<" not in words


def test_the_year_can_be_of_one_cohort_and_turned(here, sign_in, address):
    cohort = CohortFactory(program=here.program, name="Intake of June", version=here.cohort.version)
    newcomer = ResidentFactory(program=here.program)
    MembershipFactory(program=here.program, cohort=cohort, resident=newcomer)
    client = sign_in(here.chief)

    def names(**asked):
        page = client.get(address("schedule"), {"show": "year", **asked})
        return [row.name for row in page.context["rows"]]

    assert names(cohort="Intake of June") == [newcomer.person.name]
    assert len(names()) == len(names(cohort="No such intake")) == 3
    page = client.get(address("schedule"), {"show": "year", "year": "2031"})
    assert "2031–32" in page.context["lead"]
    for odd in ("x", "0000", "9999", "-5"):
        assert client.get(address("schedule"), {"show": "year", "year": odd}).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_the_year_costs_the_same_for_any_number(
    here, session, sign_in, address, more, django_assert_num_queries
):
    for number in range(more):
        BookingFactory(session=session, resident=here.member(f"more{number}"))
    BookingFactory(session=session, resident=here.resident)
    client = sign_in(here.chief)
    with django_assert_num_queries(14):
        page = client.get(address("schedule") + "?show=year")
    assert len(page.context["rows"]) == more + 2
