"""The mails about classes, homework and stand-ups, as their readers get them."""

import pytest

from curriculum.reminders import (
    CLASS_UPCOMING,
    HOMEWORK_ACCEPTED,
    HOMEWORK_RETURNED,
    HOMEWORK_SUBMITTED,
    STAND_UP_UPCOMING,
)
from curriculum.services import (
    accept_homework,
    book_session,
    return_homework,
    schedule_stand_up,
    submit_homework,
)
from curriculum.states import BookingState
from qipathway.core.notices.kinds import get_kind
from qipathway.core.notices.models import Notice
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory

BODY = "Eleven of fourteen steps were waiting."
COMMENT = "Add the waits."
SITE = "https://qip.example.org"


@pytest.fixture(autouse=True)
def names(settings, here):
    settings.SITE_URL = SITE
    for person, name in ((here.resident.person, "Fionn O'Malley"), (here.coach, "Renée Delacroix")):
        person.given_name, person.family_name = name.split()
        person.save()


def written(kind):
    """Write the letter of the only notice of a kind."""
    notice = Notice.objects.select_related("recipient").get(kind=kind)
    return get_kind(kind).render([notice], notice.recipient)


@pytest.fixture
def homework(here, session):
    seat = BookingFactory(session=session, resident=here.resident, state=BookingState.ATTENDED)
    return HomeworkFactory(booking=seat, body=BODY)


def test_the_reminder_of_a_class_says_what_when_and_where(here, session, at):
    book_session(session, resident=here.resident, by=here.resident.person, at=at)
    mail = written(CLASS_UPCOMING)
    assert mail.subject == "Thu Dec 3, 13:00: VSM"
    assert mail.text.startswith("Fionn, your class is on Thursday, December 3.\n")
    assert "Value-stream mapping\n13:00–17:00, Lindeman 201\n" in mail.text
    assert f"{SITE}{session.get_absolute_url()}" in mail.text


@pytest.mark.parametrize("note", ["", "Agreed with the ward."])
def test_only_a_seat_on_protected_time_is_said_to_be_protected(here, session, at, note):
    book_session(session, resident=here.resident, by=here.director, at=at, override_note=note)
    text = written(CLASS_UPCOMING).text
    assert ("The half day is protected for it." in text) is not bool(note)
    assert "If you cannot come, give your seat back:" in text


def test_the_reminder_of_a_stand_up_says_when_where_and_how_to_log_it(here, session, at):
    here.resident.blocks.update(rotation=here.rotation(RotationKind.SBP, "SBP"))
    when = {"day": session.day, "starts": session.starts, "place": "7 East huddle wall"}
    schedule_stand_up(here.program, by=here.coach, at=at, **when)
    mail = written(STAND_UP_UPCOMING)
    assert mail.subject == "Thu Dec 3, 13:00: stand-up at 7 East huddle wall"
    assert "Thursday, December 3, 13:00, at 7 East huddle wall" in mail.text
    assert f"{SITE}/p/cascade/stand-ups/" in mail.text


def test_the_coach_hears_who_handed_in_what(here, homework, at):
    submit_homework(homework, by=here.resident.person, at=at)
    mail = written(HOMEWORK_SUBMITTED)
    assert mail.subject == "Homework to answer: VSM"
    assert "Renée, Fionn O'Malley handed in the homework of Value-stream mapping." in mail.text
    assert f"{SITE}{homework.get_absolute_url()}" in mail.text


@pytest.mark.parametrize(
    ("answer", "kind", "subject"),
    [
        (accept_homework, HOMEWORK_ACCEPTED, "Accepted: VSM"),
        (return_homework, HOMEWORK_RETURNED, "One more step: VSM"),
    ],
)
def test_the_writer_hears_the_answer_and_reads_its_words_on_the_page(
    here, homework, at, answer, kind, subject
):
    submit_homework(homework, by=here.resident.person, at=at)
    answer(homework, by=here.coach, at=at, comment=COMMENT)
    mail = written(kind)
    assert mail.subject == subject
    assert mail.text.startswith("Fionn, your homework of Value-stream mapping ")
    assert f"{SITE}{homework.get_absolute_url()}" in mail.text
    for notice in Notice.objects.select_related("recipient"):
        text = get_kind(notice.kind).render([notice], notice.recipient).text
        assert (BODY in text, COMMENT in text) == (False, False)
