"""Forms look alike: errors first, help and readers under the field, choices as cards."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms


class Note(forms.Form):
    state = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("moving", "Moving"), ("stalled", "Stalled")]
    )
    words = forms.CharField(
        label="What did you learn?", help_text="No patient names <b>at all</b>."
    )
    own = forms.CharField(label="Own note", required=False)
    seen = forms.BooleanField(label="I have seen it")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].details = {"moving": "On plan"}
        self.fields["words"].reader = "Amaya can read this."
        self.fields["own"].reader = "Only coaches see this."
        self.fields["own"].private = True


@pytest.fixture
def blank():
    return render_crispy_form(Note())


@pytest.fixture
def wrong():
    return render_crispy_form(Note({"words": ""}))


def test_optional_fields_say_so_and_required_ones_say_nothing(blank):
    assert blank.count("(optional)") == 1
    assert "*" not in blank


def test_help_text_is_escaped_and_tied_to_its_control(blank):
    assert "No patient names &lt;b&gt;at all&lt;/b&gt;." in blank
    assert 'aria-describedby="id_words_helptext"' in blank
    assert 'id="id_words_helptext"' in blank


def test_who_can_read_a_note_is_said_with_it_and_a_private_one_has_a_lock(blank):
    assert "Amaya can read this." in blank
    assert 'aria-describedby="id_own_helptext"' in blank
    assert '<span class="q-reader is-private">' in blank


def test_radios_are_cards_with_one_line_each(blank):
    assert 'class="q-radio-cards"' in blank
    assert '<span class="q-choice">Moving</span><span class="q-choice-more">On plan</span>' in blank
    assert blank.count("q-choice-more") == 1


def test_a_form_without_errors_has_no_summary(blank):
    assert "q-errors" not in blank


def test_the_summary_links_to_each_field_that_needs_another_look(wrong):
    for name in ("id_state", "id_words", "id_seen"):
        assert f'<a href="#{name}">' in wrong
        assert f'id="{name}"' in wrong
    assert "what you wrote is still here" in wrong


def test_an_error_is_tied_to_its_control_before_its_help(wrong):
    assert 'aria-describedby="id_words_error id_words_helptext"' in wrong
    assert 'id="id_words_error"' in wrong
    assert 'aria-invalid="true"' in wrong


def test_every_id_is_unique(wrong):
    ids = [part.split('"', 1)[0] for part in wrong.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))
