"""Who needs whom, judged purely from the facts of the apps."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from capstone.reads import CapstoneFacts, Expected, Remeasure
from capstone.states import Stage
from curriculum.reads import Cell, ClassProgress
from mentorship.reads import CheckInFacts
from qipathway.cockpit.standing import judge
from residents.models import Cohort, Membership, PathwayVersion, Program, Resident
from residents.reads import Tied
from residents.schedule import Schedule, Stay
from residents.states import RotationKind

TODAY = date(2026, 11, 23)
COACH = Tied(1, 2, "Renée", "Renée Delacroix")
DONE = ClassProgress(required=10, attended=8, complete=8)
FRESH = CheckInFacts(last_held=date(2026, 11, 16), next_on=date(2026, 12, 14))
PROJECT = CapstoneFacts(
    uid=None,
    number=None,
    label="Not opened",
    title="",
    days_in_stage=None,
    next_need="Open the capstone",
    ball="Yusuf",
    days_waiting=None,
    is_late=False,
    late_from=date(2026, 9, 1),
)


@pytest.fixture
def second_year():
    program = Program(slug="cascade", year_starts=7)
    resident = Resident(program=program, starts_on=date(2025, 7, 1))
    version = PathwayVersion(program=program)
    cohort = Cohort(program=program, version=version)
    return Membership(program=program, cohort=cohort, resident=resident, joined_on=date(2025, 7, 1))


def judged(member, **facts):
    given = {
        "classes": DONE,
        "check_ins": FRESH,
        "project": PROJECT,
        "coach": COACH,
        "schedule": Schedule(),
        **facts,
    }
    return judge(member, today=TODAY, **given)


def kinds(member, **facts):
    return [reason.kind for reason in judged(member, **facts).reasons]


def test_somebody_with_nothing_amiss_has_no_reason_and_is_on_plan(second_year):
    assert kinds(second_year) == []


def test_nobody_to_coach_is_a_reason(second_year):
    assert kinds(second_year, coach=None) == ["no_coach"]


def test_a_gap_of_exactly_the_plan_is_no_reason_and_one_day_more_is(second_year):
    plan = second_year.cohort.version.check_in_days(2)
    last = TODAY - timedelta(days=plan)
    assert kinds(second_year, check_ins=CheckInFacts(last_held=last)) == []
    longer = CheckInFacts(last_held=last - timedelta(days=1))
    assert kinds(second_year, check_ins=longer) == ["no_check_in"]


def test_icu_nights_and_leave_do_not_count_as_silence(second_year):
    last = date(2026, 10, 1)
    facts = {"check_ins": CheckInFacts(last_held=last)}
    assert kinds(second_year, **facts) == ["no_check_in"]
    nights = Stay(date(2026, 10, 5), date(2026, 11, 1), RotationKind.NIGHTS, "Night Float")
    assert kinds(second_year, **facts, schedule=Schedule((nights,))) == []


def test_a_coach_who_asks_the_director_outweighs_everything(second_year):
    asked = replace(FRESH, asked_director=True)
    found = kinds(second_year, check_ins=asked, classes=replace(DONE, missed=(7,)))
    assert found == ["asked_director_20261116", "class_missed"]


@pytest.mark.requirement(20)
def test_fewer_than_four_classes_after_the_first_year_is_behind(second_year):
    assert kinds(second_year, classes=replace(DONE, complete=3)) == ["classes_late"]
    assert kinds(second_year, classes=replace(DONE, complete=4)) == []


@pytest.mark.requirement(16)
def test_a_third_year_with_a_class_left_is_behind(second_year):
    second_year.resident.starts_on = date(2024, 7, 1)
    assert kinds(second_year, classes=replace(DONE, complete=9)) == ["classes_late"]
    assert kinds(second_year, classes=replace(DONE, complete=10)) == []


def test_the_counts_come_from_the_version_and_not_from_the_code(second_year):
    second_year.cohort.version.classes_in_first_year = 9
    assert kinds(second_year) == ["classes_late"]


def test_missed_and_late_are_told(second_year):
    classes = replace(DONE, missed=(1,), homework_overdue=2, cells={1: Cell("missed")})
    assert kinds(second_year, classes=classes) == ["class_missed", "homework_late"]


@pytest.mark.requirement(29)
def test_a_capstone_that_is_not_open_early_in_the_second_year_is_late(second_year):
    assert kinds(second_year, project=replace(PROJECT, is_late=True)) == ["capstone_not_open"]


@pytest.mark.parametrize("uid", [None, uuid4()])
@pytest.mark.parametrize(("days", "tone"), [(19, "warn"), (20, "risk")])
def test_a_late_capstone_is_behind_once_the_days_of_the_version_have_passed(
    second_year, uid, days, tone
):
    second_year.cohort.version.behind_days = 20
    late_from = TODAY - timedelta(days=days)
    project = replace(PROJECT, uid=uid, is_late=True, late_from=late_from)
    [reason] = judged(second_year, project=project).reasons
    assert reason.tone == tone


def test_only_a_director_reads_that_a_coach_asks_them(second_year):
    [reason] = judged(second_year, check_ins=replace(FRESH, asked_director=True)).reasons
    assert reason.sentence_for(viewer_directs=True) == "Renée Delacroix asks you to step in."
    assert reason.sentence_for(viewer_directs=False) == (
        "Renée Delacroix asked the program director to step in."
    )


def test_a_charter_that_somebody_has_had_for_too_long_is_blocked(second_year):
    second_year.cohort.version.silent_days = 1
    limit = second_year.cohort.version.answer_days
    waiting = replace(PROJECT, number=1, days_waiting=limit, ball="Ingrid Solheim", title="Beds")
    assert kinds(second_year, project=waiting) == []
    longer = replace(waiting, days_waiting=limit + 1)
    assert [r.sentence for r in judged(second_year, project=longer).reasons] == [
        f"Ingrid Solheim has had the charter for {limit + 1} days."
    ]


def project(number, label, **facts):
    """An open project of the second-year, touched last Monday."""
    told = {"uid": uuid4(), "number": number, "label": label, "title": "To bed", "ball": "Yusuf"}
    touched = {"days_in_stage": 40, "touched_on": date(2026, 11, 16), "next_need": "Measure"}
    return replace(PROJECT, **told | touched | facts)


def test_a_stage_expected_long_ago_is_behind_and_the_reason_names_both_stages(second_year):
    late = project(1, "Charter", behind=Expected(Stage.CURRENT_STATE, date(2026, 10, 1)))
    [reason] = judged(second_year, project=late).reasons
    assert (reason.kind, reason.flag, reason.tone) == (
        "capstone_behind_current_state",
        "Behind",
        "risk",
    )
    assert reason.sentence == (
        "“Current state” was expected by Oct 1; the capstone is still at “Charter”."
    )


@pytest.mark.parametrize(
    ("touched", "facts", "is_silent"),
    [
        (date(2026, 10, 24), {}, False),
        (date(2026, 10, 23), {}, True),
        (date(2026, 10, 23), {"days_waiting": 3}, False),
        (date(2026, 10, 23), {"number": 8}, False),
        (date(2026, 10, 23), {"remeasure": Remeasure(60, TODAY, is_done=False)}, False),
        (date(2026, 9, 24), {"remeasure": Remeasure(60, TODAY, is_done=False)}, False),
        (date(2026, 9, 23), {"remeasure": Remeasure(60, TODAY, is_done=False)}, True),
    ],
)
def test_a_project_is_silent_after_30_days_and_after_60_while_a_remeasure_is_ahead(
    second_year, touched, facts, is_silent
):
    quiet = replace(project(5, "Implementing", touched_on=touched), **facts)
    found = kinds(second_year, project=quiet, check_ins=CheckInFacts())
    assert ("capstone_silent" in found) == is_silent


def test_a_check_in_breaks_the_silence_and_the_icu_does_not_count(second_year):
    quiet = project(2, "Current state", touched_on=date(2026, 10, 1))
    assert kinds(second_year, project=quiet) == []
    away = Schedule((Stay(date(2026, 10, 5), date(2026, 11, 1), RotationKind.ICU, "MICU"),))
    silent = kinds(second_year, project=quiet, check_ins=CheckInFacts(), schedule=away)
    assert "capstone_silent" not in silent


@pytest.mark.parametrize(("due_on", "is_due"), [(TODAY, False), (date(2026, 11, 22), True)])
def test_a_remeasure_is_due_from_the_day_after_its_day(second_year, due_on, is_due):
    waiting = project(5, "Implementing", remeasure=Remeasure(60, due_on, is_done=False))
    reasons = judged(second_year, project=waiting).reasons
    assert [reason.kind for reason in reasons] == (["remeasure_due_60"] if is_due else [])
    if is_due:
        assert reasons[0].sentence == "The measurement 60 days after the event was due on Nov 22."
