"""What is credited or waived of classes, homework and practice, wherever it is counted."""

from datetime import date

import pytest

from curriculum.models import Homework
from curriculum.reads import (
    answered_homework,
    class_progress,
    contributions_of,
    for_board,
    offers_for,
    open_homework,
    requirements_for,
    requirements_of,
    review_queue,
    sbp_for_board,
    sbp_progress,
)
from curriculum.requirements import class_key, homework_key
from curriculum.services import book_session
from curriculum.states import ActivityKind, BookingState
from curriculum.wording import cell_words, classes_lead, homework_row
from residents.models import Resident
from residents.reads import members, settled_in
from tests.factories.curriculum import (
    ActivityFactory,
    BookingFactory,
    CompletionFactory,
    ContributionFactory,
    CourseFactory,
    HomeworkFactory,
    SessionFactory,
)
from tests.factories.residents import LeaderFactory, SettlementFactory

TODAY = date(2026, 11, 23)


@pytest.fixture
def course(here):
    return CourseFactory(program=here.program, title="Flow", homework_brief="Watch a flow.")


@pytest.fixture
def settle(here):
    return lambda key, **fields: SettlementFactory(
        resident=here.resident, requirement=key, **fields
    )


def progress(here):
    """Return class progress, as a page of one and as the board read it: they are the same."""
    resident = Resident.objects.get(pk=here.resident.pk)
    courses = list(here.program.courses.all())
    one = class_progress(resident, TODAY)
    assert for_board(here.program, courses, TODAY).get(resident.pk) == one
    return one


def practice(here, *, years=False):
    """Return the lines of practice by their keys, checked against the board's."""
    resident = Resident.objects.get(pk=here.resident.pk)
    one = sbp_progress(resident, TODAY)
    versions = {resident.pk: here.cohort.version}
    assert sbp_for_board(here.program, versions, TODAY)[resident.pk] == one
    return {line.key: line for line in (one.years if years else one.lines)}


def asked(here, resident=None):
    resident = Resident.objects.get(pk=(resident or here.resident).pk)
    return {each.key: each for each in requirements_of(resident, TODAY)}


@pytest.mark.requirement(16)
def test_a_waived_class_is_complete_with_its_homework_and_never_attended(here, course, settle):
    settle(class_key(course.uid))
    found = progress(here)
    assert (found.complete, found.attended, found.waived, found.is_complete) == (1, 0, 1, True)
    assert (found.cells[course.pk].sign, cell_words(found.cells[course.pk])) == ("waived", "waived")
    assert found.count == "1 of 1, 1 of them credited or waived"
    assert classes_lead(found, (), TODAY).startswith(
        "1 of 1 class complete, 1 of them credited or waived."
    )
    assert homework_key(course.uid) not in asked(here)


def test_a_class_that_was_missed_and_is_waived_is_missed_no_more(here, course, settle):
    session = SessionFactory(program=here.program, course=course)
    BookingFactory(session=session, resident=here.resident, state=BookingState.MISSED)
    assert progress(here).missed == (course.pk,)
    settle(class_key(course.uid))
    assert progress(here).missed == ()


@pytest.mark.requirement(18)
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "attended, homework waived"),
        ({"credited": True}, "attended, homework credited"),
    ],
)
def test_homework_that_is_settled_is_written_reviewed_and_counted_no_more(
    here, course, settle, fields, words
):
    session = SessionFactory(program=here.program, course=course, day=date(2026, 11, 3))
    work = HomeworkFactory(
        booking__session=session, booking__resident=here.resident, submitted=True
    )
    assert progress(here).complete == 0
    assert review_queue(here.program, here.coach, limit=5) == [work]
    signed = settle(homework_key(course.uid), **fields)
    found = progress(here)
    assert (found.complete, found.homework_waiting, found.settled) == (1, 0, 1)
    assert (found.cells[course.pk].sign, cell_words(found.cells[course.pk])) == ("waived", words)
    assert open_homework(here.resident) == []
    [behind] = answered_homework(here.resident)
    assert homework_row(behind, TODAY, "Renée")["status"] == "Credited or waived"
    assert review_queue(here.program, here.coach, limit=5) == []
    signed.withdrawn_at, signed.withdrawn_by = signed.signed_at, here.director
    signed.save()
    assert open_homework(here.resident) == [work]


def test_settled_homework_of_one_resident_leaves_that_of_others_alone(here, course, settle):
    session = SessionFactory(program=here.program, course=course, day=date(2026, 11, 3))
    for resident in (here.resident, here.other):
        HomeworkFactory(booking__session=session, booking__resident=resident)
    settle(homework_key(course.uid))
    assert [row.resident for row in Homework.objects.unsettled()] == [here.other]


def test_homework_that_was_accepted_shows_as_accepted_whatever_was_signed(here, course, settle):
    session = SessionFactory(program=here.program, course=course, day=date(2026, 11, 3))
    HomeworkFactory(booking__session=session, booking__resident=here.resident, accepted=True)
    settle(homework_key(course.uid))
    assert cell_words(progress(here).cells[course.pk]) == "attended, homework accepted"


def test_a_waived_class_keeps_no_later_class_from_being_booked(here, course, settle, at):
    session = SessionFactory(program=here.program, day=date(2026, 12, 3))
    session.course.prerequisites.add(course)
    until = date(2026, 12, 31)
    [offer] = offers_for(here.resident, after=at, until=until)
    assert offer.refusal == f"{course.short_title} comes first"
    settle(class_key(course.uid))
    resident = Resident.objects.select_related("person", "program").get(pk=here.resident.pk)
    [offer] = offers_for(resident, after=at, until=until)
    assert offer.refusal == ""
    assert book_session(session, resident=resident, by=here.director, at=at).pk


