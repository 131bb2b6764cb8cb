from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from mentorship.models import CheckIn, CoachNote, Commitment
from mentorship.services import Reading, Words, save_check_in
from mentorship.states import NoteLevel
from residents.states import Role
from tests.factories.capstone import ProjectFactory
from tests.factories.curriculum import HomeworkFactory
from tests.factories.mentorship import (
    CheckInFactory,
    CoachNoteFactory,
    CommitmentFactory,
    UpdateFactory,
)
from tests.factories.residents import RoleGrantFactory
from tests.mentorship.evidence import everything

AT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def held(here):
    """The last check-in, with two promises of which one is open."""
    held = CheckInFactory(
        resident=here.resident, coach=here.coach, held=True, day=date(2026, 11, 9)
    )
    CommitmentFactory(made_in=held, text="Shadow one discharge", due_on=date(2026, 11, 18))
    CommitmentFactory(made_in=held, text="Invite pharmacy", due_on=date(2026, 11, 12), done=True)
    return held


@pytest.fixture
def planned(here):
    return CheckInFactory(resident=here.resident, coach=here.coach, day=TODAY)


@pytest.fixture
def sees(client):
    """Open the page of a check-in as somebody; return the answer."""

    def get(user, check_in):
        client.force_login(getattr(user, "person", user))
        return client.get(check_in.get_absolute_url())

    return get


@pytest.fixture
def records(client):
    def post(user, check_in, headers=None, **typed):
        client.force_login(user)
        data = {"version": 0, "page": uuid4(), "mood": "moving", "level": "mine", **typed}
        address = reverse("mentorship:check-in-record", args=[check_in.program.slug, check_in.uid])
        return client.post(address, data, headers=headers)

    return post


def text(response):
    return response.content.decode()


def homework_of(here, day=12, **fields):
    """A piece of homework of a class attended on a day of November."""
    return HomeworkFactory(
        booking__resident=here.resident,
        booking__session__program=here.program,
        booking__session__instructor=here.instructor,
        booking__session__day=date(2026, 11, day),
        **fields,
    )


@pytest.mark.requirement(49)
def test_a_check_in_opens_with_its_agenda(here, held, planned, sees):
    homework = homework_of(here, submitted=True)
    update = UpdateFactory(
        resident=here.resident,
        text="Transport is short.",
        at=datetime(2026, 11, 22, 20, tzinfo=UTC),
    )
    CoachNoteFactory(check_in=held, body="Mind the scope.")
    page = text(sees(here.coach, planned))
    name = here.resident.person.given_name
    assert f"Check-in with {here.resident.person.name}" in page
    assert f"{name} wrote yesterday:" in page
    assert f"“{update.text}”" in page
    assert "Since Nov 9" in page
    assert f"Start with what {name} wrote" in page
    assert "Due Nov 18, 5 days ago" in page
    assert "Done Nov 12" in page
    assert "Mind the scope." in page
    assert homework.get_absolute_url() in page
    assert held.get_absolute_url() in page


@pytest.mark.requirement(48)
def test_the_report_on_classes_writes_itself_into_the_check_in(here, held, planned, sees):
    homework_of(here, day=5, accepted=True)
    homework_of(here)
    page = text(sees(here.coach, planned))
    assert "1 of 2 classes complete · 1 homework open" in page


def test_the_capstone_stands_in_the_head_and_at_a_glance(here, planned, sees):
    ProjectFactory(resident=here.resident, title="Discharge on 7 East")
    page = text(sees(here.coach, planned))
    assert "Second year · Capstone: Discharge on 7 East" in page
    assert "<dt>Stage</dt><dd>Charter</dd>" in page


def test_a_first_check_in_asks_for_what_could_be_better(here, planned, sees):
    page = text(sees(here.coach, planned))
    assert "makes you think: this could be better?" in page
    assert "This is the first check-in." in page
    assert "From last time" not in page


def test_the_form_is_its_coachs_alone(here, planned, sees):
    pages = {
        who: "Save check-in" in text(sees(getattr(here, who), planned))
        for who in ("coach", "resident", "director")
    }
    assert pages == {"coach": True, "resident": False, "director": False}


@pytest.mark.parametrize(
    "who", ["other_coach", "other", "coordinator", "chief", "kpo_lead", "instructor", "sponsor"]
)
def test_others_do_not_learn_that_a_check_in_exists(here, held, planned, sees, who):
    assert sees(getattr(here, who), planned).status_code == 404
    assert sees(getattr(here, who), held).status_code == 404


