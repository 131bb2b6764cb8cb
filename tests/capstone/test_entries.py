"""A project that began before this system enters at its stage, and nothing else skips a gate."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from capstone.models import PriorWork, Project, StageEntry
from capstone.reads import for_board, steps_of
from capstone.services import enter_at_stage, screen_project, withdraw_entry, write_charter
from capstone.states import ENTRIES, STAGES, Stage, number
from capstone.story import story_of
from qipathway.core.lib.states import DomainError, IllegalMove, move
from qipathway.core.notices.models import Notice
from residents.models import Resident
from tests.factories.capstone import IMPROVEMENT, IdeaFactory, ProjectFactory

from .evidence import everything

BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = date(2026, 11, 23)
DAYS = {
    Stage.CHARTER: date(2026, 1, 12),
    Stage.CURRENT_STATE: date(2026, 3, 2),
    Stage.EVENT_READY: date(2026, 6, 1),
    Stage.EVENT_HELD: date(2026, 7, 13),
    Stage.IMPLEMENTING: date(2026, 7, 14),
}
PAPER = "Charter on paper, minutes of the event"
PROCESS = ("7 East", "Discharge order to departure")


@pytest.fixture
def idea(resident):
    return IdeaFactory(resident=resident)


@pytest.fixture
def enter(here, at):
    def do(project, stage=Stage.IMPLEMENTING, days=DAYS, **given):
        named = {"evidence": PAPER, "process": PROCESS, "at": at} | given
        return enter_at_stage(project, stage, by=here.director, days=days, **named)

    return do


@pytest.fixture
def later(at):
    return at + timedelta(hours=1)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_only_leads_to_a_later_stage(name, stage):
    project, target = Project(state=stage), ENTRIES[name].target
    if number(stage) < number(target):
        assert move(project, name, ENTRIES) == stage
        assert project.state == target
    else:
        with pytest.raises(IllegalMove):
            move(project, name, ENTRIES)


def test_it_stands_at_its_stage_with_days_evidence_and_signature_all_marked(idea, enter, here, at):
    prior = enter(idea)
    idea.refresh_from_db()
    assert (idea.state, str(idea)) == (
        Stage.IMPLEMENTING,
        "Discharge order to departure, 7 East",
    )
    assert (prior.signed_by, prior.signed_at, prior.evidence) == (here.director, at, PAPER)
    rows = StageEntry.objects.values_list("stage", "entered_on", "left_on", "before_system")
    assert list(rows) == [
        ("idea", date(2026, 1, 12), date(2026, 1, 12), True),
        ("charter", date(2026, 1, 12), date(2026, 3, 2), True),
        ("current_state", date(2026, 3, 2), date(2026, 6, 1), True),
        ("event_ready", date(2026, 6, 1), date(2026, 7, 13), True),
        ("event_held", date(2026, 7, 13), date(2026, 7, 14), True),
        ("implementing", date(2026, 7, 14), None, True),
    ]
    steps = steps_of(idea, TODAY)
    assert [step.is_prior for step in steps] == [True] * 6 + [False] * 3
    assert steps[5].note == "since Jul 14"
    [line] = story_of(idea, TODAY)
    assert line.text == (
        f"{here.director.name} entered the capstone at the stage “Implementing”, on evidence "
        "from before this system."
    )
    facts = for_board(here.program, TODAY)[here.resident.pk]
    assert (facts.is_prior, facts.number, facts.days_in_stage) == (True, 5, 132)


@pytest.mark.parametrize(
    ("changes", "given", "why"),
    [
        ({Stage.CURRENT_STATE: None}, {}, "the day on which each stage was passed"),
        ({Stage.PRESENTED: date(2026, 8, 1)}, {}, "and of no other stage"),
        ({Stage.EVENT_HELD: date(2026, 5, 1)}, {}, "before the one in front of it"),
        ({Stage.IMPLEMENTING: date(2026, 11, 24)}, {}, "still to come"),
        ({}, {"evidence": "  "}, "what the evidence is"),
        ({}, {"process": None}, "Name the area and the process"),
        ({}, {"process": ("7 East", "")}, "Name the area and the process"),
    ],
)
def test_an_entry_with_something_missing_is_refused_and_writes_nothing(
    idea, enter, changes, given, why
):
    days = {stage: day for stage, day in (DAYS | changes).items() if day}
    before = everything()
    with pytest.raises(DomainError, match=why):
        enter(idea, days=days, **given)
    assert everything() == before


def test_a_stage_that_was_entered_here_is_not_passed_before_that(project, enter):
    days = {stage: day for stage, day in DAYS.items() if stage != Stage.CHARTER}
    before = everything()
    with pytest.raises(DomainError, match="was entered here on Sep 14, 2026"):
        enter(project, days=days)
    assert everything() == before


def test_a_project_enters_once(idea, enter):
    enter(idea)
    with pytest.raises(DomainError, match="already"):
        enter(idea, Stage.REMEASURED, {Stage.REMEASURED: TODAY})


def test_a_sponsor_who_was_asked_is_asked_no_more_until_it_is_taken_back(
    resident, enter, here, at, later
):
    waiting = ProjectFactory(resident=resident, charter__written=True)
    screen_project(waiting, by=resident.person, at=at, answers=IMPROVEMENT)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.withdrawn_at) == (here.sponsor, None)
    enter(waiting, Stage.CURRENT_STATE, {Stage.CURRENT_STATE: TODAY})
    notice.refresh_from_db()
    assert notice.withdrawn_at is not None
    withdraw_entry(waiting, by=here.director, at=later)
    [again] = Notice.objects.filter(withdrawn_at=None)
    assert (again.recipient, again.due_at) == (here.sponsor, later)


def test_the_charter_s_words_can_follow_and_the_stage_stays(idea, enter, resident, at):
    enter(idea)
    fields = {"why_it_matters": "Patients wait for a bed that is clean."}
    write_charter(idea, by=resident.person, at=at, fields=fields, version=2)
    idea.refresh_from_db()
    assert (idea.state, idea.takes_words) == (Stage.IMPLEMENTING, True)


def words_of(project):
    project = Project.objects.select_related("charter").get(pk=project.pk)
    return project.title, project.charter.area, project.charter.process


def test_taking_an_entry_back_puts_everything_where_it_was(idea, enter, here, later):
    before, words = list(StageEntry.objects.values()), words_of(idea)
    enter(idea)
    assert words_of(idea) == ("Discharge order to departure, 7 East", *PROCESS)
    withdraw_entry(idea, by=here.director, at=later)
    idea.refresh_from_db()
    assert (idea.state, list(StageEntry.objects.values())) == (Stage.IDEA, before)
    assert words_of(idea) == words == ("Discharges leave too late", "", "")
    assert for_board(here.program, TODAY)[here.resident.pk].is_prior is False
    with pytest.raises(DomainError, match="Nothing was changed"):
        withdraw_entry(idea, by=here.director, at=later)


def test_what_was_signed_stays_with_its_evidence_and_the_right_one_can_follow(
    idea, enter, here, later
):
    signed = enter(idea)
    withdraw_entry(idea, by=here.director, at=later)
    signed.refresh_from_db()
    assert (signed.evidence, signed.signed_by, signed.stage) == (
        PAPER,
        here.director,
        Stage.IMPLEMENTING,
    )
    assert (signed.withdrawn_by, signed.withdrawn_at) == (here.director, later)
    right = enter(idea, Stage.CHARTER, {Stage.CHARTER: DAYS[Stage.CHARTER]}, at=later)
    assert list(PriorWork.objects.standing()) == [right]
    assert for_board(here.program, TODAY)[here.resident.pk].is_prior is True


def test_a_named_process_and_words_written_since_outlive_an_entry(project, enter, here, later):
    words = words_of(project)
    days = {stage: day for stage, day in DAYS.items() if stage != Stage.CHARTER}
    days[Stage.CURRENT_STATE] = date(2026, 9, 14)
    days |= dict.fromkeys([Stage.EVENT_READY, Stage.EVENT_HELD, Stage.IMPLEMENTING], TODAY)
    enter(project, days=days)
    written = {"why_it_matters": "Patients wait for a bed that is clean."}
    write_charter(project, by=here.resident.person, at=later, fields=written, version=1)
    withdraw_entry(project, by=here.director, at=later)
    assert words_of(project) == words
    project.charter.refresh_from_db()
    assert project.charter.why_it_matters == written["why_it_matters"]


def test_two_entries_of_a_project_never_stand_at_once(idea, enter, here, later):
    signed = enter(idea)
    withdraw_entry(idea, by=here.director, at=later)
    enter(idea, at=later)
    promise = "one_standing_prior_work_per_project"
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        PriorWork.objects.filter(pk=signed.pk).update(withdrawn_by=None, withdrawn_at=None)
    promise = "prior_work_is_withdrawn_by_somebody_after_it_was_signed"
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        PriorWork.objects.filter(pk=signed.pk).update(withdrawn_by=None)


def test_an_entry_is_not_taken_back_once_the_project_has_moved_on(idea, enter, here, at):
    enter(idea)
    Project.objects.update(state=Stage.REMEASURED)
    with pytest.raises(DomainError, match="Nothing was changed"):
        withdraw_entry(idea, by=here.director, at=at)


def test_the_database_keeps_no_entry_without_evidence(idea, enter):
    prior = enter(idea)
    prior.evidence = ""
    with pytest.raises(IntegrityError, match="prior_work_has_evidence"), transaction.atomic():
        prior.save()


@pytest.fixture
def login(client):
    def do(person):
        user = person.person if isinstance(person, Resident) else person
        client.force_login(user, backend=BACKEND)
        return client

    return do


def url(name, project):
    return reverse(f"capstone:{name}", args=[project.program.slug, project.uid])


def posted(**changes):
    days = {f"day_{stage}": day.isoformat() for stage, day in DAYS.items()}
    words = {"area": "7 East", "process": "Discharge", "evidence": PAPER, "signature": "on"}
    return {"stage": "implementing"} | days | words | changes


def said(response):
    return [str(message) for message in response.context["messages"]]


def text(response):
    return unescape(response.content.decode())


def test_the_director_chooses_a_stage_gives_the_days_and_signs(login, idea, here):
    client = login(here.director)
    assert url("entry", idea) in text(client.get(idea.get_absolute_url()))
    choice = text(client.get(url("entry", idea)))
    assert "?stage=implementing" in choice
    assert "?stage=idea" not in choice
    page = text(client.get(url("entry", idea), {"stage": "implementing"}))
    assert page.count('type="date"') == 5
    proof = SimpleUploadedFile("minutes.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    answer = client.post(url("at-stage-enter", idea), posted(file=proof), follow=True)
    assert said(answer) == ["Entered at “Implementing”, marked as from before this system."]
    shown = text(answer)
    assert f"{here.director.name} signed for it on Nov 23, 2026." in shown
    assert shown.count("before this system") > 6
    assert url("entry-withdraw", idea) in shown
    kept = PriorWork.objects.get().file
    assert kept.name == "minutes.pdf"
    served = login(here.sponsor).get(url("entry-file", idea))
    assert b"".join(served.streaming_content).startswith(b"%PDF")
    assert login(here.other).get(url("entry-file", idea)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"signature": ""}, "Without your signature the project stays where it is."),
        ({"evidence": ""}, "This field is required."),
        ({"day_event_held": ""}, "This field is required."),
        ({"day_event_held": "2026-05-01"}, "before the one in front of it"),
    ],
)
def test_an_entry_that_cannot_be_made_is_refused_in_place(login, idea, here, changes, error):
    answer = login(here.director).post(url("at-stage-enter", idea), posted(**changes))
    assert answer.status_code == 422
    assert error in text(answer)
    assert PAPER in text(answer) or "evidence" in changes
    assert not PriorWork.objects.exists()


def test_a_stage_that_is_reached_already_cannot_be_chosen(login, idea, here):
    answer = login(here.director).post(
        url("at-stage-enter", idea), posted(stage="idea"), follow=True
    )
    assert said(answer) == ["Choose a stage that the project has not reached here yet."]


@pytest.mark.parametrize(("role", "status"), [("resident", 403), ("coach", 403), ("other", 404)])
def test_only_the_director_enters_and_takes_back(login, idea, enter, here, role, status):
    client = login(getattr(here, role))
    assert client.get(url("entry", idea)).status_code == status
    assert client.post(url("at-stage-enter", idea), posted()).status_code == status
    enter(idea)
    assert client.post(url("entry-withdraw", idea)).status_code == status
    assert PriorWork.objects.exists()


def test_the_director_takes_it_back_from_the_page(login, idea, enter, here):
    enter(idea)
    answer = login(here.director).post(url("entry-withdraw", idea), follow=True)
    assert said(answer) == ["Taken back; it stands at “Idea”."]


def test_the_board_marks_what_came_from_before_this_system(login, idea, enter, here):
    enter(idea)
    board = text(login(here.director).get(reverse("cockpit:board", args=["cascade"])))
    assert "132 days, before this system" in board


def test_days_in_the_program_s_zone_decide_what_is_still_to_come(idea, here):
    late = datetime(2026, 11, 24, 7, tzinfo=UTC)
    with pytest.raises(DomainError, match="still to come"):
        enter_at_stage(
            idea,
            Stage.CHARTER,
            by=here.director,
            at=late,
            days={Stage.CHARTER: date(2026, 11, 24)},
            evidence=PAPER,
            process=PROCESS,
        )
