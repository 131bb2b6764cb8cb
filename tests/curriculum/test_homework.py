"""Homework: saved without losing a word, handed in once, answered once."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from curriculum.models import Homework, HomeworkFile, Review
from curriculum.reminders import HOMEWORK_ACCEPTED, HOMEWORK_RETURNED, HOMEWORK_SUBMITTED
from curriculum.services import (
    accept_homework,
    return_homework,
    save_homework,
    submit_homework,
)
from curriculum.services.homework import Overtaken
from curriculum.states import BookingState, HomeworkState
from qipathway.core.files.models import StoredFile
from qipathway.core.files.states import Refused
from qipathway.core.lib.states import IllegalMove
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from residents.models import RoleGrant
from tests.curriculum.evidence import nothing_written, refused
from tests.factories.curriculum import BookingFactory, HomeworkFactory
from tests.factories.residents import RoleGrantFactory

NEWER = (
    "Not saved: this homework was saved on another device in the meantime. "
    "Both versions are below; keep what you need and save again."
)
NO_LONGER = "Reload the page to see where it stands."


@pytest.fixture
def make(here, session):
    def homework(**fields):
        seat = BookingFactory(session=session, resident=here.resident, state=BookingState.ATTENDED)
        return HomeworkFactory(booking=seat, **fields)

    return homework


@pytest.fixture
def draft(make):
    return make()


@pytest.fixture
def submitted(make):
    return make(submitted=True)


@pytest.fixture
def writer(here):
    return here.resident.person


def photo(name="wall.jpg"):
    written = BytesIO()
    Image.new("RGB", (40, 20)).save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue())


def save(homework, at, **change):
    typed = {"area": "7 East", "body": "Fourteen steps.", "version": homework.version}
    return save_homework(homework, by=homework.resident.person, at=at, **{**typed, **change})


@pytest.mark.requirement(18)
def test_a_draft_is_kept_with_its_area_and_a_new_version(draft, at):
    save(draft, at)
    kept = Homework.objects.get()
    assert (kept.area, kept.body, kept.version, kept.saved_at) == (
        "7 East",
        "Fourteen steps.",
        2,
        at,
    )
    assert (kept.state, kept.submitted_at) == (HomeworkState.DRAFT, None)


def test_saving_a_draft_tells_nobody(draft, at):
    save(draft, at)
    assert not Event.objects.exists()
    assert not Notice.objects.exists()


def test_photos_are_kept_with_the_homework_they_came_with(draft, here, writer, at):
    save(draft, at, files=[photo("one.jpg"), photo("two.jpg")])
    kept = HomeworkFile.objects.all()
    assert [(each.homework, each.program, each.file.name) for each in kept] == [
        (draft, here.program, "one.jpg"),
        (draft, here.program, "two.jpg"),
    ]
    assert {each.file.uploaded_by for each in kept} == {writer}


def test_of_a_save_with_one_bad_file_nothing_is_kept(draft, at):
    bad = SimpleUploadedFile("run.exe", b"MZ")
    with nothing_written(), pytest.raises(Refused, match=r"run\.exe"):
        save(draft, at, files=[photo(), bad])
    assert not StoredFile.objects.exists()


def test_a_version_that_was_overtaken_writes_nothing_and_brings_the_newer_text(draft, at):
    save(draft, at, body="On the phone.")
    with refused(NEWER, Overtaken) as caught:
        save(draft, at, body="At the desk.")
    assert (caught.value.current.body, caught.value.current.version) == ("On the phone.", 2)


def test_a_version_that_was_overtaken_keeps_no_photo_either(draft, at):
    save(draft, at)
    with refused(NEWER, Overtaken):
        save(draft, at, files=[photo()])


def test_a_version_from_nowhere_is_no_way_in(draft, at):
    for version in (0, 2, 99):
        with refused(NEWER, Overtaken):
            save(draft, at, version=version)


def test_the_same_text_sent_twice_is_saved_once_and_is_no_conflict(draft, at):
    save(draft, at)
    with nothing_written():
        again = save(draft, at)
    assert (again.version, again.body) == (2, "Fourteen steps.")


def test_returned_work_is_saved_again_and_keeps_its_answer(submitted, here, at):
    returned = return_homework(submitted, by=here.coach, at=at, comment="Add the waits.")
    saved = save(returned, at, body="With the waits.")
    assert (saved.state, saved.body) == (HomeworkState.RETURNED, "With the waits.")
    assert Review.objects.get().comment == "Add the waits."


@pytest.mark.parametrize("trait", ["submitted", "accepted"])
def test_what_was_handed_in_is_not_overwritten(make, at, trait):
    handed_in = make(**{trait: True})
    with refused("Not saved: this homework was already handed in. Reload to see it."):
        save(handed_in, at)


@pytest.mark.requirement(18)
def test_submit_homework_hands_a_draft_in_and_tells_the_coach(draft, here, writer, at):
    submit_homework(draft, by=writer, at=at)
    handed_in = Homework.objects.get()
    assert (handed_in.state, handed_in.submitted_at) == (HomeworkState.SUBMITTED, at)
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.object_id) == (
        HOMEWORK_SUBMITTED,
        here.coach,
        draft.pk,
    )
    event = Event.objects.get()
    assert (event.action, event.actor, event.about, event.subject, event.data) == (
        "curriculum.submit_homework",
        writer,
        writer,
        draft,
        {"course": "Value-stream mapping"},
    )


def test_without_a_coach_the_instructor_of_the_class_is_told(draft, here, writer, at):
    RoleGrant.objects.filter(person=here.coach).update(until=at.date().replace(day=22))
    submit_homework(draft, by=writer, at=at)
    assert Notice.objects.get().recipient == here.instructor


def test_a_new_coach_is_told_and_the_one_before_is_not(draft, here, writer, at):
    RoleGrant.objects.filter(person=here.coach).update(until=at.date().replace(day=22))
    tie = {"program": here.program, "role": "coach", "resident": here.resident}
    successor = RoleGrantFactory(**tie, since=at.date())
    submit_homework(draft, by=writer, at=at)
    assert Notice.objects.get().recipient == successor.person


@pytest.mark.parametrize("body", ["", " \n\t "])
def test_an_empty_draft_is_not_handed_in(make, writer, at, body):
    empty = make(body=body)
    with refused("Not handed in: write a few sentences or add a photo first."):
        submit_homework(empty, by=writer, at=at)


def test_a_photo_without_a_word_can_be_handed_in(make, writer, at):
    empty = make(body="")
    save(empty, at, body="", files=[photo()])
    assert submit_homework(empty, by=writer, at=at).state == HomeworkState.SUBMITTED


def test_handing_in_twice_hands_in_once_and_tells_the_second_press(draft, writer, at):
    submit_homework(draft, by=writer, at=at)
    with refused(
        "Nothing was changed: this is handed in by now, so it cannot be handed in. " + NO_LONGER,
        IllegalMove,
    ):
        submit_homework(draft, by=writer, at=at)


@pytest.mark.requirement(18)
def test_accept_homework_answers_once_and_owes_the_resident_the_word(submitted, here, writer, at):
    accept_homework(submitted, by=here.coach, at=at, comment="  Clear and short. \n")
    accepted = Homework.objects.get()
    assert (accepted.state, accepted.accepted_at) == (HomeworkState.ACCEPTED, at)
    review = Review.objects.get()
    assert (review.homework, review.program, review.reviewer, review.at) == (
        submitted,
        here.program,
        here.coach,
        at,
    )
    assert (review.answer, review.comment) == (HomeworkState.ACCEPTED, "Clear and short.")
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.mail.ambiguous) == (
        HOMEWORK_ACCEPTED,
        writer,
        "hold",
    )
    event = Event.objects.get()
    assert (event.action, event.actor, event.about) == (
        "curriculum.accept_homework",
        here.coach,
        writer,
    )


def test_accepting_needs_no_comment(submitted, here, at):
    accept_homework(submitted, by=here.instructor, at=at)
    assert Review.objects.get().comment == ""


@pytest.mark.requirement(18)
def test_return_homework_says_what_is_missing_and_opens_it_again(submitted, here, writer, at):
    return_homework(submitted, by=here.coach, at=at, comment=" Add the waits. ")
    returned = Homework.objects.get()
    assert (returned.state, returned.version, returned.accepted_at) == (
        HomeworkState.RETURNED,
        submitted.version + 1,
        None,
    )
    review = Review.objects.get()
    assert (review.answer, review.comment) == (HomeworkState.RETURNED, "Add the waits.")
    assert [(n.kind, n.recipient) for n in Notice.objects.all()] == [(HOMEWORK_RETURNED, writer)]
    assert Event.objects.get().action == "curriculum.return_homework"


@pytest.mark.parametrize("comment", ["", "  \n "])
def test_a_return_without_a_word_is_refused(submitted, here, at, comment):
    with refused("Not returned: say in a sentence what is missing."):
        return_homework(submitted, by=here.coach, at=at, comment=comment)


@pytest.mark.parametrize(("state", "word"), [({}, "draft"), ({"accepted": True}, "accepted")])
def test_only_what_was_handed_in_is_answered(make, here, at, state, word):
    homework = make(**state)
    for answer, done in ((accept_homework, "accepted"), (return_homework, "returned")):
        with refused(
            f"Nothing was changed: this is {word} by now, so it cannot be {done}. {NO_LONGER}",
            IllegalMove,
        ):
            answer(homework, by=here.coach, at=at, comment="Read.")


@pytest.mark.requirement(18)
def test_draft_submit_return_resubmit_accept_is_told_step_by_step(draft, here, writer, at):
    submit_homework(draft, by=writer, at=at)
    returned = return_homework(draft, by=here.coach, at=at, comment="Add the waits.")
    save(returned, at, body="With the waits.")
    submit_homework(draft, by=writer, at=at)
    accept_homework(draft, by=here.coach, at=at)
    assert [event.action.partition(".")[2] for event in Event.objects.order_by("pk")] == [
        "submit_homework",
        "return_homework",
        "submit_homework",
        "accept_homework",
    ]
    assert list(Notice.objects.order_by("pk").values_list("kind", "recipient")) == [
        (HOMEWORK_SUBMITTED, here.coach.pk),
        (HOMEWORK_RETURNED, writer.pk),
        (HOMEWORK_SUBMITTED, here.coach.pk),
        (HOMEWORK_ACCEPTED, writer.pk),
    ]
    answers = [review.answer for review in Review.objects.order_by("pk")]
    assert answers == [HomeworkState.RETURNED, HomeworkState.ACCEPTED]


def test_returned_twice_is_told_twice_even_without_a_change(draft, here, writer, at):
    for _ in range(2):
        submit_homework(draft, by=writer, at=at)
        return_homework(draft, by=here.coach, at=at, comment="Add the waits.")
    assert Notice.objects.filter(kind=HOMEWORK_SUBMITTED).count() == 2
    assert Notice.objects.filter(kind=HOMEWORK_RETURNED).count() == 2
    assert Review.objects.count() == 2
