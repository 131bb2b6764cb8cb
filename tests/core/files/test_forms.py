import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from qipathway.core.files.forms import MultipleUploadField, UploadField


class OneForm(forms.Form):
    file = UploadField(required=False)


class SeveralForm(forms.Form):
    files = MultipleUploadField()


def several(*uploads) -> SeveralForm:
    return SeveralForm({}, MultiValueDict({"files": list(uploads)}))


def test_one_file_is_cleaned_to_itself_and_can_still_be_read(upload, pdf):
    form = OneForm({}, {"file": upload("a.pdf", pdf)})
    assert form.errors == {}
    assert form.cleaned_data["file"].read() == pdf


def test_no_file_is_fine_where_none_is_required():
    form = OneForm({}, {})
    assert form.errors == {}
    assert form.cleaned_data["file"] is None
    assert not form.has_changed()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "the file is empty. Check that it opens"),
        ("a.pdf", b"MZ", "it is not a PDF inside"),
        ("a.exe", b"MZ", "files ending in .exe are not taken"),
    ],
)
def test_a_refusal_stands_beside_the_field(upload, name, content, words):
    form = OneForm({}, {"file": upload(name, content)})
    [said] = form.errors["file"]
    assert said.startswith(f"“{name}” was not taken: ")
    assert words in said


def test_several_files_are_cleaned_to_a_list(upload, pdf, picture):
    form = several(upload("a.pdf", pdf), upload("b.jpg", picture()))
    assert form.errors == {}
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "b.jpg"]


@pytest.mark.parametrize("count", [6, 60])
def test_more_than_five_files_are_refused_without_opening_one(upload, count):
    form = several(*(upload(f"{n}.exe", b"MZ") for n in range(count)))
    assert form.errors == {"files": [f"You chose {count} files; send at most 5 at once."]}


def test_each_bad_file_of_several_is_named(upload, pdf):
    form = several(upload("a.pdf", pdf), upload("b.exe", b"MZ"), upload("c.pdf", b"MZ"))
    first, second = form.errors["files"]
    assert "“b.exe”" in first
    assert "“c.pdf”" in second


def test_a_required_list_of_files_may_not_be_empty():
    assert several().errors == {"files": ["This field is required."]}
    assert not several().has_changed()


def test_every_file_field_asks_for_no_patients_whatever_its_help_says():
    asked = "No patient names, faces or record numbers."
    for field in (UploadField(), MultipleUploadField(), MultipleUploadField(help_text="A photo.")):
        assert field.help_text.endswith(asked)
    assert MultipleUploadField(help_text="A photo.").help_text == f"A photo. {asked}"


def test_the_control_names_the_endings_and_takes_several(upload):
    drawn = str(SeveralForm()["files"])
    assert 'accept=".pdf,.docx,.pptx,.xlsx,.csv,.txt,.png,.jpg,.jpeg"' in drawn
    assert " multiple" in drawn
    assert " multiple" not in str(OneForm()["file"])
