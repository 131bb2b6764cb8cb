from datetime import date, time
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from mentorship.models import CheckIn, CoachNote, Update
from mentorship.states import CheckInState
from tests.factories.mentorship import CheckInFactory, CommitmentFactory
from tests.mentorship.evidence import everything

HOME = "/p/cascade/"
SLOT = {"day": "2026-12-04", "clock": "09:30", "medium": "by video"}


@pytest.fixture
def check_in(here):
    return CheckInFactory(resident=here.resident, coach=here.coach)


@pytest.fixture
def commitment(here):
    held = CheckInFactory(
        resident=here.resident, coach=here.coach, held=True, day=date(2026, 11, 9)
    )
    return CommitmentFactory(made_in=held, text="Shadow one discharge")


@pytest.fixture
def post(client):
    def send(user, name, thing, **data):
        client.force_login(user)
        url = reverse(f"mentorship:{name}", args=["cascade", thing.uid])
        return client.post(url, data, headers={"referer": f"http://testserver{HOME}"})

    return send


def said(response):
    return [(str(message), message.extra_tags) for message in get_messages(response.wsgi_request)]


def test_a_coach_plans_a_check_in_and_returns_to_where_they_were(here, post):
    response = post(here.coach, "check-in-schedule", here.resident, **SLOT)
    assert (response.status_code, response.url) == (302, f"http://testserver{HOME}")
    planned = CheckIn.objects.get()
    assert (planned.day, planned.clock, planned.coach) == (
        date(2026, 12, 4),
        time(9, 30),
        here.coach,
    )
    name = here.resident.person.given_name
    assert said(response) == [(f"Fri Dec 4, 09:30. {name} and you are reminded a day before.", "")]


def test_a_check_in_that_has_happened_opens_to_be_recorded(here, post):
    response = post(here.coach, "check-in-schedule", here.resident, day="2026-11-20", clock="12:00")
    assert response.url == CheckIn.objects.get().get_absolute_url()


def test_a_refused_plan_comes_back_with_what_was_typed(here, post, check_in):
    before = everything()
    response = post(here.coach, "check-in-schedule", here.resident, **SLOT)
    assert response.status_code == 422
    assert b"already has a check-in on Dec 3 at 10:00" in response.content
    assert b'value="2026-12-04"' in response.content
    assert everything() == before


def test_a_plan_without_a_day_comes_back_too(here, post):
    response = post(here.coach, "check-in-schedule", here.resident, clock="09:30")
    assert response.status_code == 422
    assert b"This field is required." in response.content
    assert not CheckIn.objects.exists()


def test_a_coach_moves_a_check_in(here, post, check_in):
    response = post(here.coach, "check-in-move", check_in, **SLOT)
    assert response.url == check_in.get_absolute_url()
    assert said(response) == [("Now on Fri Dec 4, 09:30.", "")]
    assert CheckIn.objects.get().revision == 1


def test_a_refused_move_comes_back_with_what_was_typed(here, post, check_in):
    response = post(here.coach, "check-in-move", check_in, **{**SLOT, "day": "2062-12-04"})
    assert response.status_code == 422
    assert b"more than a year ahead" in response.content


def test_a_coach_cancels_a_check_in(here, post, check_in):
    response = post(here.coach, "check-in-cancel", check_in)
    assert response.url == reverse("cockpit:wall", args=["cascade"])
    assert CheckIn.objects.get().state == CheckInState.CANCELLED


def test_what_is_over_is_cancelled_by_nobody_and_the_reason_is_said(here, post):
    held = CheckInFactory(resident=here.resident, coach=here.coach, held=True)
    before = everything()
    [(words, _)] = said(post(here.coach, "check-in-cancel", held))
    assert words.startswith("Nothing was changed: this is held by now")
    assert everything() == before


def draft(**change):
    return {"version": 0, "page": str(uuid4()), "learned": "Half a sent", **change}


def test_a_draft_is_kept_by_itself_and_says_when(here, post, check_in, monday):
    response = post(here.coach, "check-in-save", check_in, **draft(note="For me", level="mine"))
    assert response.status_code == 200
    assert response.json()["version"] == 1
    assert response.json()["saved"].startswith("07:4")
    assert CheckIn.objects.get().learned == "Half a sent"
    assert CoachNote.objects.get().given_at is None