@pytest.mark.requirement(24)
def test_a_waived_flow_tour_is_met_and_says_so_and_is_not_done(here, settle):
    settle("flow-tours")
    line = practice(here)["flow-tours"]
    assert (line.done, line.is_done, line.is_settled) == (0, True, True)
    assert line.count == "0 of 1, 1 waived"


@pytest.mark.requirement(23)
def test_what_was_done_here_is_not_said_to_be_settled(here):
    ActivityFactory(resident=here.resident, kind=ActivityKind.FLOW_TOUR)
    line = practice(here)["flow-tours"]
    assert (line.is_done, line.is_settled, line.count) == (True, False, "1 of 1")


@pytest.mark.requirement(22)
def test_a_credit_for_an_event_on_sbp_counts_for_the_two_events_and_a_waiver_does_not(here, settle):
    waived = settle("sbp-events")
    assert practice(here, years=True)["improvement-events"].count == "0 of 2"
    waived.delete()
    settle("sbp-events", credited=True)
    assert practice(here, years=True)["improvement-events"].count == "0 of 2, 1 credited"
    assert asked(here)["improvement-events"].left == 1


@pytest.mark.requirement(27)
def test_credited_quality_leaders_count_among_the_leaders_met(here, settle):
    settle("quality-leaders", credited=True, amount=2)
    years = practice(here, years=True)
    assert years["leader-meetings"].count == "0 of 6, 2 credited"
    assert (asked(here)["leader-meetings"].left, asked(here)["quality-leaders"].left) == (4, 1)


@pytest.mark.requirement(10)
def test_which_kinds_of_leaders_are_to_be_met_is_settled_by_itself(here, settle):
    settle("leader-meetings", amount=5)
    leader = LeaderFactory(program=here.program, is_physician=False)
    ActivityFactory(resident=here.resident, kind=ActivityKind.LEADER_MEETING, leader=leader)
    line = practice(here, years=True)["leader-meetings"]
    assert (line.is_done, line.count) == (
        False,
        "1 physician to go, 1 other to go, 5 waived",
    )
    settle("physician-leaders")
    settle("other-leaders")
    assert practice(here, years=True)["leader-meetings"].is_done


def test_a_class_done_elsewhere_has_its_own_page_and_a_booked_one_is_not_waived(here, course):
    key = class_key(course.uid)
    assert (asked(here)[key].left, asked(here)[key].takes_credit) == (1, False)
    seat = BookingFactory(
        session=SessionFactory(program=here.program, course=course), resident=here.resident
    )
    assert asked(here)[key].refusal == "a seat is booked and has to be given back first"
    seat.delete()
    CompletionFactory(resident=here.resident, course=course)
    assert (asked(here)[key].done, asked(here)[homework_key(course.uid)].done) == (1, 1)


def test_what_a_version_does_not_ask_for_is_no_requirement(here):
    assert "flow-tours" in asked(here)
    here.cohort.version.flow_tours = 0
    here.cohort.version.save()
    assert "flow-tours" not in asked(here)


@pytest.mark.requirement(53)
def test_a_credited_contribution_counts_beside_those_that_were_confirmed(here, settle):
    ContributionFactory(resident=here.resident, confirmed=True)
    ContributionFactory(resident=here.resident)
    assert asked(here)["contributions"].left == 1
    settle("contributions", credited=True)
    line = asked(here)["contributions"]
    assert (line.count, line.left) == ("1 of 2 done, 1 credited", 0)
    given = contributions_of(Resident.objects.get(pk=here.resident.pk), 2)
    assert (given.count, given.is_done) == ("1 of 2, 1 credited", True)


@pytest.mark.parametrize("more", [0, 2])
def test_several_are_asked_the_same_as_each_alone_with_seven_queries(
    here, course, more, settle, django_assert_num_queries
):
    settle("flow-tours")
    ContributionFactory(resident=here.resident, confirmed=True)
    for number in range(more):
        SettlementFactory(resident=here.member(f"more{number}"))
    people, settled = members(here.program), settled_in(here.program)
    with django_assert_num_queries(7):
        found = requirements_for(people, here.program, settled, TODAY)
    assert {key: list(rows) for key, rows in found.items()} == {
        each.resident_id: list(asked(here, each.resident).values()) for each in people
    }


def test_another_program_s_signatures_settle_nothing_here(here, world, course):
    SettlementFactory(resident=world.there.resident, requirement=class_key(course.uid))
    assert for_board(here.program, [course], TODAY) == {}
    assert class_progress(here.resident, TODAY).waived == 0


@pytest.mark.parametrize("who", ["resident", "coach"])
def test_the_page_of_settled_homework_says_so_and_asks_nothing(client, here, course, settle, who):
    session = SessionFactory(program=here.program, course=course, day=date(2026, 11, 3))
    work = HomeworkFactory(
        booking__session=session, booking__resident=here.resident, submitted=True
    )
    settle(homework_key(course.uid))
    person = getattr(here, who)
    client.force_login(getattr(person, "person", person))
    shown = client.get(work.get_absolute_url())
    assert "Credited or waived" in shown.content.decode()
    assert (shown.context["form"], shown.context["return_form"]) == (None, None)
