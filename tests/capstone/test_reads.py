"""What the board, the home page and the project's page are told."""

from datetime import UTC, date, datetime

import pytest

from capstone.gates import Ball
from capstone.models import Charter
from capstone.reads import (
    card_for,
    for_board,
    opening_for,
    page_of,
    project_of,
    readers_of,
    standing_of_project,
    steps_of,
)
from capstone.services import sign_charter, write_charter
from capstone.states import Stage
from capstone.story import story_of
from residents.models import Resident
from tests.factories.capstone import (
    IdeaFactory,
    ProjectFactory,
    ReadyProjectFactory,
    SignedProjectFactory,
)
from tests.factories.residents import ResidentFactory

TODAY = date(2026, 11, 23)


def test_the_board_tells_where_everybody_on_the_pathway_stands(here):
    ready = ReadyProjectFactory(resident=here.resident)
    facts = for_board(here.program, TODAY)
    assert set(facts) == {here.resident.pk, here.other.pk}
    found = facts[here.resident.pk]
    assert (found.uid, found.number, found.label, found.title) == (
        ready.uid,
        1,
        "Charter",
        "Discharge order to departure, 7 East",
    )
    assert (found.days_in_stage, found.is_late) == (70, False)
    sponsor = here.sponsor.name
    assert (found.next_need, found.ball) == (f"{sponsor} signs the charter", sponsor)
    assert found.days_waiting == 14


@pytest.mark.requirement(29)
def test_who_has_not_opened_a_capstone_is_late_from_the_month_that_the_version_names(here):
    early = for_board(here.program, date(2026, 8, 31))[here.other.pk]
    late = for_board(here.program, date(2026, 9, 1))[here.other.pk]
    assert (early.is_late, late.is_late) == (False, True)
    assert (late.uid, late.number, late.label, late.late_from) == (
        None,
        None,
        "Not opened",
        date(2026, 9, 1),
    )
    assert (late.next_need, late.ball) == ("Open the capstone", here.other.person.name)


@pytest.mark.requirement(29)
@pytest.mark.parametrize(
    ("factory", "is_late"), [(IdeaFactory, True), (ProjectFactory, False), (None, True)]
)
def test_an_idea_without_a_process_is_late_and_a_charter_is_not(here, factory, is_late):
    if factory:
        factory(resident=here.resident)
    assert for_board(here.program, TODAY)[here.resident.pk].is_late is is_late


@pytest.mark.requirement(29)
def test_the_month_of_being_late_is_a_setting_of_the_version(here):
    version = here.cohort.version
    version.capstone_late_month = 18
    version.save()
    assert not for_board(here.program, TODAY)[here.other.pk].is_late
    assert for_board(here.program, date(2026, 12, 1))[here.other.pk].is_late


@pytest.mark.requirement(29)
def test_before_it_opens_the_board_says_when(here):
    found = for_board(here.program, date(2026, 3, 31))[here.other.pk]
    assert (found.next_need, found.ball, found.is_late) == ("Opens Apr 1, 2026", "", False)


def test_the_ball_of_an_unfinished_charter_is_with_the_resident(here):
    ProjectFactory(resident=here.resident)
    found = for_board(here.program, TODAY)[here.resident.pk]
    assert (found.next_need, found.ball, found.days_waiting) == (
        "Say where it starts and where it ends",
        here.resident.person.name,
        None,
    )


def test_the_board_shows_nothing_of_another_program(world):
    ProjectFactory(resident=world.there.resident, title="A secret of elsewhere")
    facts = for_board(world.here.program, TODAY)
    assert world.there.resident.pk not in facts
    assert [found.title for found in facts.values()] == ["", ""]


def test_of_a_closed_and_an_open_project_the_board_shows_the_open_one(here):
    ProjectFactory(resident=here.resident, state=Stage.CLOSED, opened_on=date(2025, 5, 1))
    IdeaFactory(resident=here.resident)
    assert for_board(here.program, TODAY)[here.resident.pk].number == 0


def test_the_last_closed_project_stays_on_the_board(here):
    ProjectFactory(resident=here.resident, state=Stage.CLOSED)
    found = for_board(here.program, TODAY)[here.resident.pk]
    assert (found.number, found.label, found.next_need, found.ball) == (8, "Closed", "", "")
    assert found.reached == 9, "all nine are drawn as done"


@pytest.mark.parametrize("extra", [0, 2, 6])
def test_the_board_takes_five_queries_however_many_there_are(
    here, django_assert_num_queries, extra
):
    ReadyProjectFactory(resident=here.resident)
    for number in range(extra):
        ProjectFactory(resident=here.member(f"more{number}"))
    with django_assert_num_queries(5):
        assert len(for_board(here.program, TODAY)) == 2 + extra


@pytest.mark.requirement(29)
@pytest.mark.parametrize(
    ("starts_on", "opens_on", "late_from"),
    [
        (date(2025, 7, 1), date(2026, 4, 1), date(2026, 9, 1)),
        (date(2026, 7, 1), date(2027, 4, 1), date(2027, 9, 1)),
        (date(2025, 10, 15), date(2026, 7, 1), date(2026, 12, 1)),
    ],
)
def test_the_capstone_opens_in_month_ten_and_is_late_in_month_fifteen(
    here, starts_on, opens_on, late_from
):
    resident = here.member("joiner", starts_on=starts_on)
    opening = opening_for(resident, TODAY)
    assert (opening.opens_on, opening.late_from) == (opens_on, late_from)
    assert (resident.month(opens_on), resident.month(late_from)) == (10, 15)