def test_nobody_of_another_program_finds_a_check_in(world, planned, sees):
    for who in ("coach", "director", "resident"):
        assert sees(getattr(world.there, who), planned).status_code == 404


def test_a_draft_is_shown_to_no_one_but_its_coach(here, planned, sees):
    save_check_in(
        planned,
        by=here.coach,
        at=AT,
        reading=Reading(0, uuid4()),
        words=Words("stalled", "DRAFT-WORDS", "DRAFT-NOTE", NoteLevel.SHARED),
        rest={"promise_0": "DRAFT-PROMISE"},
    )
    written = text(sees(here.coach, planned))
    assert [word in written for word in ("DRAFT-WORDS", "DRAFT-NOTE", "DRAFT-PROMISE")] == [
        True,
        True,
        True,
    ]
    assert "Draft saved 07:30" in written
    assert "DRAFT-" not in text(sees(here.resident, planned))
    assert "DRAFT-" not in text(sees(here.director, planned))


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        (NoteLevel.MINE, {"coach"}),
        (NoteLevel.US_TWO, {"coach", "resident"}),
        (NoteLevel.SHARED, {"coach", "resident", "director"}),
    ],
)
def test_a_note_stands_on_the_page_of_whom_its_level_names(
    here, held, planned, sees, level, readers
):
    CoachNoteFactory(check_in=held, level=level, body="THE-NOTE")
    found = {
        who
        for who in ("coach", "resident", "director")
        if "THE-NOTE" in text(sees(getattr(here, who), held))
    }
    assert found == readers


def test_a_note_says_on_the_page_who_reads_it(here, held, sees):
    CoachNoteFactory(check_in=held, level=NoteLevel.US_TWO)
    coach, name = here.coach.given_name, here.resident.person.given_name
    assert f"You and {name} can read this." in text(sees(here.coach, held))
    assert f"You and {coach} can read this." in text(sees(here.resident, held))


def test_a_coach_reads_of_a_note_of_their_own_that_nobody_else_does(here, held, sees):
    CoachNoteFactory(check_in=held)
    assert "Only you can read this. It is in no export." in text(sees(here.coach, held))


@pytest.mark.requirement(49)
def test_recording_leads_to_what_was_said_and_says_what_follows(here, held, planned, records):
    late = Commitment.objects.open().get()
    response = records(
        here.coach,
        planned,
        learned="Forty minutes.",
        carry=[str(late.uid)],
        promise_0="Ask for a lead",
        due_0="2026-11-30",
        next_day="2026-12-07",
        next_clock="10:00",
        ask_director="1",
    )
    assert response.url == planned.get_absolute_url()
    [message] = get_messages(response.wsgi_request)
    assert str(message) == (
        "Saved. The program director is asked to step in. "
        "Next: Mon Dec 7, 10:00; both of you are reminded a day before."
    )
    late.refresh_from_db()
    assert late.due_on == date(2026, 12, 7)


def test_a_held_check_in_is_read_with_its_promises_and_the_next_date(here, held, planned, sees):
    page = text(sees(here.resident, held))
    assert "Check-in of Nov 9" in page
    assert held.learned in page
    assert "Shadow one discharge" in page
    assert planned.get_absolute_url() in page
    coach = here.coach.given_name
    assert f"You, {coach}, later coaches and the program director can read this." in page


def test_a_resident_gets_a_place_to_write_first_and_ticks_for_their_promises(
    here, held, planned, sees
):
    page = text(sees(here.resident, planned))
    assert f"Tell {here.coach.given_name} first" in page
    assert "What should your coach know?" in page
    assert f"/commitments/{Commitment.objects.open().get().uid}/complete/" in page
    director = text(sees(here.director, planned))
    assert "What should your coach know?" not in director
    assert "/complete/" not in director


def test_a_cancelled_check_in_says_so_and_leads_to_the_next(here, planned, sees):
    gone = CheckInFactory(resident=here.resident, coach=here.coach, cancelled=True)
    page = text(sees(here.resident, gone))
    assert "This check-in was cancelled." in page
    assert planned.get_absolute_url() in page


