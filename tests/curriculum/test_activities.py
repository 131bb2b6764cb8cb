"""The log of Systems-Based Practice: two taps, once a week, and PSA meetings kept private."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from curriculum.models import Activity
from curriculum.reads import sbp_for_board, sbp_progress
from curriculum.services import Entry, attend_stand_up, log_activity, withdraw_activity
from curriculum.states import ActivityKind as K
from qipathway.core.timeline.models import Event
from residents.models import PathwayVersion
from residents.states import RotationKind
from tests.curriculum.evidence import refused, said
from tests.factories.curriculum import ActivityFactory, StandUpFactory
from tests.factories.residents import BlockFactory, LeaderFactory

TODAY = date(2026, 11, 23)
WEEKS = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
REFLECTION = "Every open item had an owner and a date."


@pytest.fixture
def on_sbp(here):
    """Three whole weeks of SBP before this Monday, and the two days that begin its last week."""
    here.resident.blocks.all().delete()
    sbp = here.rotation(RotationKind.SBP, "SBP")
    mine = {"program": here.program, "resident": here.resident, "rotation": sbp}
    return BlockFactory(**mine, start=WEEKS[0], end=date(2026, 11, 24))


def log(here, at, kind, day=TODAY, **fields):
    entry = Entry(kind, day, **fields)
    return log_activity(here.resident, by=here.resident.person, at=at, entry=entry)


def line(here, kind, *, years=False):
    progress = sbp_progress(here.resident, TODAY)
    lines = progress.years if years else progress.lines
    return next(each for each in lines if each.kind == kind)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(K.STAND_UP, marks=pytest.mark.requirement(26)),
        pytest.param(K.REPORT_OUT, marks=pytest.mark.requirement(25)),
    ],
)
def test_a_weekly_thing_counts_once_in_each_week_on_sbp(here, on_sbp, at, kind):
    for day in (WEEKS[0], WEEKS[1] + timedelta(days=4)):
        log(here, at, kind, day)
    log(here, at, kind, date(2026, 10, 27))
    found = line(here, kind)
    assert (found.done, found.wanted, found.is_done) == (2, 3, False)
    log(here, at, kind, WEEKS[2])
    assert line(here, kind).is_done


@pytest.mark.requirement(26)
def test_an_announced_stand_up_that_was_attended_counts_for_its_week(here, on_sbp, at):
    stand_up = StandUpFactory(program=here.program, day=WEEKS[1])
    attend_stand_up(stand_up, resident=here.resident, by=here.resident.person, at=at)
    assert line(here, K.STAND_UP).done == 1
    with refused("Already logged for the week of Nov 9."):
        log(here, at, K.STAND_UP, WEEKS[1])
    assert line(here, K.STAND_UP).done == 1


@pytest.mark.requirement(26)
def test_through_either_door_a_stand_up_is_one_fact_and_is_taken_back_as_one(here, on_sbp, at):
    stand_up = StandUpFactory(program=here.program, day=WEEKS[1])
    mine = {"resident": here.resident, "by": here.resident.person, "at": at}
    logged = log(here, at, K.STAND_UP, stand_up.day, place=stand_up.place.upper())
    assert attend_stand_up(stand_up, **mine) == logged
    assert Activity.objects.get().stand_up == stand_up
    withdraw_activity(logged, by=here.resident.person)
    again = attend_stand_up(stand_up, **mine)
    assert Activity.objects.get() == again
    assert (again.kind, again.day, again.week, again.place) == (
        K.STAND_UP,
        WEEKS[1],
        WEEKS[1],
        stand_up.place,
    )
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "curriculum.log_activity",
        "curriculum.withdraw_activity",
        "curriculum.attend_stand_up",
    ]


def test_a_week_has_one_stand_up_however_many_were_announced(here, at):
    first, second = (
        StandUpFactory(program=here.program, day=WEEKS[1] + timedelta(days=days)) for days in (0, 2)
    )
    mine = {"resident": here.resident, "by": here.resident.person, "at": at}
    attend_stand_up(first, **mine)
    with refused("Already logged for the week of Nov 9."):
        attend_stand_up(second, **mine)
    assert Activity.objects.get().stand_up == first


def test_a_stand_up_at_another_place_or_of_another_program_is_not_the_announced_one(
    world, here, at
):
    day = WEEKS[1]
    StandUpFactory(program=here.program, day=day)
    StandUpFactory(program=world.there.program, day=day, place="Emergency department")
    logged = log(here, at, K.STAND_UP, day, place="Emergency department")
    assert logged.stand_up is None


def test_a_week_that_leave_takes_asks_for_nothing(here, on_sbp):
    leave = here.rotation(RotationKind.LEAVE, "Vacation")
    mine = {"program": here.program, "resident": here.resident, "rotation": leave}
    BlockFactory(**mine, start=WEEKS[1], end=WEEKS[1] + timedelta(days=6), overrides=True)
    assert line(here, K.STAND_UP).wanted == 2


@pytest.mark.requirement(24)
def test_one_flow_tour_is_taken_part_in(here, on_sbp, at):
    assert not line(here, K.FLOW_TOUR).is_done
    log(here, at, K.FLOW_TOUR, place="Emergency department to 7 East")
    assert line(here, K.FLOW_TOUR).is_done


@pytest.mark.requirement(22)
def test_an_event_counts_for_sbp_while_on_sbp_and_for_the_three_years_anyway(here, on_sbp, at):
    log(here, at, K.EVENT, date(2026, 10, 6), role="Timekeeper")
    assert (line(here, K.EVENT).done, line(here, K.EVENT, years=True).done) == (0, 1)
    log(here, at, K.EVENT, WEEKS[1], role="Team member")
    assert line(here, K.EVENT).is_done
    assert line(here, K.EVENT, years=True).is_done


@pytest.mark.requirement(27)
def test_meetings_with_quality_leaders_count_while_on_sbp(here, on_sbp, at):
    quality = LeaderFactory(program=here.program, is_quality_leader=True)
    other = LeaderFactory(program=here.program)
    for day in WEEKS:
        log(here, at, K.LEADER_MEETING, day, leader=quality)
    log(here, at, K.LEADER_MEETING, leader=other)
    log(here, at, K.LEADER_MEETING, date(2026, 10, 6), leader=quality)
    assert (line(here, K.LEADER_MEETING).done, line(here, K.LEADER_MEETING).is_done) == (3, True)


@pytest.mark.requirement(10)
@pytest.mark.requirement(51)
def test_six_meetings_count_once_a_physician_and_two_others_are_among_them(here, at):
    physician = LeaderFactory(program=here.program, is_physician=True)
    other = LeaderFactory(program=here.program)
    for day in range(5):
        log(here, at, K.LEADER_MEETING, date(2026, 11, 2 + day), leader=physician)
    log(here, at, K.LEADER_MEETING, leader=other)
    found = line(here, K.LEADER_MEETING, years=True)
    assert (found.done, found.is_done, found.count) == (6, False, "1 other to go")
    log(here, at, K.LEADER_MEETING, date(2026, 11, 20), leader=other)
    assert line(here, K.LEADER_MEETING, years=True).is_done


@pytest.mark.requirement(1)
def test_the_counts_are_those_of_the_residents_version(here, on_sbp):
    PathwayVersion.objects.update(flow_tours=2, quality_leader_meetings=5)
    assert (line(here, K.FLOW_TOUR).wanted, line(here, K.LEADER_MEETING).wanted) == (2, 5)


@pytest.mark.requirement(23)
def test_the_log_of_a_psa_meeting_holds_the_week_the_chair_and_the_process_only(here, at):
    given = {"role": "Chief medical officer", "note": REFLECTION, "place": "Room of the case"}
    log(here, at, K.PSA_MEETING, date(2026, 11, 19), **given)
    assert Activity.objects.values("day", "week", "place", "role", "note", "leader").get() == {
        "day": WEEKS[2],
        "week": WEEKS[2],
        "place": "",
        "role": "Chief medical officer",
        "note": REFLECTION,
        "leader": None,
    }
    told = {"kind": "PSA resolution meeting", "week": "2026-11-16"}
    assert Event.objects.get().data == told
    assert line(here, K.PSA_MEETING).is_done


@pytest.mark.requirement(23)
@pytest.mark.parametrize(
    ("role", "reads"),
    [
        ("resident", True),
        ("coach", True),
        ("director", True),
        ("coordinator", False),
        ("kpo_lead", False),
    ],
)
def test_a_reflection_is_read_by_its_author_the_coach_and_the_director_alone(
    here, sign_in, address, at, role, reads
):
    log(here, at, K.PSA_MEETING, role="Chief medical officer", note=REFLECTION)
    page = sign_in(getattr(here, role)).get(address("activities", here.resident.uid))
    assert page.status_code == 200
    assert (REFLECTION in page.content.decode()) == reads


@pytest.mark.requirement(23)
def test_the_form_says_that_only_the_process_is_kept(here, sign_in, address):
    page = sign_in(here.resident).get(address("activities", here.resident.uid)).content.decode()
    assert "No case, patient or person." in page
    assert "You, your coach and the program director can read this." in page


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (K.STAND_UP, {"day": date(2026, 11, 24)}, "Not logged: Nov 24, 2026 is still to come."),
        (K.LEADER_MEETING, {}, "Not logged: say whom you met."),
        (K.EVENT, {"role": " "}, "Not logged: say in which role you took part."),
        (
            K.PSA_MEETING,
            {"role": "Chair"},
            "Not logged: name the chair's role, and what you saw of the process.",
        ),
    ],
)
def test_an_entry_that_lacks_something_is_refused(here, at, kind, fields, words):
    with refused(words):
        log(here, at, kind, **fields)


def test_a_leader_of_another_program_is_nobody(world, here, at):
    with refused("Not logged: say whom you met."):
        log(here, at, K.LEADER_MEETING, leader=LeaderFactory(program=world.there.program))
    with refused("Not logged: only a meeting names a leader."):
        log(here, at, K.STAND_UP, leader=LeaderFactory(program=here.program))


def test_the_same_thing_is_not_logged_twice(here, at):
    log(here, at, K.REPORT_OUT)
    with refused("Already logged for the week of Nov 23."):
        log(here, at, K.REPORT_OUT)
    log(here, at, K.FLOW_TOUR)
    with refused("Already logged for Nov 23."):
        log(here, at, K.FLOW_TOUR)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"week": date(2026, 11, 9)}, "activity_lies_in_its_week"),
        ({"week": date(2026, 11, 17)}, "activity_lies_in_its_week"),
        ({"kind": K.EVENT}, "event_names_the_role"),
        ({"kind": K.LEADER_MEETING}, "meeting_names_its_leader"),
        ({"kind": K.PSA_MEETING, "role": "Chair", "note": "Calm."}, "psa_log_holds_week"),
    ],
)
def test_the_database_refuses_what_the_log_never_holds(here, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActivityFactory(resident=here.resident, **fields)


def test_the_database_keeps_one_weekly_activity_a_week_and_one_tour_a_day(here):
    for kind, constraint in (
        (K.STAND_UP, "weekly_activity_is_logged_once_a_week"),
        (K.FLOW_TOUR, "activity_is_logged_once_a_day"),
    ):
        ActivityFactory(resident=here.resident, kind=kind)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            ActivityFactory(resident=here.resident, kind=kind)


@pytest.mark.requirement(26)
def test_a_stand_up_is_logged_with_one_press_that_knows_day_and_place(
    here, on_sbp, sign_in, address
):
    ActivityFactory(resident=here.other, place="7 East huddle wall")
    client = sign_in(here.resident)
    home = client.get(reverse("cockpit:today", args=[here.slug])).content.decode()
    assert "Stand-up: I was there today" in home
    press = {"kind": "stand_up", "quick": "1", "from": "home"}
    response = client.post(address("activity-log"), press)
    assert response.url == reverse("cockpit:home", args=[here.slug])
    assert said(response) == [("success", "Logged: Stand-up at 7 East huddle wall.")]
    assert Activity.objects.get(resident=here.resident).day == TODAY
    again = client.post(address("activity-log"), press)
    assert said(again)[-1] == ("error", "Already logged for the week of Nov 23.")
    home = client.get(reverse("cockpit:today", args=[here.slug])).content.decode()
    assert "Stand-up: I was there today" not in home


def test_what_happened_before_is_logged_with_its_day_and_taken_back(here, sign_in, address):
    client = sign_in(here.resident)
    sent = {"kind": "event", "day": "2026-11-10", "role": "Timekeeper", "place": "7 East"}
    assert client.post(address("activity-log"), sent | {"role": ""}).status_code == 422
    client.post(address("activity-log"), sent)
    logged = Activity.objects.get()
    assert (logged.day, logged.role, logged.place) == (date(2026, 11, 10), "Timekeeper", "7 East")
    client.post(address("activity-withdraw", logged.uid))
    assert not Activity.objects.exists()
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "curriculum.log_activity",
        "curriculum.withdraw_activity",
    ]


def test_taking_back_twice_is_told(here, at):
    logged = log(here, at, K.STAND_UP)
    withdraw_activity(logged, by=here.resident.person)
    with refused("This was already taken back."):
        withdraw_activity(logged, by=here.resident.person)


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_reads_everybody_with_four_queries(here, count, django_assert_num_queries):
    people = [here.member(f"more{number}") for number in range(count)]
    for person in people:
        ActivityFactory(resident=person)
    versions = {person.pk: here.cohort.version for person in people}
    with django_assert_num_queries(4):
        assert len(sbp_for_board(here.program, versions, TODAY)) == count
