import time

import pytest
from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.template import Context, Template
from django.utils.html import escape

from qipathway.core.lib.forms import (
    CONFIRM,
    CONFIRM_LABEL,
    NO_PATIENTS,
    NUL_REFUSED,
    HouseForm,
    HouseModelForm,
    looks_like_patient_data,
)

RECORD, SSN = "a record number", "a social security number"
BIRTH, PHONE = "a date of birth", "a telephone number"


class NoteForm(HouseForm):
    readers = {"note": "Renée and the program director can read this."}
    typed = {"pmid"}

    note = forms.CharField(widget=forms.Textarea, max_length=21, help_text="What did you see?")
    area = forms.CharField(required=False)
    pmid = forms.CharField(required=False)
    day = forms.DateField(required=False)
    tools = forms.MultipleChoiceField(required=False, choices=[("5s", "5S"), ("vsm", "Map")])


class ArrangedForm(NoteForm):
    def layout(self) -> Layout:
        return Layout("area", "note")


class PersonForm(HouseModelForm):
    class Meta:
        model = get_user_model()
        fields = ["given_name", "email"]


def posted(text="", form=NoteForm, **data):
    sent = QueryDict(mutable=True)
    sent["note"] = text
    for name, value in data.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return form(sent)


def drawn(form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def test_a_form_strips_what_surrounds_a_text_and_counts_a_line_break_once():
    form = posted("  " + "pull, not \r\npush, pull\r\n")
    assert form.errors == {}
    assert form.cleaned_data["note"] == "pull, not \npush, pull"
    assert posted("x" * 22).errors != {}


def test_text_that_differs_only_in_its_line_breaks_has_not_changed():
    sent = QueryDict(mutable=True)
    sent["note"] = "one\r\ntwo"
    assert NoteForm(sent, initial={"note": "one\ntwo"}).changed_data == []


@pytest.mark.parametrize("name", ["note", "area", "pmid"])
def test_nul_is_a_field_error_and_what_was_typed_is_kept_without_it(name):
    form = posted(
        **{"text": "fine", name: "be\x00fore"} if name != "note" else {"text": "be\x00fore"}
    )
    assert form.errors == {name: [NUL_REFUSED]}
    assert form[name].value() == "before"
    assert "\x00" not in drawn(form)


def test_nul_is_found_in_a_list_of_choices_and_in_plain_data():
    form = posted("fine", tools=["5s", "v\x00sm"])
    assert form.errors == {"tools": [NUL_REFUSED]}
    assert NoteForm({"note": "be\x00fore"}).errors == {"note": [NUL_REFUSED]}


def test_nul_in_something_that_is_no_field_changes_nothing():
    assert posted("fine", csrf="\x00").errors == {}


def test_nul_in_a_field_that_a_form_does_without_changes_nothing():
    class ShortForm(NoteForm):
        def __init__(self, *args):
            super().__init__(*args)
            del self.fields["area"]

    assert ShortForm({"note": "fine", "area": "a\x00b"}).errors == {}


def test_nul_never_reaches_the_database(db):
    form = PersonForm({"given_name": "Ama\x00ya", "email": "amaya@example.org"})
    assert form.errors == {"given_name": [NUL_REFUSED]}


def test_a_reader_is_told_beside_the_field_and_cannot_bring_markup():
    form = NoteForm(readers={"area": "<script>alert(1)</script> can read this."})
    page = drawn(form)
    assert escape("Renée and the program director can read this.") in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; can read this." in page
    assert "<script>" not in page


def test_a_reader_of_a_field_that_does_not_exist_is_a_mistake():
    with pytest.raises(KeyError):
        NoteForm(readers={"nott": "x"})


def test_long_texts_ask_for_no_patients_and_short_ones_do_not():
    form = NoteForm()
    assert form["note"].help_text == f"What did you see? {NO_PATIENTS}"
    assert form["area"].help_text == ""
    assert NoteForm()["note"].help_text == form["note"].help_text


def test_a_form_is_drawn_without_tag_and_token_and_with_its_errors_on_top():
    page = drawn(posted("", area="x"))
    assert "<form" not in page
    assert "csrfmiddlewaretoken" not in page
    assert " style=" not in page
    assert page.index("Not saved") < page.index("<textarea")
    assert 'href="#id_note"' in page


@pytest.mark.parametrize("year", [1, 1949, 2101, 9999])
def test_a_year_that_nobody_means_is_refused(year):
    form = posted("fine", day=f"{year:04}-07-01")
    assert form.errors == {
        "day": [f"Give a date between 1950 and 2100; this one is in the year {year}."]
    }
    assert posted("fine", day="2026-07-01").errors == {}
    assert posted("fine", day="2026-02-30").errors == {"day": ["Enter a valid date."]}


def test_suspicious_text_is_kept_and_asked_about():
    form = posted("MRN 00123456 waited")
    [said] = form.errors["note"]
    assert "looks like it holds a record number" in said
    page = drawn(form)
    assert "MRN 00123456 waited" in page
    assert CONFIRM_LABEL in page
    assert f'name="{CONFIRM}"' in page


def test_suspicious_text_is_saved_once_somebody_says_that_it_points_to_nobody():
    form = posted("Lot 00123456", **{CONFIRM: "on"})
    assert form.errors == {}
    assert form.cleaned_data == {
        "note": "Lot 00123456",
        "area": "",
        "pmid": "",
        "day": None,
        "tools": [],
    }


def test_the_tick_survives_another_error_on_the_page():
    form = posted("Lot 00123456", day="never", **{CONFIRM: "on"})
    assert list(form.errors) == ["day"]
    assert f'name="{CONFIRM}"' in drawn(form)
    assert " checked" in drawn(form)


def test_the_question_also_closes_a_form_with_its_own_arrangement():
    page = drawn(posted("Lot 00123456", form=ArrangedForm))
    assert page.index('name="area"') < page.index('name="note"') < page.index(f'name="{CONFIRM}"')
    assert CONFIRM not in drawn(posted("fine", form=ArrangedForm))
    assert CONFIRM not in drawn(ArrangedForm())


def test_a_form_without_suspicion_never_shows_the_question():
    for form in (NoteForm(), posted("fine"), posted("")):
        assert CONFIRM not in drawn(form)


def test_numbers_in_typed_fields_are_never_asked_about():
    assert posted("fine", pmid="28745671").errors == {}


def test_text_that_was_saved_before_is_not_asked_about_again():
    sent = {"note": "Lot 00123456"}
    assert NoteForm(sent, initial=sent).errors == {}


def test_the_question_knows_the_prefix_of_its_form():
    sent = {"a-note": "Lot 00123456"}
    assert list(NoteForm(sent, prefix="a").errors) == ["note"]
    assert NoteForm(sent | {f"a-{CONFIRM}": "on"}, prefix="a").errors == {}


def test_a_model_form_asks_as_well_and_saves_nothing_before_the_answer(db):
    form = PersonForm({"given_name": "206-555-0123", "email": "a.20655501@example.org"})
    assert list(form.errors) == ["given_name"]
    assert not form.is_valid()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MRN 00123456", [RECORD]),
        ("mrn:123", [RECORD]),
        ("MRN is E4411", [RECORD]),
        ("Record no. 4471 was late", [RECORD]),
        ("see chart number 12345", [RECORD]),
        ("bed 4, 1234567, waited", [RECORD]),
        ("1234567890", [RECORD]),
        ("https://emr.example/patient/1234567", [RECORD]),
        ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17", [RECORD]),
        ("123-45-6789", [SSN]),
        ("123\u201145\u20116789", [SSN]),
        ("078\u00a005\u00a01120", [SSN]),
        ("078 05 1120", [SSN]),
        ("DOB 3/4/56", [BIRTH]),
        ("dob: 1956", [BIRTH]),
        ("born in 1948", [BIRTH]),
        ("date of birth: March 4", [BIRTH]),
        ("03/14/1956", [BIRTH]),
        ("14.03.1956", [BIRTH]),
        ("1956-03-14", [BIRTH]),
        ("3/14/56", [BIRTH]),
        ("March 14, 1956", [BIRTH]),
        ("Mar 3rd 2004", [BIRTH]),
        ("(206) 555-0123", [PHONE]),
        ("206-555-0123", [PHONE]),
        ("206.555.0123", [PHONE]),
        ("+1 206 555 0123", [PHONE]),
        ("+41 44 668 18 00", [PHONE]),
        ("call 555-0123", [PHONE]),
        ("SSN 123-45-6789, DOB 1/2/1950, 206-555-0123", [SSN, BIRTH, PHONE]),
    ],
)
def test_looks_like_patient_data_finds(text, found):
    assert looks_like_patient_data(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Watched one discharge start to finish: 41 minutes of the 168 were waiting for meds.",
        "Lead time fell from 172 to 120 minutes; 120 130 1400 steps.",
        "Met on 11/23/2026, next on 2026-12-03 and December 10, 2026.",
        "PMID 28745671 and PMID: 3100042, PMC5501234, NCT01234567, IRB 20261234",
        "doi 10.1136/bmjqs-2015-004411 and 10.1001/jama.2019.12345678",
        "We verify name and date of birth at every hand-off.",
        "An idea born out of frustration.",
        "p = 0.0012345, cost 1234567.50 or 1,234,567 dollars",
        "R2101 and R2102 at 08:00-12:00, room 201, ratio 3/14/12, 24/7, 2017-2026",
        "Takt 480/60; ICD E11.9; page 555-012",
        "Record numbers are never typed here. The chart shows 12 points.",
        "version 10.2.3.4, 192.168.10.200",
        "Percent load 3.14.2026 and 12-10-2025",
    ],
)
def test_looks_like_patient_data_passes_over(text):
    assert looks_like_patient_data(text) == []


HOSTILE = [
    seed * (10_000 // len(seed))
    for seed in (
        *("1", "a", " ", "(", "+", "-", "/", ".", "\n", "é", "\u200b"),
        *("1-", "1 ", "12/", "123.", "+1 ", "(123", "123-45-", "19", "1956-", "12-12-"),
        *("mrn ", "mrn:", "record no ", "born ", "dob", "call ", "tel 1", "phone 12 "),
        *("PMID ", "10.1234/", "10.1234/a ", "march 1", "septembe", "dec. 12 ", "\ufdfa"),
    )
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:10]))
def test_ten_thousand_hostile_characters_take_less_than_50_ms(text):
    assert min(worked(text) for _ in range(3)) < 0.05


def worked(text: str) -> float:
    start = time.thread_time()
    looks_like_patient_data(text)
    return time.thread_time() - start
