"""Forms name every field they take, say who reads it, and keep to what they were given."""

from inspect import getmembers, isclass

import pytest
from django.forms import ModelForm

from curriculum import forms
from curriculum.forms import AcceptForm, BookForForm, HomeworkForm, MoveForm, ReturnForm
from curriculum.models import Homework

MODEL_FORMS = [
    form
    for _, form in getmembers(forms, isclass)
    if issubclass(form, ModelForm) and form.__module__ == forms.__name__
]


def test_every_model_form_names_its_fields_one_by_one():
    named = {form.__name__: form.Meta.fields for form in MODEL_FORMS}
    assert named == {
        "HomeworkForm": ["area", "body"],
        "MoveForm": ["day", "starts", "ends", "place"],
        "StandUpForm": ["day", "starts", "place"],
    }


@pytest.mark.parametrize(
    ("form", "field"), [(HomeworkForm, "body"), (AcceptForm, "comment"), (ReturnForm, "comment")]
)
def test_beside_what_others_read_stands_who_reads_it(form, field):
    shown = form().fields[field]
    assert shown.reader.endswith(
        "coach, the class's instructor and the program office can read this."
    )
    assert shown.help_text.endswith("No patient names or record numbers.")


def test_homework_carries_the_version_that_its_writer_reads():
    form = HomeworkForm(instance=Homework(version=7))
    assert form["version"].value() == 7
    assert form.fields["version"].widget.is_hidden


def test_saved_is_what_save_homework_asks_for():
    sent = {"area": "7 East", "body": "Fourteen steps.", "version": "3", "state": "accepted"}
    form = HomeworkForm(sent, {}, instance=Homework(version=3))
    assert form.is_valid()
    assert form.saved() == {"area": "7 East", "body": "Fourteen steps.", "version": 3, "files": []}
    assert form.instance.state == "draft"


@pytest.mark.parametrize(("ends", "is_valid"), [("17:00", True), ("13:00", False), ("", False)])
def test_a_move_ends_after_it_starts(ends, is_valid):
    sent = {"day": "2026-12-08", "starts": "13:00", "ends": ends, "place": "Buck 4 East"}
    form = MoveForm(sent)
    assert form.is_valid() is is_valid
    assert list(form.errors) == ([] if is_valid else ["ends"])


def test_only_residents_on_the_pathway_of_the_program_can_be_booked(world, here):
    here.other.memberships.update(state="withdrawn")
    assert world.there.resident.pk
    form = BookForForm(program=here.program, may_override=True)
    assert list(form.fields["resident"].queryset) == [here.resident]
    assert list(form.fields) == ["resident", "note"]
    assert list(BookForForm(program=here.program, may_override=False).fields) == ["resident"]
