"""The applicant's page in a browser: what is true, what comes next, and nothing typed is lost."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qipathway.core.clock.services import travel_to
from residents.selection.models import Application
from residents.selection.services import save_application
from residents.states import Role, Track
from tests.factories.residents import RoleGrantFactory
from tests.factories.selection import CLOSES, RatingFactory
from tests.selection.evidence import curriculum_vitae, nothing_written, said

TYPED = {
    "passion": "Patients wait.",
    "initiative": "I counted.",
    "independence": "I kept on.",
    "career_interest": "hospitalist",
    "specialty": "",
    "version": 1,
}


@pytest.fixture
def invited(apply_to):
    return apply_to()


@pytest.fixture
def applicant(invited, sign_in):
    return sign_in(invited.resident)


@pytest.fixture
def save(applicant, invited, address):
    path = address("application-save", invited.uid)
    return lambda **change: applicant.post(path, {**TYPED, **change})


@pytest.mark.requirement(56)
def test_the_way_of_an_invitation_leads_from_home_to_the_page(applicant, invited, address, here):
    home = applicant.get(reverse("cockpit:today", args=[here.slug]))
    assert home.context["next"].title == "Apply for the pathway"
    assert home.context["next"].url == invited.get_absolute_url()
    assert applicant.get(address("own-application")).url == invited.get_absolute_url()
    page = applicant.get(invited.get_absolute_url()).text
    assert "Write three short statements and add your CV, until Friday, Dec 11, 23:59." in page
    assert "The program office and the reviewers read this once you hand it in" in page


@pytest.mark.requirement(5)
def test_the_page_says_that_the_career_interest_is_never_used_in_selection(applicant, invited):
    assert (
        "Never used in selection, and not shown to reviewers"
        in applicant.get(invited.get_absolute_url()).text
    )


@pytest.mark.requirement(5)
def test_reviewers_and_the_office_see_no_career_interest_beside_an_application(
    here, apply_to, newcomer, sign_in
):
    one = apply_to(submitted=True, resident=newcomer(specialty="spelunking"))
    RoleGrantFactory(person=here.chief, program=here.program, role=Role.REVIEWER)
    RatingFactory(application=one, reviewer=here.chief)
    for reader in (here.chief, here.director):
        page = sign_in(reader).get(one.get_absolute_url()).text
        assert "Patients wait for beds that are clean." in page
        assert "spelunking" not in page
        assert "areer interest" not in page


@pytest.mark.requirement(6)
@pytest.mark.requirement(55)
def test_a_preliminary_resident_is_told_why_there_is_nothing_to_apply_for(
    newcomer, sign_in, address
):
    page = sign_in(newcomer(track=Track.PRELIMINARY)).get(address("own-application")).text
    assert "The pathway is open to the categorical and primary-care tracks only" in page


def test_who_is_eligible_and_not_invited_yet_is_told_what_comes(newcomer, sign_in, address):
    page = sign_in(newcomer()).get(address("own-application")).text
    assert "When applications open for the next intake, you get a letter" in page


def test_a_draft_is_kept_by_the_button_and_by_itself(save, applicant, invited, address):
    response = save(cv=curriculum_vitae())
    assert said(response) == [("success", "Draft saved.")]
    again = applicant.post(
        address("application-save", invited.uid),
        {**TYPED, "passion": "More.", "version": 2},
        headers={"X-Requested-With": "fetch"},
    )
    assert json.loads(again.content) == {"version": 3, "saved": "07:40"}
    kept = Application.objects.select_related("resident", "cv").get()
    assert (kept.passion, kept.cv.name, kept.resident.career_interest) == (
        "More.",
        "cv.pdf",
        "hospitalist",
    )


@pytest.mark.requirement(56)
def test_hand_in_saves_and_submits_with_one_press_and_can_be_opened_again(
    save, applicant, invited, address
):
    assert said(save(submit="1", cv=curriculum_vitae())) == [("success", "Handed in.")]
    page = applicant.get(invited.get_absolute_url()).text
    assert "It is handed in." in page
    assert "<textarea" not in page
    applicant.post(address("application-reopen", invited.uid))
    assert "<textarea" in applicant.get(invited.get_absolute_url()).text


def test_handing_in_with_a_part_missing_keeps_the_draft_and_names_it(save):
    response = save(submit="1", initiative="")
    assert said(response) == [
        (
            "error",
            "Not handed in yet; still missing: something you started yourself, your CV.",
        )
    ]
    assert Application.objects.get().passion == "Patients wait."


def test_what_another_device_saved_is_shown_beside_what_was_typed_here(save, invited, at):
    by = invited.resident.person
    save_application(invited, by=by, at=at, words={"passion": "On the phone.",
        "initiative": "", "independence": ""}, version=1)  # fmt: skip
    with nothing_written():
        response = save(passion="At the desk.")
    assert response.status_code == 409
    assert ("Passion for QI", "At the desk.") in response.context["typed"]
    assert response.context["form"].initial["passion"] == "On the phone."
    assert response.context["form"].initial["version"] == 2


def test_what_comes_too_late_is_refused_with_every_word_on_the_page(save):
    travel_to(CLOSES)
    with nothing_written():
        response = save(passion="One minute late.", submit="1")
    assert response.status_code == 409
    assert "Not saved: the window closed on Friday, Dec 11, 23:59." in response.text
    assert "One minute late." in response.text


def test_an_autosave_that_comes_too_late_is_told_in_words(applicant, invited, address):
    travel_to(CLOSES)
    response = applicant.post(
        address("application-save", invited.uid), TYPED, headers={"X-Requested-With": "fetch"}
    )
    assert response.status_code == 409
    assert json.loads(response.content)["error"].startswith("Not saved: the window closed")


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("cv.txt", b"I am good."),
        SimpleUploadedFile("cv.pdf", b"MZ this is a program"),
        SimpleUploadedFile("cv.pdf", b""),
    ],
)
def test_a_file_that_is_no_cv_is_refused_and_the_words_are_kept(save, upload):
    with nothing_written():
        response = save(cv=upload)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"cv"}
    assert "Patients wait." in response.text


def test_a_long_text_and_a_record_number_are_told_and_kept(save):
    with nothing_written():
        long = save(passion="x" * 3001)
        patient = save(passion="Seen with MRN 4471902.")
    assert (long.status_code, patient.status_code) == (422, 422)
    assert "x" * 3001 in long.text
    assert "Save anyway" in patient.text


def test_not_now_can_be_undone_from_its_message(applicant, invited, address):
    response = applicant.post(address("application-defer", invited.uid))
    ((level, words),) = said(response)
    assert (level, words) == ("success", "Not now, then. No more letters come about this round.")
    page = applicant.get(invited.get_absolute_url()).text
    assert "Start after all" in page
    applicant.post(address("application-start", invited.uid))
    assert Application.objects.get().state == "started"


def test_withdrawing_is_asked_twice_and_can_be_followed_by_applying_again(
    applicant, apply_to, sign_in, address
):
    one = apply_to(submitted=True)
    client = sign_in(one.resident)
    assert 'data-confirm="Withdraw your application?"' in client.get(one.get_absolute_url()).text
    client.post(address("application-withdraw", one.uid))
    assert "Apply again" in client.get(one.get_absolute_url()).text


def test_before_the_window_opens_the_page_says_when_and_takes_nothing(
    applicant, invited, save, round_, at
):
    round_.opens_at = at + timedelta(days=1)
    round_.save()
    page = applicant.get(invited.get_absolute_url()).text
    assert "You can write from Tuesday, Nov 24, 07:40, until Friday, Dec 11, 23:59." in page
    assert "<textarea" not in page
    assert save().status_code == 409


def test_a_declined_application_leaves_the_page_and_home_once_it_is_told(
    here, apply_to, sign_in, address, at
):
    one = apply_to(submitted=True, state="declined", judged_at=at)
    client = sign_in(one.resident)
    assert "Two reviewers read it" in client.get(one.get_absolute_url()).text
    travel_to(at + timedelta(minutes=11))
    assert client.get(one.get_absolute_url()).status_code == 404
    assert client.get(address("own-application")).status_code == 200
    home = client.get(reverse("cockpit:today", args=[here.slug]))
    assert home.context["known"].application is None


def test_an_application_of_somebody_else_is_not_there(here, apply_to, newcomer, sign_in, address):
    one = apply_to(submitted=True, resident=newcomer("Aino"))
    rival = sign_in(newcomer("Bo"))
    with nothing_written():
        codes = {
            rival.get(one.get_absolute_url()).status_code,
            rival.get(address("cv", one.uid)).status_code,
            *(
                rival.post(address(f"application-{verb}", one.uid), TYPED).status_code
                for verb in ("save", "submit", "reopen", "start", "defer", "withdraw")
            ),
        }
    assert codes == {404}


def test_the_office_reads_and_does_nothing_in_an_applicant_s_name(apply_to, here, sign_in, address):
    one = apply_to(submitted=True)
    director = sign_in(here.director)
    with nothing_written():
        verbs = ("save", "submit", "reopen", "start", "defer", "withdraw")
        codes = {
            director.post(address(f"application-{verb}", one.uid), TYPED).status_code
            for verb in verbs
        }
    assert codes == {403}
    page = director.get(one.get_absolute_url()).text
    assert "Withdraw" not in page


def test_fields_that_no_form_has_are_not_taken(save):
    save(state="accepted", decision="offer", place_in_line="1", round="2", resident="1")
    kept = Application.objects.get()
    assert (kept.state, kept.decision, kept.place_in_line) == ("started", "", None)


def test_the_cv_is_handed_to_its_writer_and_as_a_download(save, applicant, invited, address):
    assert applicant.get(address("cv", invited.uid)).status_code == 404
    save(cv=curriculum_vitae())
    response = applicant.get(address("cv", invited.uid))
    assert response.headers["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    applicant.post(address("cv-remove", invited.uid))
    assert Application.objects.get().cv is None


def test_the_page_costs_the_same_empty_and_full(
    save, applicant, invited, django_assert_num_queries
):
    path = invited.get_absolute_url()
    applicant.get(path)
    with django_assert_num_queries(6):
        applicant.get(path)
    save(cv=curriculum_vitae())
    applicant.get(path)
    with django_assert_num_queries(6):
        applicant.get(path)


def test_home_puts_an_offer_first_once_it_is_told(here, apply_to, sign_in, at):
    offer = {"state": "offered", "judged_at": at, "answer_by": date(2026, 12, 7)}
    one = apply_to(submitted=True, **offer)
    client = sign_in(one.resident)
    home = reverse("cockpit:today", args=[here.slug])
    assert client.get(home).context["application"].label == "In review"
    travel_to(at + timedelta(minutes=11))
    shown = client.get(home).context
    assert (shown["next"].title, shown["next"].url, shown["application"]) == (
        "A place on the pathway is offered to you",
        one.get_absolute_url(),
        None,
    )
    assert shown["next"].why.endswith("accept the place or turn it down, until Dec 7.")