@pytest.mark.parametrize("headers", [None, {"HX-Request": "true"}])
def test_a_slip_brings_the_page_back_with_every_word(here, held, planned, records, headers):
    before = everything()
    response = records(
        here.coach,
        planned,
        headers,
        mood="",
        learned="LEARNED",
        note="NOTE",
        promise_2="PROMISE",
        due_2="2026-12-01",
        next_day="2026-12-07",
    )
    assert response.status_code == 422
    page = text(response)
    assert "Choose how the project is going." in page
    assert [word in page for word in ("LEARNED", "NOTE", "PROMISE", "2026-12-07")] == [True] * 4
    assert everything() == before


def test_a_rule_that_says_no_brings_the_page_back_with_every_word(here, planned, records):
    before = everything()
    response = records(here.coach, planned, learned="LEARNED", next_day="2062-12-07")
    assert response.status_code == 422
    assert "more than a year ahead" in text(response)
    assert "LEARNED" in text(response)
    assert everything() == before


def overtake(planned, by, learned="THEIR-WORDS"):
    save_check_in(
        planned,
        by=by,
        at=AT,
        reading=Reading(CheckIn.objects.get(pk=planned.pk).version, uuid4()),
        words=Words("stalled", learned),
        rest={},
    )


def test_a_conflict_shows_both_texts_and_a_form_that_may_save_over_theirs(here, planned, records):
    overtake(planned, here.other_coach)
    before = everything()
    response = records(here.coach, planned, learned="MY-WORDS")
    page = text(response)
    assert response.status_code == 409
    assert f"{here.other_coach.name} saved this check-in while you were writing." in page
    assert (page.count("THEIR-WORDS"), page.count("MY-WORDS")) == (1, 2)
    assert 'name="version" value="1"' in page
    assert everything() == before


def test_having_read_theirs_the_coach_may_save(here, planned, records):
    overtake(planned, here.other_coach)
    response = records(here.coach, planned, learned="BOTH", version=1)
    assert response.status_code == 302
    assert CheckIn.objects.held().get().learned == "BOTH"


def test_a_conflict_with_what_was_recorded_shows_both_texts_without_a_form(here, planned, records):
    records(here.coach, planned, learned="THEIR-WORDS")
    before = everything()
    response = records(here.coach, planned, learned="MY-WORDS", note="MY-NOTE")
    page = text(response)
    assert response.status_code == 409
    assert [word in page for word in ("THEIR-WORDS", "MY-WORDS", "MY-NOTE")] == [True] * 3
    assert "Save check-in" not in page
    assert everything() == before


def test_a_double_press_records_once_and_leads_to_what_was_said(here, planned, records):
    page = {"page": uuid4(), "next_day": "2026-12-07"}
    records(here.coach, planned, **page)
    before = everything()
    response = records(here.coach, planned, **page)
    assert response.url == planned.get_absolute_url()
    assert everything() == before


@pytest.mark.parametrize(("who", "status"), [("director", 403), ("other_coach", 404)])
def test_nobody_but_the_coach_records(here, planned, records, who, status):
    before = everything()
    assert records(getattr(here, who), planned, learned="Mine").status_code == status
    assert everything() == before


def test_a_note_kept_for_me_is_saved_at_the_level_that_was_chosen(here, planned, records):
    records(here.coach, planned, note="For both of us", level="us_two")
    note = CoachNote.objects.get()
    assert (note.level, note.body, note.author) == ("us_two", "For both of us", here.coach)


@pytest.mark.requirement(47)
def test_the_caseload_lists_the_viewers_mentees_alone(here, planned, sees):
    CheckInFactory(resident=here.other, coach=here.other_coach)
    page = text(sees(here.coach, planned))
    assert here.other.person.name not in page
    assert "Today" in page


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_the_same_questions_for_any_number(
    here, held, planned, client, sees, more, django_assert_num_queries
):
    for number in range(more):
        mentee = here.member(f"more{number}")
        RoleGrantFactory(person=here.coach, program=here.program, role=Role.COACH, resident=mentee)
        CheckInFactory(resident=mentee, coach=here.coach, held=True, day=date(2026, 10, 9))
        earlier = CheckInFactory(
            resident=here.resident, coach=here.coach, held=True, day=date(2026, 10, number + 1)
        )
        CommitmentFactory(made_in=earlier)
        CoachNoteFactory(check_in=earlier)
        UpdateFactory(resident=here.resident)
        homework_of(here, day=number + 1, submitted=True)
    homework_of(here, submitted=True)
    ProjectFactory(resident=here.resident)
    sees(here.coach, planned)
    with django_assert_num_queries(38):
        response = client.get(planned.get_absolute_url())
    assert text(response).count('class="q-case"') == more + 1
