"""The plan over three years: by one's own dates, by the counts of one's version, in words first."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from capstone.reads import Path, Remeasure, opening
from capstone.states import Stage
from curriculum.reads import ClassProgress, Contributions, Handed, Line, SbpProgress
from qipathway.cockpit.plan import Item, Known, plan_of
from qipathway.cockpit.plan_words import note, plan_lead, plan_picture, plan_table
from qipathway.cockpit.reads.standing import standings
from residents.models import (
    Cohort,
    Leave,
    Membership,
    PathwayVersion,
    Program,
    Resident,
)
from residents.reads import FirstTies
from residents.states import MembershipState, Role
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import CompletionFactory, CourseFactory
from tests.factories.residents import LeaveFactory, RoleGrantFactory

TODAY = date(2026, 11, 23)
START = date(2025, 7, 1)
CLASSES = ClassProgress(required=10)


def member(joined=START, state=MembershipState.ACTIVE, start=START, **counts):
    program = Program(slug="cascade", year_starts=7)
    resident = Resident(program=program, starts_on=start)
    cohort = Cohort(program=program, version=PathwayVersion(program=program, **counts))
    return Membership(
        program=program, cohort=cohort, resident=resident, joined_on=joined, state=state
    )


def plan(place=None, today=TODAY, **facts):
    place = place or member()
    known = {
        "classes": CLASSES,
        "homework": Handed(),
        "sbp": SbpProgress(rotation=NO_ROTATION, lines=(), years=()),
        "path": None,
        "ties": FirstTies(),
        "given": Contributions(rows=(), wanted=2),
        **facts,
    }
    return plan_of(Known(member=place, today=today, opening=opening(place, today), **known))


class Rotation:
    first = last = None


NO_ROTATION = Rotation()


def item(found, text):
    [each] = [each for each in found.items if each.text == text]
    return each


@pytest.mark.requirement(7)
def test_everything_of_the_three_years_has_its_days_in_the_order_in_which_it_is_late():
    days = [(each.text, each.by) for each in plan().items]
    assert days == [
        ("A coach is named", date(2025, 9, 29)),
        ("Meets director, 2 graduates, 3 mentors", date(2025, 9, 29)),
        ("First 4 classes with homework", date(2026, 7, 1)),
        ("First homework handed in", date(2026, 7, 1)),
        ("Systems-Based Practice", date(2026, 7, 1)),
        ("Process chosen", date(2026, 9, 1)),
        ("Sponsor chosen", date(2026, 9, 1)),
        ("Charter signed, current state at work", date(2027, 1, 1)),
        ("Two-day event", date(2027, 4, 1)),
        ("All 10 classes with homework", date(2027, 7, 1)),
        ("Measured 30, 60, 90 days after the event", date(2027, 10, 1)),
        ("Results presented", date(2028, 4, 1)),
        ("Contributions: 2", date(2028, 7, 1)),
        ("Mentors a junior", date(2028, 7, 1)),
        ("Handed over and closed", date(2028, 7, 1)),
        ("Certificate", date(2028, 7, 1)),
    ]


@pytest.mark.requirement(7)
def test_counts_and_months_are_those_of_the_version_and_a_count_of_none_is_left_out():
    place = member(
        early_days=30,
        early_graduates=1,
        potential_mentors=4,
        classes_in_first_year=0,
        capstone_late_month=14,
        presented_month=30,
        remeasure_days=[45],
    )
    years = (Line("leader_meeting", "leaders", "Meetings with leaders", 2, 9),)
    sbp = SbpProgress(rotation=NO_ROTATION, lines=(), years=years)
    found = plan(place, sbp=sbp)
    assert item(found, "A coach is named").by == date(2025, 7, 31)
    assert item(found, "Meets director, 1 graduate, 4 mentors")
    assert [each.text for each in found.items if each.text.startswith("First 0")] == []
    assert item(found, "Process chosen").by == date(2026, 8, 1)
    assert item(found, "Results presented").by == date(2027, 12, 1)
    assert item(found, "Measured 45 days after the event").wanted == 1
    assert item(found, "Meetings with leaders: 9").done == 2


@pytest.mark.requirement(7)
def test_who_joins_late_is_late_with_nothing_before_the_early_days_are_over():
    late = member(joined=date(2026, 10, 5))
    found = plan(late)
    assert found.late == []
    assert item(found, "First 4 classes with homework").since == date(2026, 10, 5)
    assert item(found, "First 4 classes with homework").by == date(2027, 1, 3)
    assert item(found, "Process chosen").by == date(2027, 1, 3)
    assert item(found, "All 10 classes with homework").by == date(2027, 7, 1)
    after = plan(late, today=date(2027, 1, 3))
    assert "First 4 classes with homework" in [each.text for each in after.late]


@pytest.mark.requirement(7)
def test_who_starts_in_january_is_held_to_their_own_months():
    january = member(joined=date(2026, 1, 5), start=date(2026, 1, 5))
    found = plan(january)
    assert plan_lead(found).startswith("Month 11 of 36. ")
    assert item(found, "First 4 classes with homework").by == date(2027, 1, 1)
    assert item(found, "Certificate").by == date(2029, 1, 1)


@pytest.mark.requirement(7)
def test_what_was_done_stands_on_its_day():
    days = (date(2026, 2, 3), date(2026, 5, 6))
    path = Path(
        entered=((Stage.CHARTER, date(2026, 8, 3)), (Stage.CURRENT_STATE, date(2026, 11, 2))),
        remeasures=(Remeasure(30, date(2026, 12, 1), is_done=False),),
    )
    found = plan(
        classes=ClassProgress(required=10, complete=2),
        homework=Handed(days[0], date(2026, 3, 3)),
        ties=FirstTies(coach=date(2025, 7, 8), sponsor=date(2026, 8, 20)),
        path=path,
    )
    assert item(found, "A coach is named").done_on == date(2025, 7, 8)
    assert item(found, "First homework handed in").by == date(2026, 3, 3)
    assert item(found, "Process chosen").done_on == date(2026, 8, 3)
    assert item(found, "Charter signed, current state at work").done_on == date(2026, 11, 2)
    assert item(found, "Two-day event").state(TODAY) == "ahead"
    assert [each.text for each in found.late] == [
        "First 4 classes with homework",
        "Systems-Based Practice",
    ]
    assert plan_lead(found) == (
        "Month 17 of 36. Two of ten classes are done. The first 4 classes were expected by Jul 1; "
        "the rotation in Systems-Based Practice was expected by Jul 1."
    )


@pytest.mark.parametrize(
    ("fields", "state", "words"),
    [
        ({"done": 1, "days": (date(2026, 3, 2),)}, "done", "done Mar 2"),
        ({"done": 1}, "done", "done"),
        ({"wanted": 3, "done": 2}, "late", "2 of 3, late since Nov 23"),
        ({"by": date(2026, 11, 24)}, "open", "by Nov 24"),
        (
            {"since": date(2026, 12, 1), "by": date(2027, 2, 1), "wanted": 2},
            "ahead",
            "0 of 2, from Dec 1",
        ),
        ({"is_kept": False}, "plain", "by Nov 23, on paper"),
    ],
)
def test_each_state_of_a_thing_is_said_in_words(fields, state, words):
    thing = Item("A thing", "a thing was", **{"since": START, "by": TODAY, **fields})
    assert (thing.state(TODAY), note(thing, TODAY)) == (state, words)


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        (date(2025, 6, 1), "Residency starts on Jul 1, 2025. "),
        (date(2025, 7, 1), "Month 1 of 36. "),
        (date(2028, 8, 1), "Month 38, past the 36 of residency. "),
    ],
)
def test_the_lead_says_the_month(today, begins):
    assert plan_lead(plan(today=today)).startswith(begins)


def test_many_late_things_are_counted_and_a_completed_pathway_is_late_with_less():
    end = date(2028, 8, 1)
    assert plan_lead(plan(today=end)).endswith("; 12 more are late.")
    done = plan(member(state=MembershipState.COMPLETED), today=end)
    assert "Certificate" not in [each.text for each in done.late]


def test_the_picture_has_a_lane_for_each_row_of_the_table_and_none_is_drawn_of_nothing():
    found = plan()
    drawn = plan_picture(found, uid="x")
    assert drawn.count('class="q-plan-span') == 2 * len(plan_table(found).rows)
    assert "Today" in drawn
    assert plan_picture(found, (), uid="x") == ""


@pytest.fixture
def page(client):
    def get(user, resident, name="plan"):
        client.force_login(user)
        return client.get(reverse(f"cockpit:{name}", args=[resident.program.slug, resident.uid]))

    return get


def test_who_sees_a_record_sees_the_plan_and_nobody_else(page, world):
    here = world.here
    for reader in (here.director, here.coordinator, here.chief, here.kpo_lead, here.coach):
        assert page(reader, here.resident).status_code == 200
    assert page(here.resident.person, here.resident).status_code == 200
    for stranger in (here.sponsor, here.other_coach, here.other.person, world.there.director):
        assert page(stranger, here.resident).status_code == 404


@pytest.mark.requirement(7)
def test_leave_is_drawn_as_a_gap_and_what_comes_after_it_comes_later(page, world):
    here = world.here
    LeaveFactory(resident=here.resident, first=date(2026, 1, 1), last=date(2026, 1, 31))
    text = unescape(page(here.director, here.resident).text)
    assert "Leave from Jan 1, 2026 to Jan 31, 2026" in text
    assert "Month 16 of 36." in text
    read = page(here.director, here.resident).context["plan"]
    assert item(read, "Process chosen").by == date(2026, 10, 2)
    assert item(read, "A coach is named").by == date(2025, 9, 29)
    Leave.objects.update(first=date(2025, 8, 1), last=date(2025, 8, 31))
    read = page(here.director, here.resident).context["plan"]
    assert item(read, "A coach is named").by == date(2025, 10, 30), "early days wait for leave too"


@pytest.mark.requirement(7)
def test_the_board_calls_nobody_late_who_has_just_joined(world):
    here = world.here
    here.resident.memberships.update(joined_on=date(2026, 10, 5))
    found = {
        standing.resident: {reason.flag for reason in standing.reasons}
        for standing in standings(here.program, [CourseFactory(program=here.program)], TODAY)
    }
    late = {"Classes behind", "No project"}
    assert (found[here.resident] & late, found[here.other] & late) == (set(), late)


@pytest.mark.requirement(7)
def test_the_record_says_what_is_late_and_leads_to_the_plan(page, world):
    here = world.here
    CompletionFactory(resident=here.resident, course__program=here.program)
    found = page(here.director, here.resident, "record")
    text = unescape(found.text)
    assert "Month 17 of 36. All classes and their homework are done." in text
    assert reverse("cockpit:plan", args=["cascade", here.resident.uid]) in text
    assert "Systems-Based Practice: late since Jul 1" in text


def test_who_is_not_on_the_pathway_has_no_plan(page, world):
    here = world.here
    here.other.memberships.update(state=MembershipState.WITHDRAWN)
    text = page(here.director, here.other).text
    assert "Not on the pathway" in text
    assert "<figure" not in text
    assert "All three years" not in page(here.director, here.other, "record").text


@pytest.mark.parametrize("more", [0, 2])
def test_the_plan_costs_the_same_for_much_and_for_little(
    page, world, more, django_assert_num_queries
):
    here = world.here
    ProjectFactory(program=here.program, resident=here.resident)
    for number in range(1 + more):
        CompletionFactory(resident=here.resident, course__program=here.program)
        day = date(2026 - number, 10, 1)
        LeaveFactory(resident=here.resident, first=day, last=day)
        RoleGrantFactory(
            program=here.program,
            resident=here.resident,
            role=Role.MENTOR,
        )
    page(here.director, here.resident)
    with django_assert_num_queries(27):
        page(here.director, here.resident)


@pytest.mark.requirement(7)
def test_what_is_credited_or_waived_is_done_and_said_to_be_so():
    event = date(2026, 8, 3)
    measured = (
        Remeasure(30, event, is_done=True),
        Remeasure(60, event, is_done=False, is_settled=True),
        Remeasure(90, event, is_done=False, is_settled=True),
    )
    waived = ClassProgress(required=10, complete=10, settled=2)
    found = plan(
        place=member(joined=START),
        classes=waived,
        path=Path(((Stage.IMPLEMENTING, event),), measured),
    )
    assert note(item(found, "All 10 classes with homework"), TODAY) == "done, 2 credited or waived"
    assert item(found, "First 4 classes with homework").signed == 0
    remeasured = item(found, "Measured 30, 60, 90 days after the event")
    assert note(remeasured, TODAY) == "done, 2 credited or waived"
    assert "10 of 10, 2 credited or waived" in str(plan_table(found))