def test_nothing_opens_for_who_is_not_on_the_pathway(here):
    assert opening_for(ResidentFactory(program=here.program), TODAY) is None


def test_there_is_no_card_while_nothing_is_open(here):
    assert card_for(here.resident, TODAY) is None


def test_the_card_tells_stage_sponsor_and_what_comes_next(here):
    ProjectFactory(resident=here.resident)
    card = card_for(here.resident, TODAY)
    assert (card.title, card.stage, card.days_in_stage) == (
        "Discharge order to departure, 7 East",
        "Charter",
        70,
    )
    assert card.sponsor == here.sponsor.name
    assert card.sentence == (
        "The charter needs five more things. The next is its first and last step."
    )
    assert (card.next.text, card.next.who) == (
        "Say where it starts and where it ends",
        here.resident.person.name,
    )
    assert not card.is_late


def test_the_card_calls_its_viewer_you(here):
    ReadyProjectFactory(resident=here.resident)
    card = card_for(here.resident, TODAY, viewer=Ball.SPONSOR)
    assert card.sentence == "The charter is complete and waits for you to sign it."
    assert card.next.who == "You"


@pytest.mark.parametrize("factory", [ProjectFactory, ReadyProjectFactory])
def test_the_card_takes_six_queries(here, django_assert_num_queries, factory):
    factory(resident=here.resident)
    resident = Resident.objects.select_related("program").get(pk=here.resident.pk)
    with django_assert_num_queries(6):
        card_for(resident, TODAY)


def test_the_stages_say_when_each_was_left_and_since_when_the_current_one_runs(here):
    steps = steps_of(ProjectFactory(resident=here.resident), TODAY)
    assert [(step.name, step.state, step.note) for step in steps] == [
        ("Idea", "done", "Sep 14"),
        ("Charter", "now", "since Sep 14"),
        ("Current state", "todo", ""),
        ("Event ready", "todo", ""),
        ("Event held", "todo", ""),
        ("Implementing", "todo", ""),
        ("Remeasured", "todo", ""),
        ("Presented", "todo", ""),
        ("Closed", "todo", ""),
    ]


def test_a_stage_of_another_year_says_which_year(here):
    steps = steps_of(ProjectFactory(resident=here.resident), TODAY.replace(year=2028))
    assert [step.note for step in steps[:2]] == ["Sep 2026", "since Sep 2026"]


def test_a_closed_project_has_all_its_stages_done(here):
    steps = steps_of(ProjectFactory(resident=here.resident, state=Stage.CLOSED), TODAY)
    assert [step.state for step in steps] == ["done"] * 9


def test_after_the_charter_the_stage_says_what_it_is_about(here):
    signed = SignedProjectFactory(resident=here.resident, charter__signed_by=here.sponsor)
    standing = standing_of_project(signed)
    assert standing.sentence == (
        "Observe the process, map it and measure how it does today. "
        "Still needed here: ten more baseline points, or a reason."
    )
    assert standing.next.who == here.resident.person.name
    assert [line.kept for line in standing.lines] == [False, False, False, True, False]


def test_the_page_names_everybody_and_who_has_the_ball(here):
    ReadyProjectFactory(resident=here.resident)
    page = page_of(project_of(here.resident), None, TODAY)
    assert [(fact.label, fact.value) for fact in page.people] == [
        ("Resident", here.resident.person.name),
        ("Sponsor", here.sponsor.name),
        ("Coach", here.coach.name),
        ("Process owner", Charter.objects.get().process_owner.person.name),
    ]
    assert page.waiting == f"{here.sponsor.name} was asked for a signature on Nov 9."


def test_the_page_says_who_is_missing(here):
    here.other.ties.all().delete()
    ProjectFactory(resident=here.other)
    page = page_of(project_of(here.other), Ball.YOU, TODAY)
    assert [fact.value for fact in page.people[1:]] == ["Nobody yet", "Nobody yet", "Not chosen"]
    assert page.waiting == "Next for you: Say where it starts and where it ends."


def test_who_reads_along_is_named(here):
    assert readers_of(here.resident) == (
        f"{here.sponsor.name}, {here.coach.name}, the KPO lead and the program office "
        "can read this."
    )


def test_the_story_is_told_newest_first_and_a_deed_of_one_day_once(here, owner):
    ready = ReadyProjectFactory(resident=here.resident)
    at = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    for version, aim in ((2, "Faster"), (3, "Twice as fast")):
        write_charter(ready, by=here.resident.person, at=at, fields={"aim": aim}, version=version)
    sign_charter(ready, by=here.sponsor, at=at, version=4)
    assert [(line.when, line.text, line.tone) for line in story_of(ready, TODAY)] == [
        ("Nov 23", f"{here.sponsor.name} signed the charter.", "mark"),
        ("Nov 23", f"{here.resident.person.name} wrote in the charter.", ""),
    ]


def test_the_story_of_one_project_holds_nothing_of_another(here, owner):
    closed = ProjectFactory(resident=here.resident, state=Stage.CLOSED)
    ready = ReadyProjectFactory(resident=here.resident)
    at = datetime(2026, 11, 23, 15, 40, tzinfo=UTC)
    sign_charter(ready, by=here.sponsor, at=at, version=2)
    assert story_of(closed, TODAY) == []
