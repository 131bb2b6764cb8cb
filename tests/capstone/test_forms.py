"""What residents fill in: nothing is asked for before it can be saved, and typing is kept."""

from datetime import date

import pytest

from capstone.forms import CharterForm, IdeaForm, ProcessForm, ScreenForm
from capstone.models import Charter
from capstone.screening import NAMES
from capstone.services import CHARTER_FIELDS
from tests.factories.capstone import IMPROVEMENT
from tests.factories.residents import LeaderFactory

TODAY = date(2026, 11, 23)
YES_NO = {name: "yes" if answer else "no" for name, answer in IMPROVEMENT.items()}


def test_an_empty_charter_can_be_saved(project):
    form = CharterForm({"version": "1"}, project=project)
    assert form.is_valid()
    assert form.written["fields"] == dict.fromkeys(CHARTER_FIELDS, "") | {"process_owner": None}


def test_what_the_gate_asks_for_is_not_called_optional(project):
    required = {name: field.required for name, field in CharterForm(project=project).fields.items()}
    assert required == {
        "area": True,
        "process": True,
        "first_step": True,
        "last_step": True,
        "process_owner": True,
        "why_it_matters": True,
        "aim": False,
        "measure": False,
        "version": True,
    }


def test_a_browser_is_never_told_to_insist(project):
    assert " required" not in CharterForm(project=project).as_p()


@pytest.mark.parametrize("version", ["", "x", None])
def test_without_the_version_that_was_read_nothing_is_saved(project, version):
    data = {} if version is None else {"version": version}
    form = CharterForm(data, project=project)
    assert not form.is_valid()
    assert list(form.errors) == ["version"]


def test_only_leaders_of_the_program_can_own_the_process(project, owner, world):
    stranger = LeaderFactory(program=world.there.program)
    assert CharterForm({"version": "1", "process_owner": owner.pk}, project=project).is_valid()
    form = CharterForm({"version": "1", "process_owner": stranger.pk}, project=project)
    assert list(form.errors) == ["process_owner"]


def test_those_who_own_processes_are_offered_first(project):
    other = LeaderFactory(
        program=project.program, owns_processes=False, person__family_name="Abbot"
    )
    manager = LeaderFactory(program=project.program, person__family_name="Zimmer")
    offered = [choice[1] for choice in CharterForm(project=project).fields["process_owner"].choices]
    assert offered == ["Choose one person", str(manager), str(other)]


@pytest.mark.parametrize("name", ["why_it_matters", "aim", "first_step"])
def test_words_that_look_like_a_patient_are_asked_about_before_they_are_saved(project, name):
    text = "The patient with MRN 12345678 waited."
    form = CharterForm({"version": "1", name: text}, project=project)
    assert not form.is_valid()
    assert "a record number" in form.errors[name][0]
    confirmed = CharterForm({"version": "1", name: text, "no_patient": "on"}, project=project)
    assert confirmed.is_valid()


def test_a_draft_keeps_what_is_fit_to_be_kept_and_nothing_that_looks_like_a_patient(project, owner):
    data = {"version": "1", "aim": "Faster", "why_it_matters": "MRN 12345678"}
    form = CharterForm(data | {"process_owner": owner.pk}, project=project)
    form.full_clean()
    assert form.kept["aim"] == "Faster"
    assert form.kept["process_owner"] == owner.pk
    assert "why_it_matters" not in form.kept


def test_the_long_texts_say_who_reads_them_and_ask_for_no_patients(project):
    form = CharterForm(project=project)
    form.read_by("Ingrid can read this.")
    for name in ("why_it_matters", "aim"):
        assert form.fields[name].reader == "Ingrid can read this."
        assert "No patient names" in form.fields[name].help_text


def test_every_field_of_the_charter_gives_an_example(project):
    fields = CharterForm(project=project).fields
    without = [n for n in CHARTER_FIELDS if "or example" not in fields[n].help_text]
    assert without == ["process_owner"]


def test_the_differences_name_what_was_saved_elsewhere(project):
    saved = Charter.objects.get()
    saved.area, saved.aim = "8 West", ""
    form = CharterForm({"version": "1", "area": "7 East", "aim": "Faster"}, project=project)
    form.is_valid()
    found = {(d.label, d.saved, d.anchor) for d in form.differences(saved)}
    assert found == {
        ("Area", "8 West", "div_id_area"),
        ("Process", "Discharge order to departure", "div_id_process"),
        ("Aim", "Empty", "div_id_aim"),
    }


def screen_form(project, **data):
    return ScreenForm(data, screen=project.screen, today=TODAY)


def test_the_screen_can_be_saved_with_any_number_of_answers(project):
    form = screen_form(project, experimental="no", improves_locally="yes")
    assert form.is_valid()
    given = {"experimental": False, "improves_locally": True}
    assert form.answers == dict.fromkeys(NAMES) | given


def test_the_screen_reads_yes_and_no(project):
    form = screen_form(project, **YES_NO)
    assert form.is_valid()
    assert form.answers == IMPROVEMENT


def test_anything_but_yes_and_no_is_refused(project):
    assert list(screen_form(project, funded="perhaps").errors) == ["funded"]


def test_the_irb_is_asked_about_only_where_the_answers_ask_for_it(project):
    assert not screen_form(project).asks_irb
    ignored = screen_form(project, **YES_NO, irb_outcome="exempt", irb_decided_on="2026-11-20")
    assert ignored.is_valid()
    assert ignored.irb == {"irb_outcome": "", "irb_decided_on": None}


@pytest.mark.parametrize(
    ("irb", "wrong"),
    [
        ({"irb_outcome": "exempt", "irb_decided_on": "2026-11-23"}, []),
        ({"irb_outcome": "exempt", "irb_decided_on": ""}, ["irb_decided_on"]),
        ({"irb_outcome": "", "irb_decided_on": "2026-11-20"}, ["irb_outcome"]),
        ({"irb_outcome": "exempt", "irb_decided_on": "2026-11-24"}, ["irb_decided_on"]),
        ({"irb_outcome": "nonsense", "irb_decided_on": "2026-11-20"}, ["irb_outcome"]),
    ],
)
def test_what_the_irb_decided_needs_its_day_and_no_day_to_come(project, irb, wrong):
    for name, answer in (IMPROVEMENT | {"funded": True}).items():
        setattr(project.screen, name, answer)
    form = screen_form(project, **YES_NO, **irb)
    assert form.asks_irb
    assert sorted(set(form.errors) & set(irb)) == wrong


def test_an_idea_may_stay_empty_and_a_process_may_not():
    assert IdeaForm({}).is_valid()
    assert sorted(ProcessForm({"area": " "}).errors) == ["area", "process"]
