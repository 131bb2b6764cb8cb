"""Answering homework: from the queue or from its page, once, with nothing typed lost."""

from datetime import timedelta
from html import unescape

import pytest

from curriculum.forms import WRITER
from curriculum.models import Homework, Review
from curriculum.states import BookingState, HomeworkState
from residents.models import RoleGrant
from tests.curriculum.evidence import nothing_written, said
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory


def homework_of(here, resident, **fields):
    session = SessionFactory(program=here.program, instructor=here.instructor)
    seat = {"session": session, "resident": resident, "state": BookingState.MISSED}
    return HomeworkFactory(booking=BookingFactory(**seat), **fields)


@pytest.fixture
def submitted(here):
    return homework_of(here, here.resident, submitted=True)


@pytest.fixture
def name(here):
    return here.resident.person.given_name


@pytest.mark.requirement(18)
def test_accepting_tells_the_reviewer_and_leads_back(here, submitted, sign_in, address, name):
    response = sign_in(here.coach).post(address("homework-accept", submitted.uid))
    assert (response.status_code, response.url) == (302, submitted.get_absolute_url())
    assert said(response) == [("success", f"Accepted. {name} is told.")]
    assert Homework.objects.get().state == HomeworkState.ACCEPTED


@pytest.mark.requirement(18)
def test_returning_with_a_word_leads_back_and_the_writer_reads_it(
    here, submitted, sign_in, address, name
):
    response = sign_in(here.instructor).post(
        address("homework-return", submitted.uid), {"comment": "Add the <waits>."}
    )
    assert said(response) == [("success", f"Returned. {name} is told.")]
    assert Homework.objects.get().state == HomeworkState.RETURNED
    page = sign_in(here.resident).get(submitted.get_absolute_url()).text
    assert "Add the &lt;waits&gt;." in page
    assert "Your work" in page


@pytest.mark.parametrize("comment", ["", "   ", "\r\n"])
def test_a_return_without_a_word_is_asked_for_one(here, submitted, sign_in, address, comment):
    with nothing_written():
        response = sign_in(here.coach).post(
            address("homework-return", submitted.uid), {"comment": comment}
        )
    assert response.status_code == 422
    assert "Say in a sentence what is missing." in response.text


@pytest.mark.parametrize("verb", ["homework-accept", "homework-return"])
@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("x" * 4001, "at most 4000 characters"),
        ("A NUL \x00 in it.", "An invisible character"),
        ("The patient with MRN 123456789.", "a record number"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_shown_again_and_decides_nothing(
    here, submitted, sign_in, address, verb, comment, words
):
    with nothing_written():
        response = sign_in(here.coach).post(address(verb, submitted.uid), {"comment": comment})
    assert response.status_code == 422
    assert words in response.text
    assert comment.replace("\x00", "") in response.text


def test_an_answer_is_kept_when_its_writer_says_that_no_patient_is_meant(
    here, submitted, sign_in, address
):
    sent = {"comment": "Order 123456789 is a good example.", "no_patient": "on"}
    response = sign_in(here.coach).post(address("homework-accept", submitted.uid), sent)
    assert response.status_code == 302
    assert Review.objects.get().comment == sent["comment"]


def test_the_second_of_two_reviewers_is_told_and_writes_nothing(here, submitted, sign_in, address):
    sign_in(here.coach).post(address("homework-accept", submitted.uid))
    with nothing_written():
        response = sign_in(here.instructor).post(
            address("homework-return", submitted.uid), {"comment": "Add the waits."}
        )
    assert said(response)[-1] == (
        "error",
        "Nothing was changed: this is accepted by now, so it cannot be returned. "
        "Reload the page to see where it stands.",
    )
    assert Review.objects.count() == 1


def test_an_unreadable_answer_to_what_was_answered_meanwhile_shows_the_answer(
    here, submitted, sign_in, address
):
    sign_in(here.coach).post(address("homework-accept", submitted.uid))
    response = sign_in(here.instructor).post(
        address("homework-return", submitted.uid), {"comment": ""}
    )
    assert response.status_code == 422
    assert "Your answer" not in response.text
    assert "Accepted" in response.text


def test_pressing_accept_twice_accepts_once(here, submitted, sign_in, address):
    client = sign_in(here.coach)
    client.post(address("homework-accept", submitted.uid))
    with nothing_written():
        response = client.post(address("homework-accept", submitted.uid))
    assert said(response)[-1][0] == "error"


@pytest.mark.parametrize(
    ("target", "is_followed"),
    [
        ("/p/cascade/review/", True),
        ("https://elsewhere.example/", False),
        ("//elsewhere.example/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_an_answer_given_in_the_queue_leads_back_there_and_never_off_the_site(
    here, submitted, sign_in, address, target, is_followed
):
    response = sign_in(here.coach).post(address("homework-accept", submitted.uid), {"next": target})
    assert response.url == (target if is_followed else submitted.get_absolute_url())


def test_the_queue_shows_what_waits_for_this_person_longest_wait_first(
    world, here, submitted, sign_in, address
):
    newer = homework_of(here, here.resident, submitted=True)
    Homework.objects.filter(pk=newer.pk).update(
        submitted_at=submitted.submitted_at + timedelta(days=1)
    )
    others = homework_of(here, here.other, submitted=True)
    homework_of(here, here.resident)
    homework_of(here, here.resident, accepted=True)
    homework_of(world.there, world.there.resident, submitted=True)
    queue = [submitted, newer]
    assert sign_in(here.coach).get(address("review-queue")).context["queue"] == queue
    assert sign_in(here.other_coach).get(address("review-queue")).context["queue"] == [others]
    taught = sign_in(here.instructor).get(address("review-queue")).context["queue"]
    assert set(taught) == {submitted, newer, others}
    assert sign_in(here.director).get(address("review-queue")).context["queue"] == []


def test_what_is_listed_for_review_is_what_may_be_accepted(world, here, submitted):
    homework_of(here, here.other, submitted=True)
    homework_of(world.there, world.there.resident, submitted=True)
    people = [here.coach, here.other_coach, here.instructor, here.director, here.kpo_lead]
    people += [world.there.coach, world.there.instructor, here.resident.person]
    for user in people:
        listed = set(Homework.objects.for_review_by(user))
        may = {
            each
            for each in Homework.objects.all()
            if user.has_perm("curriculum.accept_homework", each)
        }
        assert listed == may, user


def test_a_coach_whose_tie_has_ended_answers_no_more(here, submitted, sign_in, address, today):
    RoleGrant.objects.filter(person=here.coach).update(until=today.replace(day=22))
    with nothing_written():
        response = sign_in(here.coach).post(address("homework-accept", submitted.uid))
    assert response.status_code == 404


def test_the_queue_says_who_reads_an_answer_as_the_form_does(here, submitted, sign_in, address):
    page = unescape(sign_in(here.coach).get(address("review-queue")).text)
    assert f"{WRITER} No patient names or record numbers." in page


def test_a_long_queue_is_bounded_and_says_that_more_follow(here, sign_in, address):
    for _ in range(21):
        homework_of(here, here.other, submitted=True)
    response = sign_in(here.other_coach).get(address("review-queue"))
    assert len(response.context["queue"]) == 20
    assert "more follow when these are answered" in response.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_eight_queries_for_any_number(
    here, sign_in, address, django_assert_num_queries, rows
):
    for _ in range(rows):
        homework_of(here, here.resident, submitted=True)
    client = sign_in(here.coach)
    client.get(address("review-queue"))
    with django_assert_num_queries(8):
        assert len(client.get(address("review-queue")).context["queue"]) == rows
