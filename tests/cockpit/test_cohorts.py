"""The page of a cohort, and the year that comes: who is where, who finishes, who enters what."""

from datetime import date

import pytest
from django.urls import reverse

from qipathway.cockpit.reads.cohorts import roll_over
from residents.models import Membership
from residents.services import complete_member, withdraw_member
from tests.factories.residents import (
    CohortFactory,
    LeaveFactory,
    MembershipFactory,
    YearOverrideFactory,
)


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def page(client, here):
    client.force_login(here.coordinator)
    return lambda: client.get(here.cohort.get_absolute_url())


def words(response):
    return " ".join(response.content.decode().replace("&#x27;", "'").split())


def names(rows):
    return [row.member.resident.person.given_name for row in rows]


@pytest.mark.requirement(4)
def test_a_cohort_shows_members_of_different_years_and_keeps_who_has_left(
    here, page, today, monday
):
    here.member("first", starts_on=date(2026, 7, 1))
    LeaveFactory(resident=here.other, first=today, last=date(2027, 1, 31))
    gone, done = here.member("gone"), here.member("done")
    withdraw_member(gone.memberships.get(), by=here.director, at=monday)
    complete_member(done.memberships.get(), by=here.director, at=monday)
    shown = words(page())
    for said in (
        "Three of five are on the pathway; one has completed it and one has left",
        "held to version 2024 of the pathway. One member is on leave today.",
        "PGY-1, month 5",
        "PGY-2, month 17",
        "On leave until Jan 31, 2027",
        "Withdrawn on Nov 23, 2026",
        "Completed on Nov 23, 2026",
        here.coach.name,
    ):
        assert said in shown, said


def test_an_empty_cohort_says_what_will_be_here(client, here):
    cohort = CohortFactory(program=here.program)
    client.force_login(here.director)
    assert "Nobody is in this cohort yet" in words(client.get(cohort.get_absolute_url()))


def test_a_cohort_of_another_program_is_not_there(client, world):
    client.force_login(world.here.director)
    address = reverse("residents:cohort", args=["cascade", world.there.cohort.uid])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_members(
    here, page, more, monday, django_assert_num_queries
):
    for number in range(more):
        resident = here.member(f"m{number}")
        LeaveFactory(resident=resident)
        YearOverrideFactory(resident=resident)
        gone = here.member(f"gone{number}").memberships.get()
        withdraw_member(gone, by=here.director, at=monday)
    page()
    with django_assert_num_queries(12):
        assert len(page().context["page"].here) == 2 + more


@pytest.mark.requirement(4)
def test_the_year_that_comes_is_worked_out_from_each_members_own_days(here, today):
    """Bad input 56: a leap day, leave and late starts, and each still ends in the right year."""
    here.resident.memberships.get().delete()
    here.other.memberships.get().delete()
    here.member("Ada", starts_on=date(2024, 7, 1))
    here.member("Bo", starts_on=date(2024, 2, 29))
    here.member("Cy", starts_on=date(2025, 7, 1))
    here.member("Di", starts_on=date(2026, 7, 1))
    late = here.member("Ed", starts_on=date(2026, 7, 2))
    away = here.member("Flo", starts_on=date(2024, 7, 1))
    LeaveFactory(resident=away, first=date(2026, 8, 1), last=date(2026, 8, 31))
    repeats = here.member("Gus", starts_on=date(2025, 7, 1))
    YearOverrideFactory(resident=repeats, first=date(2027, 7, 1), pgy=2)
    found = roll_over(here.program, today)
    assert found.first == date(2027, 7, 1)
    assert {row.member.resident.person.given_name: row.words for row in found.finishing} == {
        "Ada": "the three years end on Jul 1, 2027",
        "Bo": "the three years end on Feb 28, 2027",
    }
    assert {title: names(rows) for title, rows in found.entering} == {
        "Enter PGY-3": ["Cy"],
        "Enter PGY-2": ["Di"],
    }
    staying = {row.member.resident: row.words for row in found.staying}
    assert staying == {
        late: "stays in PGY-1 until Jul 2, 2027",
        away: "stays in PGY-3 until Aug 1, 2027",
        repeats: "stays in PGY-2 until Jul 1, 2028",
    }
    assert found.title == "Two finish and two enter another year by Jul 1, 2027"


@pytest.mark.requirement(4)
@pytest.mark.parametrize(
    ("day", "starts", "first", "finishing"),
    [
        (date(2027, 6, 30), 7, date(2027, 7, 1), ["Ada"]),
        (date(2027, 7, 1), 7, date(2028, 7, 1), ["Ada", "Bo"]),
        (date(2028, 2, 29), 7, date(2028, 7, 1), ["Ada", "Bo"]),
        (date(2027, 12, 31), 1, date(2028, 1, 1), ["Ada"]),
        (date(2028, 1, 1), 1, date(2029, 1, 1), ["Ada", "Bo"]),
    ],
)
def test_the_month_in_which_the_year_starts_is_the_programs_own(
    here, day, starts, first, finishing
):
    Membership.objects.all().delete()
    here.member("Ada", starts_on=date(2024, 7, 1))
    here.member("Bo", starts_on=date(2025, 7, 1))
    here.program.year_starts = starts
    found = roll_over(here.program, day)
    assert (found.first, sorted(names(found.finishing))) == (first, finishing)


@pytest.mark.requirement(4)
def test_who_finished_is_ticked_and_completed_from_the_page(client, here):
    resident = here.member("Ada", starts_on=date(2023, 11, 1))
    member = resident.memberships.get()
    client.force_login(here.director)
    shown = words(client.get(reverse("residents:roll-over", args=["cascade"])))
    assert f'value="{member.uid}" id="member-{member.uid}" checked' in shown
    said = {"deed": "complete", "members": str(member.uid)}
    look = client.get(reverse("residents:members", args=["cascade"]), said)
    assert "Completes the pathway; the three years ended on Nov 1, 2026." in words(look)
    said["seen"] = look.context["plan"].seen
    answer = client.post(reverse("cockpit:members-change", args=["cascade"]), said, follow=True)
    assert "One member was recorded as having completed the pathway." in words(answer)
    member.refresh_from_db()
    assert member.state == "completed"
    assert names(answer.context["page"].finishing) == []


@pytest.mark.parametrize("more", [1, 3])
def test_the_year_that_comes_costs_the_same_for_any_number(
    client, here, more, django_assert_num_queries
):
    for number in range(more):
        YearOverrideFactory(resident=here.member(f"m{number}"))
    client.force_login(here.director)
    address = reverse("residents:roll-over", args=["cascade"])
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)


def test_nobody_of_another_program_is_counted(world, today):
    MembershipFactory(
        cohort=world.there.cohort,
        resident__program=world.there.program,
        resident__starts_on=date(2024, 7, 1),
    )
    assert roll_over(world.here.program, today).finishing == ()
