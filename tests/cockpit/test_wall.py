from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from mentorship.models import CheckIn
from qipathway.cockpit.reads.wall import wall_rows
from qipathway.cockpit.wall_needs import needs
from residents.models import PathwayVersion
from residents.rules import forget_ties
from residents.states import Role, RotationKind
from tests.factories.curriculum import CourseFactory, HomeworkFactory
from tests.factories.mentorship import CheckInFactory, CommitmentFactory, UpdateFactory
from tests.factories.residents import BlockFactory, RoleGrantFactory

AT = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
SOON = date(2026, 11, 30)


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def wall(client):
    def get(user):
        client.force_login(getattr(user, "person", user))
        return client.get(reverse("cockpit:wall", args=["cascade"]))

    return get


def mentee(here, name):
    resident = here.member(name)
    RoleGrantFactory(person=here.coach, program=here.program, role=Role.COACH, resident=resident)
    forget_ties(here.coach)
    return resident


def met(resident, coach, day=date(2026, 11, 16), **fields):
    return CheckInFactory(resident=resident, coach=coach, held=True, day=day, **fields)


def plan(resident, coach, day=SOON, **fields):
    return CheckInFactory(resident=resident, coach=coach, day=day, **fields)


def submitted(here, resident):
    return HomeworkFactory(
        booking__resident=resident,
        booking__session__program=here.program,
        booking__session__instructor=here.instructor,
        submitted=True,
    )


def the_row(here):
    [row] = wall_rows(here.coach, here.program, AT)
    return row


def needs_of(here):
    return needs(the_row(here).known)


def need_of(here):
    need = the_row(here).need
    return need.flag, need.sentence, need.act


def test_a_check_in_that_is_over_waits_to_be_recorded(here):
    met(here.resident, here.coach)
    plan(here.resident, here.coach, date(2026, 11, 20))
    said = "The check-in of Nov 20 is not recorded yet."
    assert need_of(here) == ("To record", said, "Record it")


def test_a_check_in_of_today_comes_before_what_was_written(here):
    met(here.resident, here.coach)
    plan(here.resident, here.coach, date(2026, 11, 23), clock=time(10))
    UpdateFactory(resident=here.resident)
    said = "You meet today at 10:00. The agenda is ready."
    assert need_of(here) == ("Today", said, "Open check-in")


def test_words_wait_for_the_check_in(here):
    met(here.resident, here.coach)
    plan(here.resident, here.coach)
    UpdateFactory(resident=here.resident)
    said = f"{here.resident.person.given_name} wrote to you before the check-in of Nov 30."
    assert need_of(here) == ("Wrote to you", said, "Read it")


def test_words_without_a_check_in_ask_for_one(here):
    met(here.resident, here.coach)
    UpdateFactory(resident=here.resident)
    said = f"{here.resident.person.given_name} wrote to you, and no check-in is planned."
    assert need_of(here) == ("Wrote to you", said, "Plan a check-in")


def test_homework_waits_for_an_answer(here):
    met(here.resident, here.coach)
    plan(here.resident, here.coach)
    submitted(here, here.resident)
    assert need_of(here) == ("To review", "Homework has waited 5 days for your answer.", "Review")


@pytest.mark.requirement(41)
def test_a_gap_that_is_too_long_says_how_long_and_what_the_plan_is(here):
    met(here.resident, here.coach, date(2026, 10, 20))
    said = "No check-in for 34 days; every 28 is the plan. None is planned."
    assert need_of(here) == ("Overdue", said, "Plan a check-in")


@pytest.mark.requirement(41)
def test_the_clock_of_the_gap_stands_still_during_icu(here):
    met(here.resident, here.coach, date(2026, 10, 20))
    plan(here.resident, here.coach)
    here.resident.blocks.all().delete()
    icu = here.rotation(RotationKind.ICU, "ICU")
    days = {"start": date(2026, 11, 1), "end": date(2026, 11, 14)}
    BlockFactory(program=here.program, resident=here.resident, rotation=icu, **days)
    row = the_row(here)
    assert row.known.mentee.gap == 20
    assert row.known.silence == 20
    assert row.need.flag != "Overdue"


def test_promises_past_their_day_are_counted(here):
    held = met(here.resident, here.coach, date(2026, 11, 2))
    plan(here.resident, here.coach)
    for _ in range(2):
        CommitmentFactory(made_in=held, due_on=date(2026, 11, 20))
    flags = [need.sentence for need in needs_of(here)]
    assert "2 promises are past the day agreed on." in flags


def test_a_project_that_had_stalled_is_remembered(here):
    met(here.resident, here.coach, mood="stalled")
    plan(here.resident, here.coach)
    sentences = [need.sentence for need in needs_of(here)]
    assert "The project had stalled at the check-in of Nov 16." in sentences


