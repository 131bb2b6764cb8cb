"""Rounds in a browser: opened, moved, closed, and everybody invited after a look at the letter."""

from datetime import date

import pytest

from qipathway.core.notices.models import Notice
from residents.selection.models import Application, Round
from residents.states import Track
from tests.factories.residents import CohortFactory
from tests.factories.selection import CLOSES, OPENS, RoundFactory
from tests.selection.evidence import nothing_written, said

TYPED = {
    "name": "Class of 2031",
    "starts_on": "2027-07-01",
    "opens_on": "2026-11-30",
    "closes_on": "2026-12-18",
    "seats": "5",
    "welcome": "Write as you speak.",
}
MOVED = {"opens_on": "2026-11-16", "closes_on": "2026-12-11", "seats": "4", "welcome": ""}


@pytest.fixture(params=["director", "coordinator"])
def office(request, here, sign_in):
    return sign_in(getattr(here, request.param))


@pytest.fixture
def director(here, sign_in):
    return sign_in(here.director)


def test_the_office_opens_a_round_for_a_new_intake(office, address):
    response = office.post(address("round-open"), TYPED)
    made = Round.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.cohort.name, made.cohort.starts_on) == ("Class of 2031", date(2027, 7, 1))
    assert (made.opens_at.isoformat(), made.closes_at.isoformat(), made.seats) == (
        "2026-11-30T08:00:00+00:00",
        "2026-12-19T07:59:00+00:00",
        5,
    )
    assert "Opens on Monday, Nov 30, 00:00." in office.get(response.url).text


def test_a_round_is_opened_for_an_intake_that_is_there(director, here, address):
    cohort = CohortFactory(program=here.program, version=here.cohort.version)
    director.post(address("round-open"), {**TYPED, "cohort": cohort.pk, "name": ""})
    assert Round.objects.get().cohort == cohort


def test_the_intake_of_another_program_is_no_choice(director, world, address):
    far = world.there.cohort
    with nothing_written():
        response = director.post(address("round-open"), {**TYPED, "cohort": far.pk})
    assert (response.status_code, far.name in response.text) == (422, False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Choose an intake above, or fill this in for a new one."),
        ({"closes_on": "2026-11-29"}, "Give a day that is not before the one on which it opens."),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"opens_on": "2026-02-30"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_a_round_is_told_beside_the_field_and_kept(director, address, change, words):
    with nothing_written():
        response = director.post(address("round-open"), {**TYPED, **change})
    assert response.status_code == 422
    assert words in response.text
    assert "Write as you speak." in response.text


def test_an_intake_whose_name_is_taken_leaves_neither_intake_nor_round(director, here, address):
    with nothing_written():
        response = director.post(address("round-open"), {**TYPED, "name": here.cohort.name})
    assert response.status_code == 422
    assert f"There is a cohort called {here.cohort.name} already." in response.text


@pytest.mark.requirement(56)
def test_three_clicks_invite_everybody_eligible_after_a_look_at_the_letter(
    director, address, round_, newcomer
):
    newcomer("Aino")
    newcomer("Kit", track=Track.PRELIMINARY)
    listed = director.get(address("rounds")).text
    preview = address("invitations", round_.uid)
    assert f'href="{preview}"' in listed
    page = director.get(preview).text
    assert "You can apply: Leadership in QI, Class of 2030" in page
    assert "Invite 1 resident<" in page
    assert "The pathway is open to the categorical and primary-care tracks only" in page
    response = director.post(address("residents-invite", round_.uid))
    assert said(response) == [("success", "1 resident is invited.")]
    assert Application.objects.get().resident.person.given_name == "Aino"
    with nothing_written():
        again = director.post(address("residents-invite", round_.uid))
    assert said(again)[-1][1].startswith("Everybody eligible was invited already")


def test_the_preview_writes_nothing_and_shows_nobody_of_another_program(
    director, address, round_, world
):
    far = world.there.member("faraway")
    with nothing_written():
        page = director.get(address("invitations", round_.uid)).text
    assert far.person.given_name not in page


def test_moving_the_end_forward_needs_no_question_and_earlier_does(director, here, address, round_):
    path = address("round-change", round_.uid)
    assert director.post(path, {**MOVED, "closes_on": "2026-12-20"}).status_code == 302
    with nothing_written():
        response = director.post(path, MOVED)
    assert response.status_code == 422
    assert "Tick this to close earlier" in response.text
    director.post(path, {**MOVED, "sure": "on"})
    assert Round.objects.get().closes_at.isoformat() == "2026-12-12T07:59:00+00:00"


def test_saving_a_round_without_a_change_of_days_keeps_its_minutes(director, address, round_):
    director.post(address("round-change", round_.uid), {**MOVED, "seats": "6"})
    kept = Round.objects.get()
    assert (kept.opens_at, kept.closes_at, kept.seats, kept.revision) == (OPENS, CLOSES, 6, 1)


def test_close_now_closes_and_says_so(director, address, round_, apply_to):
    apply_to(written=True)
    page = director.get(round_.get_absolute_url()).text
    assert "1 of those invited have started and not handed in" in page
    response = director.post(address("round-close", round_.uid))
    assert said(response) == [("success", "Applications are closed.")]
    assert "Closed on Monday, Nov 23, 07:40." in director.get(round_.get_absolute_url()).text


def test_fields_that_no_form_has_are_not_taken(director, address, round_):
    sent = {**MOVED, "released_at": "2026-11-23", "program": "2", "revision": "9", "cohort": "1"}
    director.post(address("round-change", round_.uid), sent)
    kept = Round.objects.get()
    assert (kept.released_at, kept.revision, kept.program_id) == (None, 1, round_.program_id)


def test_the_page_of_a_round_names_states_and_no_words_of_a_draft(
    director, round_, apply_to, newcomer
):
    apply_to(written=True, resident=newcomer("Aino"))
    sent = apply_to(submitted=True, resident=newcomer("Bo"))
    page = director.get(round_.get_absolute_url()).text
    assert "Patients wait for beds" not in page
    assert page.count(sent.get_absolute_url()) == 1
    assert [status.label for _, status in director.get(round_.get_absolute_url()).context["rows"]]


STRANGE = ["Z̷̢̧͙͛a̶̡̛̰l̸͍̈́g̵o", "\u202eمحمد", "İ", "👩‍⚕️", "<script>alert(1)</script>", "{{7*7}}"]


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_of_any_script_is_shown_as_it_is_and_runs_nothing(
    director, address, round_, newcomer, name
):
    newcomer(name)
    page = director.get(address("invitations", round_.uid)).text
    assert "<script>alert" not in page
    assert name != "{{7*7}}" or name in page
    director.post(address("residents-invite", round_.uid))
    assert Notice.objects.filter(kind="selection.invited").count() == 1
    assert director.get(round_.get_absolute_url()).status_code == 200


QUERIES = {"rounds": 9, "round": 13, "invitations": 11}


@pytest.mark.parametrize("page", QUERIES)
def test_a_page_costs_the_same_for_one_and_for_three(
    director, here, address, round_, apply_to, newcomer, django_assert_num_queries, page
):
    path = address(page) if page == "rounds" else address(page, round_.uid)
    apply_to(submitted=True)
    newcomer("Bo")
    director.get(path)
    with django_assert_num_queries(QUERIES[page]):
        director.get(path)
    for number in range(2):
        RoundFactory(
            program=here.program,
            cohort=CohortFactory(program=here.program, version=here.cohort.version),
        )
        apply_to(submitted=True)
        newcomer(f"Person {number}")
    with django_assert_num_queries(QUERIES[page]):
        director.get(path)
