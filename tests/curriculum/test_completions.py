"""What was done elsewhere counts, is marked, and can be taken back."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from curriculum.models import Booking, Completion, Homework
from curriculum.reads import Claim, class_progress, courses_to_claim, for_board, offers_for
from curriculum.services import (
    book_session,
    record_completion,
    record_completions,
    save_homework,
    withdraw_completion,
)
from curriculum.states import BookingState, CompletionSource
from qipathway.core.timeline.models import Event
from tests.curriculum.evidence import nothing_written, refused, said
from tests.factories.curriculum import (
    BookingFactory,
    CompletionFactory,
    CourseFactory,
    SessionFactory,
)

DONE = date(2025, 7, 3)
WORDS = "Certificate of the course"
TODAY = date(2026, 11, 23)


def sign(here, at, *claims, evidence=WORDS, **fields):
    return record_completion(
        here.resident, by=here.director, at=at, claims=claims, evidence=evidence, **fields
    )


def enter(here, at, *claims):
    return record_completions(claims, by=here.director, at=at)


@pytest.fixture
def claim(here, course):
    return Claim(here.resident, course, DONE, homework_accepted=True)


@pytest.mark.requirement(4)
def test_a_class_done_before_counts_like_one_that_was_attended(here, course, claim, at):
    (done,) = sign(here, at, claim)
    stored = (done.done_on, done.source, done.evidence, done.signed_by, done.signed_at)
    assert stored == (DONE, "before", WORDS, here.director, at)
    for progress in (
        class_progress(here.resident, TODAY),
        for_board(here.program, [course], TODAY)[here.resident.pk],
    ):
        assert (progress.attended, progress.complete, progress.is_complete) == (1, 1, True)
        assert progress.cells[course.pk].sign == "before"


@pytest.mark.requirement(4)
def test_it_stands_on_the_timeline_as_entered_afterwards(here, claim, at):
    sign(here, at, claim)
    event = Event.objects.get()
    assert (event.action, event.actor, event.about, event.data) == (
        "curriculum.record_completion",
        here.director,
        here.resident.person,
        {"course": "Value-stream mapping", "done_on": "2025-07-03"},
    )


def test_homework_that_was_not_accepted_then_opens_here_and_is_due_from_today_on(
    here, course, claim, at
):
    (done,) = sign(here, at, Claim(here.resident, course, DONE))
    homework = Homework.objects.get()
    assert (homework.completion, homework.booking) == (done, None)
    assert homework.due_on == TODAY + timedelta(days=28)
    progress = class_progress(here.resident, TODAY)
    assert (progress.attended, progress.complete, progress.homework_open) == (1, 0, 1)


def test_a_class_without_a_brief_opens_no_homework(here, course, at):
    course.homework_brief = ""
    course.save()
    sign(here, at, Claim(here.resident, course, DONE))
    assert not Homework.objects.exists()


def test_it_is_a_prerequisite_met_and_its_own_sessions_are_offered_no_more(
    here, course, session, at, claim
):
    later = SessionFactory(program=here.program, day=date(2026, 12, 8))
    later.course.prerequisites.add(course)
    sign(here, at, claim)
    offers = offers_for(here.resident, after=at, until=date(2026, 12, 31))
    assert [(offer.session, offer.refusal) for offer in offers] == [(later, "")]
    assert book_session(later, resident=here.resident, by=here.director, at=at).pk
    words = "Not booked: Resident has done this class elsewhere, on Jul 3, 2025."
    with refused(words):
        book_session(session, resident=here.resident, by=here.director, at=at)


@pytest.mark.parametrize(
    ("day", "evidence", "words"),
    [
        (DONE, " ", "Not signed: say what shows it, or add a file."),
        (date(2026, 11, 24), WORDS, "Not signed: Nov 24, 2026 is still to come."),
    ],
)
def test_a_refused_signature_writes_nothing(here, course, at, day, evidence, words):
    with refused(words):
        sign(here, at, Claim(here.resident, course, day), evidence=evidence)


def test_signing_nothing_is_refused(here, at):
    with refused("Not signed: name at least one class and the day on which it was done."):
        sign(here, at)


def test_of_several_classes_all_are_signed_or_none(here, claim, at):
    booked = BookingFactory(session=SessionFactory(program=here.program), resident=here.resident)
    title = booked.course.title
    with refused(
        f"Not signed: {here.resident.person.name} has a seat in {title} on Dec 3, "
        "which has to be settled first."
    ):
        sign(here, at, claim, Claim(here.resident, booked.course, DONE))


@pytest.mark.parametrize("known", ["attended", "signed"])
def test_what_is_on_the_record_is_not_signed_again(here, course, session, claim, at, known):
    if known == "attended":
        BookingFactory(session=session, resident=here.resident, state=BookingState.ATTENDED)
    else:
        CompletionFactory(resident=here.resident, course=course)
    with refused("Not signed: Value-stream mapping is already on the record."):
        sign(here, at, claim)


def test_a_class_of_another_program_is_not_signed(world, here, at):
    far = CourseFactory(program=world.there.program)
    with refused(f"Not signed: {far.title} is a class of another program."):
        sign(here, at, Claim(here.resident, far, DONE))


def test_a_missed_class_that_was_made_up_elsewhere_is_done(here, course, session, claim, at):
    BookingFactory(session=session, resident=here.resident, state=BookingState.MISSED)
    sign(here, at, claim)
    progress = class_progress(here.resident, TODAY)
    assert (progress.complete, progress.missed) == (1, ())


def test_what_was_taken_back_counts_no_more_and_may_be_signed_again(here, course, claim, at):
    (done,) = sign(here, at, Claim(here.resident, course, DONE))
    withdraw_completion(done, by=here.director, at=at)
    assert class_progress(here.resident, TODAY).attended == 0
    assert not Homework.objects.exists()
    assert Event.objects.order_by("pk").last().action == "curriculum.withdraw_completion"
    with refused("This was already taken back."):
        withdraw_completion(done, by=here.director, at=at)
    assert sign(here, at, claim)


def test_it_stands_once_its_homework_was_worked_on(here, course, at):
    (done,) = sign(here, at, Claim(here.resident, course, DONE))
    save_homework(
        Homework.objects.get(), by=here.resident.person, at=at, area="", body="Waste.", version=1
    )
    with refused(
        f"{here.resident.person.name} has already worked on the homework of this class, so it "
        "stands. Nothing was changed."
    ):
        withdraw_completion(done, by=here.director, at=at)


def test_the_learning_systems_list_turns_a_booked_seat_into_an_attended_one(
    here, course, session, after
):
    seat = BookingFactory(session=session, resident=here.resident)
    (verdict,) = enter(here, after, Claim(here.resident, course, session.day))
    assert verdict.booking == seat
    assert Booking.objects.values_list("state", "attended_at").get() == ("attended", after)
    assert not Completion.objects.exists()
    assert Homework.objects.get().booking == seat
    assert Event.objects.get().data["outcome"] == "attended"


def test_a_seat_on_another_day_or_before_its_start_is_left_alone(here, course, session, at, after):
    BookingFactory(session=session, resident=here.resident)
    with nothing_written():
        for day, instant in ((session.day, at), (date(2026, 12, 2), after)):
            (verdict,) = enter(here, instant, Claim(here.resident, course, day))
            assert verdict.refusal


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_is_entered_with_as_many_queries_for_one_row_as_for_three(
    here, at, count, django_assert_num_queries
):
    courses = [CourseFactory(program=here.program) for _ in range(count)]
    claims = [Claim(here.resident, course, DONE) for course in courses]
    with django_assert_num_queries(13):
        verdicts = enter(here, at, *claims)
    assert [verdict.is_new for verdict in verdicts] == [True] * count
    assert Completion.objects.filter(source=CompletionSource.LEARNING_SYSTEM).count() == count
    assert Event.objects.count() == count


def test_a_list_entered_twice_changes_nothing_and_a_row_named_twice_counts_once(here, claim, at):
    assert [verdict.is_known for verdict in enter(here, at, claim, claim)] == [False, True]
    with nothing_written():
        assert enter(here, at, claim)[0].is_known


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"evidence": ""}, "completion_names_its_evidence"),
        ({"withdrawn_at": "2026-11-01T00:00Z"}, "completion_is_withdrawn_after_it_was_signed"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(here, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CompletionFactory(resident=here.resident, **fields)


def test_the_database_keeps_one_standing_completion_a_class(here, course):
    CompletionFactory(resident=here.resident, course=course, withdrawn_at="2026-11-21T00:00Z")
    CompletionFactory(resident=here.resident, course=course)
    with pytest.raises(IntegrityError, match="one_standing_completion"), transaction.atomic():
        CompletionFactory(resident=here.resident, course=course)


@pytest.mark.requirement(4)
def test_the_director_signs_several_classes_with_one_confirmation(here, sign_in, address, course):
    other = CourseFactory(program=here.program)
    client = sign_in(here.director)
    page = address("completions", here.resident.uid)
    assert "Sign and record" in client.get(page).content.decode()
    data = {
        f"day_{course.pk}": "2025-07-03",
        f"homework_{course.pk}": "on",
        f"day_{other.pk}": "2025-08-07",
        "upload": SimpleUploadedFile("list.txt", b"Both classes, signed."),
    }
    url = address("completion-record", here.resident.uid)
    assert client.post(url, data | {"upload": ""}).status_code == 422
    assert not Completion.objects.exists()
    response = client.post(url, data | {"sign": "on"})
    assert said(response) == [("success", "Signed: 2 classes.")]
    assert list(Completion.objects.order_by("pk").values_list("course", "homework_accepted")) == [
        (course.pk, True),
        (other.pk, False),
    ]
    assert courses_to_claim(here.resident) == []
    copy = Completion.objects.first()
    file = client.get(address("completion-file", copy.uid))
    assert file.getvalue() == b"Both classes, signed."


def test_taking_back_is_one_press_from_the_message_and_from_the_page(
    here, sign_in, address, course
):
    client = sign_in(here.director)
    data = {f"day_{course.pk}": "2025-07-03", "evidence": WORDS, "sign": "on"}
    client.post(address("completion-record", here.resident.uid), data)
    url = address("completion-withdraw", Completion.objects.get().uid)
    assert url in client.get(address("completions", here.resident.uid)).content.decode()
    assert said(client.post(url)) == [("success", "Taken back. It counts no more.")]
    assert not Completion.objects.standing().exists()


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("coach", 200), ("chief", 403), ("sponsor", 404)]
)
def test_others_read_but_only_the_director_signs(here, sign_in, address, course, role, status):
    client = sign_in(getattr(here, role))
    response = client.get(address("completions", here.resident.uid))
    assert response.status_code == status
    assert "Sign and record" not in response.content.decode()
    sent = client.post(address("completion-record", here.resident.uid), {"sign": "on"})
    assert sent.status_code == (404 if status == 404 else 403)


def test_what_a_list_says_by_itself_is_signed_by_nobody(here, sign_in, address, claim, at):
    record_completions([claim], by=None, at=at)
    page = sign_in(here.director).get(address("completions", here.resident.uid)).text
    assert "brought in by the system on" in page
    assert "signed by" not in page


def test_the_record_the_board_and_the_class_list_say_before_this_system(
    here, sign_in, address, course
):
    CompletionFactory(resident=here.resident, course=course)
    classes = sign_in(here.resident).get(address("classes")).content.decode()
    assert "Done before this system, homework accepted" in classes
    record = sign_in(here.director).get(here.resident.get_absolute_url()).content.decode()
    assert "done before this system, homework accepted" in record
    assert "is-before" in record
