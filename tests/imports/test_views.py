"""The pages: who may see them, what a refused file says, and one file from choice to result."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qipathway.core.sheets import read_sheet
from qipathway.imports.models import Import, Upload
from tests.factories.imports import ImportFactory, UploadFactory
from tests.imports.conftest import sample
from tests.imports.test_bad_files import ANN, PEOPLE, ROSTER
from tests.imports.test_services import OPEN_DAYS
from tests.project.test_urls import digest


def url(name, here, *args):
    return reverse(f"imports:{name}", args=[here.program.slug, *args])


@pytest.fixture
def director(client, here):
    client.force_login(here.director)
    return client


def choose(client, here, content, name="file.csv"):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, content)
    return client.post(url("file-upload", here), {"file": file})


def test_a_file_goes_from_choice_over_preview_to_result(director, here):
    page = director.get(choose(director, here, sample("roster"), "roster.csv").url)
    assert "Bring in 13 changes" in page.content.decode()
    assert not Import.objects.exists()
    seen = page.context["page"].plan.digest
    uid = Upload.objects.get().uid
    result = director.post(url("file-import", here, uid), {"seen": seen})
    assert result.url == url("import", here, uid)
    shown = director.get(result.url).content.decode()
    assert "13 changes in 13 lines" in shown
    assert "Next: People and roles" in shown
    again = director.post(url("file-import", here, uid), {"seen": seen})
    assert again.url == result.url
    assert director.get(url("upload", here, uid)).url == result.url
    twice = director.get(choose(director, here, sample("roster")).url).content.decode()
    assert "0 changes: everything in this file is here already." in twice
    assert "Bring in" not in twice


def test_a_file_without_a_table_is_refused_beside_its_field(director, here):
    before = digest()
    answer = choose(director, here, b"%PDF-1.7", "roster.pdf")
    assert answer.status_code == 422
    assert "This is a PDF, not a table." in answer.content.decode()
    assert director.post(url("file-upload", here)).status_code == 422
    assert choose(director, here, b"").status_code == 422
    assert digest() == before


def test_a_file_that_comes_too_early_says_what_comes_first(director, here):
    early = choose(director, here, sample("completions")).url
    shown = director.get(early).content.decode()
    assert "This file comes after: Roster and Class catalogue. Bring in what comes before" in shown
    for kind in ("roster", "classes"):
        page = director.get(choose(director, here, sample(kind)).url)
        uid = page.context["upload"].uid
        director.post(url("file-import", here, uid), {"seen": page.context["page"].plan.digest})
    assert "Bring in 60 changes" in director.get(early).content.decode()


def test_errors_are_shown_and_handed_back_in_a_column_of_the_file(director, here):
    bad = ROSTER + ANN.replace("yes", "maybe") + ANN.replace("R1", "R2").replace("ann@", "=b@")
    preview = choose(director, here, bad).url
    page = director.get(preview).content.decode()
    assert "Line 2, Matched here" in page
    assert "“maybe” is neither yes nor no" in page
    assert "Bring in" not in page
    [uid] = Upload.objects.values_list("uid", flat=True)
    marked = director.get(url("marked-file", here, uid))
    sheet = read_sheet(marked.content)
    assert sheet.header[-1] == "Errors"
    assert sheet.lines[0].cells[-1] == "Matched here: “maybe” is neither yes nor no"
    assert b",'=b@example.org" in marked.content


def test_an_open_question_is_answered_on_the_page(director, here):
    preview = choose(director, here, OPEN_DAYS).url
    page = director.get(preview)
    assert "Is 03/04/2026 March 4 or April 3?" in page.content.decode()
    [uid] = Upload.objects.values_list("uid", flat=True)
    answer = {"kind": "roster", "answer-0": "month_first"}
    assert director.post(url("question-answer", here, uid), answer).url == preview
    assert "Bring in 1 change" in director.get(preview).content.decode()
    odd = director.post(url("question-answer", here, uid), {"answer-0": "backwards"})
    assert odd.status_code == 422


def test_what_was_not_looked_at_does_not_happen(director, here):
    choose(director, here, sample("roster"))
    [uid] = Upload.objects.values_list("uid", flat=True)
    before = digest()
    for seen in ({}, {"seen": "0" * 64}):
        answer = director.post(url("file-import", here, uid), seen)
        assert answer.url == url("upload", here, uid)
    assert digest() == before


def test_a_file_that_waits_is_its_sender_s_alone(client, here, world):
    waiting = UploadFactory(program=here.program, by=here.director)
    far = UploadFactory(program=world.there.program, by=here.director)
    client.force_login(here.coordinator)
    for name in ("upload", "marked-file"):
        assert client.get(url(name, here, waiting.uid)).status_code == 404
    for name in ("file-import", "question-answer"):
        assert client.post(url(name, here, waiting.uid)).status_code == 404
    client.force_login(here.director)
    assert client.get(url("upload", here, far.uid)).status_code == 404


def test_a_kpo_lead_brings_in_classes_and_never_people(client, here):
    client.force_login(here.kpo_lead)
    offered = client.get(url("imports", here)).context["shelves"]
    assert [each.kind.name for each in offered] == ["classes", "sessions", "completions"]
    waiting = UploadFactory(program=here.program, by=here.kpo_lead, kind="people")
    before = digest()
    assert client.post(url("file-import", here, waiting.uid)).status_code == 403
    assert digest() == before
    page = client.get(choose(client, here, sample("classes")).url)
    assert "Bring in 11 changes" in page.content.decode()


@pytest.mark.parametrize("role", ["chief", "coach", "instructor", "sponsor"])
def test_nobody_else_sees_imports(client, here, role):
    client.force_login(getattr(here, role))
    before = digest()
    assert client.get(url("imports", here)).status_code == 403
    assert choose(client, here, PEOPLE).status_code == 403
    assert digest() == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_files_as_for_one(
    director, here, django_assert_num_queries, count
):
    for kind in ("people", "roster", "blocks")[:count]:
        ImportFactory(program=here.program, by=here.director, kind=kind)
    director.get(url("imports", here))
    with django_assert_num_queries(7):
        director.get(url("imports", here))
