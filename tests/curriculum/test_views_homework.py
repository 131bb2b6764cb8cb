"""Writing homework in a browser: nothing typed is lost, nothing is sent twice."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from curriculum.models import Homework, HomeworkFile
from curriculum.states import BookingState, HomeworkState
from qipathway.core.clock.services import travel_to
from qipathway.core.files.services import quarantine
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from tests.curriculum.evidence import nothing_written, said
from tests.factories.curriculum import BookingFactory, HomeworkFactory, SessionFactory

HANDED_IN = "Not saved: this homework was already handed in. Reload to see it."


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
def writer(here, sign_in):
    return sign_in(here.resident)


def photo(name="wall.jpg"):
    written = BytesIO()
    Image.new("RGB", (40, 20)).save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def typed(homework, **change):
    return {"area": "7 East", "body": "Fourteen steps.", "version": homework.version} | change


@pytest.mark.requirement(18)
def test_save_draft_keeps_the_text_and_leads_back(draft, writer, address):
    response = writer.post(address("homework-save", draft.uid), typed(draft))
    assert (response.status_code, response.url) == (302, draft.get_absolute_url())
    assert said(response) == [("success", "Draft saved.")]
    kept = Homework.objects.get()
    assert (kept.area, kept.body, kept.version, kept.state) == (
        "7 East",
        "Fourteen steps.",
        2,
        HomeworkState.DRAFT,
    )


@pytest.mark.requirement(18)
def test_hand_in_saves_and_submits_with_one_press(here, draft, writer, address):
    response = writer.post(
        address("homework-save", draft.uid), typed(draft, submit="1", files=[photo()])
    )
    assert said(response) == [("success", "Handed in.")]
    kept = Homework.objects.get()
    assert (kept.state, kept.body) == (HomeworkState.SUBMITTED, "Fourteen steps.")
    assert HomeworkFile.objects.get().file.name == "wall.jpg"
    page = writer.get(draft.get_absolute_url()).text
    assert f"With {here.coach.given_name}" in page
    assert "<textarea" not in page


def test_handing_in_nothing_is_told_and_the_draft_is_kept(make, writer, address):
    empty = make(body="")
    response = writer.post(address("homework-save", empty.uid), typed(empty, body="", submit="1"))
    assert said(response) == [
        ("error", "Not handed in: write a few sentences or add a photo first.")
    ]
    kept = Homework.objects.get()
    assert (kept.state, kept.area) == (HomeworkState.DRAFT, "7 East")


def test_pressing_save_twice_saves_once_and_is_no_conflict(draft, writer, address):
    path, sent = address("homework-save", draft.uid), typed(draft)
    writer.post(path, sent)
    with nothing_written():
        response = writer.post(path, sent)
    assert response.status_code == 302
    assert said(response)[-1] == ("success", "Draft saved.")


def test_pressing_hand_in_twice_hands_in_once_and_tells_the_second(draft, writer, address):
    path, sent = address("homework-save", draft.uid), typed(draft, submit="1")
    writer.post(path, sent)
    with nothing_written():
        response = writer.post(path, sent)
    assert said(response)[-1] == ("error", HANDED_IN)
    assert Notice.objects.count() == Event.objects.count() == 1


@pytest.mark.requirement(18)
def test_other_words_for_what_was_handed_in_are_refused_and_shown_to_be_copied(
    make, writer, address
):
    submitted = make(submitted=True)
    with nothing_written():
        response = writer.post(
            address("homework-save", submitted.uid), typed(submitted, body="Fifteen steps.")
        )
    assert response.status_code == 409
    assert response.context["typed"]["body"] == "Fifteen steps."
    assert "Not saved: this homework was already handed in." in response.content.decode()
    assert response.context["homework"].body == submitted.body


def test_submit_hands_in_the_draft_as_it_was_saved_once(draft, writer, address):
    path = address("homework-submit", draft.uid)
    response = writer.post(path)
    assert (response.status_code, response.url) == (302, draft.get_absolute_url())
    assert said(response) == [("success", "Handed in.")]
    with nothing_written():
        response = writer.post(path)
    assert said(response)[-1] == (
        "error",
        "Nothing was changed: this is handed in by now, so it cannot be handed in. "
        "Reload the page to see where it stands.",
    )


def test_a_conflict_shows_both_versions_and_the_next_save_wins_by_choice(draft, writer, address):
    path = address("homework-save", draft.uid)
    writer.post(path, typed(draft, body="Written on the phone."))
    with nothing_written():
        response = writer.post(path, typed(draft, body="Written at the desk.", area="ED"))
    assert response.status_code == 409
    assert "Saved on another device in the meantime." in response.text
    assert '<pre class="q-prose">Written at the desk.</pre>' in response.text
    assert "Written on the phone.</textarea>" in response.text
    assert '<input type="hidden" name="version" value="2"' in response.text
    response = writer.post(path, typed(draft, body="Both.", version=2))
    assert response.status_code == 302
    assert Homework.objects.get().body == "Both."


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"body": "x" * 10_001}, "at most 10000 characters"),
        ({"area": "A" * 121}, "at most 120 characters"),
        ({"body": "Typed \x00 with a NUL."}, "An invisible character that cannot be stored"),
        ({"body": "MRN 123456789 waited."}, "This looks like it holds a record number."),
        ({"version": "x"}, "Enter a whole number."),
        ({"version": ""}, "This field is required."),
        ({"version": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_saved_is_kept_on_the_page(draft, writer, address, sent, words):
    with nothing_written():
        response = writer.post(address("homework-save", draft.uid), typed(draft) | sent)
    assert response.status_code == 422
    assert words in response.text
    assert sent.get("body", "Fourteen steps.").replace("\x00", "") in response.text
    assert sent.get("area", "7 East") in response.text


def test_ten_thousand_characters_with_line_breaks_as_a_browser_sends_them_are_taken(
    draft, writer, address
):
    text = ("x" * 99 + "\r\n") * 100
    writer.post(address("homework-save", draft.uid), typed(draft, body=text.strip()))
    assert len(Homework.objects.get().body) == 9_999


def test_a_text_that_only_looks_like_a_record_number_is_saved_when_its_writer_says_so(
    draft, writer, address
):
    sent = typed(draft, body="Order 123456789 waited.", no_patient="on")
    assert writer.post(address("homework-save", draft.uid), sent).status_code == 302
    assert Homework.objects.get().body == "Order 123456789 waited."


def test_markup_in_a_text_is_shown_as_text(here, draft, writer, address, sign_in):
    body = "<script>alert(1)</script> & <b>waits</b>"
    writer.post(address("homework-save", draft.uid), typed(draft, body=body, submit="1"))
    page = sign_in(here.coach).get(draft.get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;waits&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_a_bad_file_is_refused_beside_its_field_and_the_text_is_kept(draft, writer, address):
    bad = SimpleUploadedFile("run.exe", b"MZ")
    with nothing_written():
        response = writer.post(address("homework-save", draft.uid), typed(draft, files=[bad]))
    assert response.status_code == 422
    assert "“run.exe” was not taken" in response.text
    assert "Fourteen steps." in response.text


def test_autosave_answers_with_the_new_version_and_the_clock_of_the_program(draft, writer, address):
    travel_to(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
    response = writer.post(
        address("homework-save", draft.uid), typed(draft), headers={"X-Requested-With": "fetch"}
    )
    assert (response.status_code, json.loads(response.content)) == (
        200,
        {"version": 2, "saved": "17:30"},
    )
    assert said(response) == []


def test_autosave_of_what_was_handed_in_is_told_without_a_page(make, writer, address):
    submitted = make(submitted=True)
    with nothing_written():
        response = writer.post(
            address("homework-save", submitted.uid),
            typed(submitted),
            headers={"X-Requested-With": "fetch"},
        )
    assert (response.status_code, json.loads(response.content)) == (409, {"error": HANDED_IN})


def test_a_file_is_served_through_the_door_of_its_homework_only(
    here, draft, writer, address, sign_in
):
    writer.post(address("homework-save", draft.uid), typed(draft, submit="1", files=[photo()]))
    kept = HomeworkFile.objects.get().file
    path = address("homework-file", draft.uid, kept.uid)
    for reader in (here.resident, here.coach, here.instructor, here.director):
        response = sign_in(reader).get(path)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
        assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    for stranger in (here.other, here.other_coach, here.sponsor, here.chief, here.kpo_lead):
        assert sign_in(stranger).get(path).status_code == 404


def test_a_file_of_a_draft_is_its_writers_alone(here, draft, writer, address, sign_in):
    writer.post(address("homework-save", draft.uid), typed(draft, files=[photo()]))
    path = address("homework-file", draft.uid, HomeworkFile.objects.get().file.uid)
    response = sign_in(here.resident).get(path)
    assert (response.status_code, bool(b"".join(response.streaming_content))) == (200, True)
    for reader in (here.coach, here.instructor, here.director, here.coordinator):
        assert sign_in(reader).get(path).status_code == 404


def test_a_file_is_not_served_by_another_homework_nor_when_it_was_set_aside(
    here, draft, writer, address
):
    writer.post(address("homework-save", draft.uid), typed(draft, files=[photo()]))
    kept = HomeworkFile.objects.get().file
    seat = BookingFactory(
        session=SessionFactory(program=here.program),
        resident=here.resident,
        state=BookingState.MISSED,
    )
    other = HomeworkFactory(booking=seat)
    assert writer.get(address("homework-file", other.uid, kept.uid)).status_code == 404
    quarantine(kept, by=None)
    assert writer.get(address("homework-file", draft.uid, kept.uid)).status_code != 200


@pytest.mark.requirement(18)
def test_the_page_tells_each_reader_what_is_theirs_to_do(here, make, sign_in):
    submitted = make(submitted=True)
    page = sign_in(here.resident).get(submitted.get_absolute_url()).text
    assert ("Your answer" in page, "Your work" in page) == (False, False)
    page = sign_in(here.coach).get(submitted.get_absolute_url()).text
    assert ("Your answer" in page, "Your work" in page) == (True, False)
    page = sign_in(here.director).get(submitted.get_absolute_url()).text
    assert ("Your answer" in page, "Your work" in page) == (False, False)


def test_returned_work_reads_as_returned_to_you_by_its_writer_alone(here, make, sign_in):
    submitted = make(submitted=True)
    Homework.objects.update(state=HomeworkState.RETURNED)
    assert "Returned to you" in sign_in(here.resident).get(submitted.get_absolute_url()).text
    page = sign_in(here.coach).get(submitted.get_absolute_url()).text
    assert "Returned to you" not in page
    assert "Returned" in page


def test_days_on_the_page_are_those_of_the_programs_calendar(here, make, sign_in):
    evening = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
    page = sign_in(here.coach).get(make(submitted=True, submitted_at=evening).get_absolute_url())
    assert "<dt>Handed in</dt><dd>Nov 20</dd>" in page.text


def test_the_list_shows_ones_own_homework_open_first(world, here, draft, writer, address):
    seat = BookingFactory(
        session=SessionFactory(program=here.program, course__title="Going to see"),
        resident=here.resident,
        state=BookingState.MISSED,
    )
    done = HomeworkFactory(booking=seat, accepted=True)
    HomeworkFactory(booking__resident=here.other, booking__session__program=here.program)
    there = world.there
    HomeworkFactory(booking__resident=there.resident, booking__session__program=there.program)
    response = writer.get(address("homework-list"))
    assert [row["uid"] for row in response.context["open"]] == [str(draft.uid)]
    assert [row["uid"] for row in response.context["accepted"]] == [str(done.uid)]
    assert "due Thu Dec 10" in response.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_ten_queries_for_any_number(
    here, make, writer, address, django_assert_num_queries, rows
):
    make()
    for _ in range(rows - 1):
        seat = {"resident": here.resident, "state": BookingState.MISSED}
        HomeworkFactory(booking=BookingFactory(session__program=here.program, **seat))
    writer.get(address("homework-list"))
    with django_assert_num_queries(10):
        assert writer.get(address("homework-list")).status_code == 200