def test_a_page_keeps_its_draft_twice_without_being_in_its_own_way(here, post, check_in):
    page = draft()
    post(here.coach, "check-in-save", check_in, **page)
    response = post(here.coach, "check-in-save", check_in, **{**page, "learned": "Half a sentence"})
    assert response.status_code == 200
    assert CheckIn.objects.get().learned == "Half a sentence"


def test_a_draft_over_somebody_elses_words_is_a_conflict(here, post, check_in):
    post(here.coach, "check-in-save", check_in, **draft())
    before = everything()
    response = post(here.coach, "check-in-save", check_in, **draft(learned="Another tab"))
    assert response.status_code == 409
    assert everything() == before


@pytest.mark.parametrize("change", [{"page": ""}, {"learned": "MRN 00123456"}])
def test_a_draft_that_must_not_be_kept_is_refused(here, post, check_in, change):
    before = everything()
    response = post(here.coach, "check-in-save", check_in, **draft(**change))
    assert response.status_code == 422
    assert everything() == before


@pytest.mark.requirement(48)
def test_a_resident_writes_to_their_coach(here, post):
    person = here.resident.person
    response = post(person, "update-write", here.resident, text="Transport is short.")
    assert response.url == f"http://testserver{HOME}"
    assert Update.objects.get().text == "Transport is short."


def test_an_update_that_may_point_to_a_patient_comes_back_whole(here, post):
    text = "Patient MRN 00123456 waited."
    response = post(here.resident.person, "update-write", here.resident, text=text)
    assert response.status_code == 422
    assert text.encode() in response.content
    assert b"Save anyway" in response.content
    assert not Update.objects.exists()


@pytest.mark.parametrize("who", ["resident", "coach"])
def test_either_of_the_two_ticks_a_commitment_off_with_a_way_back(here, post, commitment, who):
    user = here.resident.person if who == "resident" else here.coach
    response = post(user, "commitment-complete", commitment)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.done_on) == ("done", date(2026, 11, 23))
    undo = reverse("mentorship:commitment-reopen", args=["cascade", commitment.uid])
    assert said(response) == [("Done: Shadow one discharge", f"undo:{undo}")]
    post(user, "commitment-reopen", commitment)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.done_on) == ("open", None)


def test_a_commitment_that_is_done_says_so(here, post, commitment):
    post(here.coach, "commitment-complete", commitment)
    [_, (words, _)] = said(post(here.coach, "commitment-complete", commitment))
    assert words.startswith("Nothing was changed")


def test_a_page_of_another_site_is_never_returned_to(here, client, commitment):
    client.force_login(here.coach)
    url = reverse("mentorship:commitment-complete", args=["cascade", commitment.uid])
    response = client.post(url, {"next": "https://evil.example.com/"})
    assert response.url == reverse("cockpit:home", args=["cascade"])


DEEDS = ("check-in-move", "check-in-cancel", "check-in-save")


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("director", 403), ("resident", 403), ("other_coach", 404), ("coordinator", 404)],
)
def test_deeds_of_a_coach_are_closed_to_others_and_write_nothing(
    here, post, check_in, name, who, status
):
    holder = getattr(here, who)
    before = everything()
    response = post(getattr(holder, "person", holder), name, check_in, **SLOT, **draft())
    assert response.status_code == status
    assert everything() == before


@pytest.mark.parametrize(
    ("who", "status"),
    [("director", 403), ("other", 404), ("other_coach", 404), ("chief", 404), ("sponsor", 404)],
)
def test_nobody_else_ticks_a_commitment_off(here, post, commitment, who, status):
    holder = getattr(here, who)
    before = everything()
    response = post(getattr(holder, "person", holder), "commitment-complete", commitment)
    assert response.status_code == status
    assert everything() == before


def test_a_coach_of_another_program_finds_nothing_by_its_address(world, post, check_in):
    for name in DEEDS:
        assert post(world.there.coach, name, check_in, **SLOT).status_code == 404


def test_a_time_that_is_just_over_opens_to_be_recorded_too(here, post):
    slot = {"day": "2026-11-23", "clock": "07:00"}
    response = post(here.coach, "check-in-schedule", here.resident, **slot)
    assert response.url == CheckIn.objects.get().get_absolute_url()