def test_long_silence_is_said_with_its_rule(here):
    met(here.resident, here.coach, date(2026, 10, 20))
    plan(here.resident, here.coach)
    sentences = [need.sentence for need in needs_of(here)]
    assert "Nothing was recorded for 34 days; ICU, nights and leave not counted." in sentences


def test_the_wall_puts_who_needs_the_coach_on_top(here):
    late, moving = mentee(here, "late"), mentee(here, "moving")
    for resident in (here.resident, moving):
        met(resident, here.coach)
        plan(resident, here.coach)
    met(late, here.coach, date(2026, 8, 3))
    submitted(here, here.resident)
    rows = wall_rows(here.coach, here.program, AT)
    assert [row.known.mentee.resident for row in rows] == [late, here.resident, moving]


@pytest.mark.requirement(47)
def test_the_wall_tells_stage_silence_next_check_in_reviews_and_one_blocker(here, wall):
    met(here.resident, here.coach, date(2026, 11, 20))
    planned = plan(here.resident, here.coach)
    submitted(here, here.resident)
    page = wall(here.coach).content.decode()
    assert "Homework has waited 5 days for your answer." in page
    assert "Second year · " in page
    assert "Silent for 3 days" in page
    assert "Next check-in Mon Nov 30, 10:00" in page
    assert "1 to review" in page
    assert planned.get_absolute_url() in page


def test_who_has_booked_nothing_still_has_all_classes_ahead(here, wall):
    for _ in range(3):
        CourseFactory(program=here.program)
    assert "0 of 3 classes" in wall(here.coach).content.decode()


def test_mentees_of_others_are_on_no_wall_of_mine(world, wall):
    here, there = world.here, world.there
    met(here.other, here.other_coach)
    met(there.resident, there.coach)
    page = wall(here.coach).content.decode()
    assert here.resident.person.name in page
    assert here.other.person.name not in page
    assert there.resident.person.name not in page


def test_a_coach_without_mentees_is_told_what_will_stand_there(here, wall):
    pool = here.person("pool", Role.COACH)
    page = wall(pool).content.decode()
    assert "Nobody is assigned to you yet." in page
    assert "No mentees yet" in page


@pytest.mark.parametrize("who", ["director", "coordinator", "chief", "sponsor", "resident"])
def test_the_wall_is_for_coaches(here, wall, who):
    assert wall(getattr(here, who)).status_code == 403


def test_a_coach_of_another_program_does_not_find_the_wall(world, wall):
    assert wall(world.there.coach).status_code == 404


@pytest.mark.parametrize(
    ("wanting", "moving", "lead"),
    [
        (1, 0, "{first} needs you."),
        (2, 0, "All two mentees need you. Start with {first}."),
        (1, 1, "One of two mentees needs you. Start with {first}."),
        (2, 1, "Two of three mentees need you. Start with {first}."),
    ],
)
def test_the_first_sentence_says_how_many_and_who_first(here, wall, wanting, moving, lead):
    people = [here.resident, *(mentee(here, f"more{n}") for n in range(wanting + moving - 1))]
    for number, resident in enumerate(people):
        day = date(2026, 8, 3 + number) if number < wanting else date(2026, 11, 20)
        met(resident, here.coach, day)
        if number >= wanting:
            plan(resident, here.coach)
    PathwayVersion.objects.update(capstone_late_month=40)
    assert lead.format(first=here.resident.person.given_name) in wall(here.coach).content.decode()


def test_nobody_waiting_is_said_too(here, wall):
    met(here.resident, here.coach, date(2026, 11, 20))
    plan(here.resident, here.coach)
    PathwayVersion.objects.update(capstone_late_month=40)
    page = wall(here.coach).content.decode()
    assert "One mentee, and nobody waits for you." in page
    assert "On course" in page


def test_a_check_in_can_be_planned_from_the_wall_on_a_day_that_fits(here, wall, client):
    met(here.resident, here.coach)
    page = wall(here.coach).content.decode()
    assert 'value="2026-11-26"' in page
    url = reverse("mentorship:check-in-schedule", args=["cascade", here.resident.uid])
    assert url in page
    client.post(url, {"day": "2026-11-26", "clock": "09:00"})
    assert CheckIn.objects.scheduled().get().day == date(2026, 11, 26)


@pytest.mark.parametrize("more", [0, 2])
def test_the_wall_asks_the_same_questions_for_any_number(
    here, wall, client, more, django_assert_num_queries
):
    for resident in (here.resident, *(mentee(here, f"more{n}") for n in range(more))):
        held = met(resident, here.coach)
        plan(resident, here.coach)
        CommitmentFactory(made_in=held, due_on=date(2026, 11, 20))
        UpdateFactory(resident=resident)
        submitted(here, resident)
    wall(here.coach)
    with django_assert_num_queries(28):
        response = client.get(reverse("cockpit:wall", args=["cascade"]))
    assert response.content.decode().count("q-attention-card") == more + 1
