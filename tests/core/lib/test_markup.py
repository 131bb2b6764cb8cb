"""Markup escapes by construction, and a board's cells say in words what they show."""

import pytest

from qipathway.core.lib import markup

HOSTILE = '"><script>alert(1)</script>'


def test_element_escapes_attributes_and_children_and_writes_underscores_as_hyphens():
    drawn = markup.element("a", "a < b", class_="x", aria_label='say "no"', href=None, hidden=True)
    assert drawn == '<a class="x" aria-label="say &quot;no&quot;" hidden>a &lt; b</a>'


def test_element_keeps_children_that_are_safe_already():
    assert markup.element("p", markup.element("b", "x")) == "<p><b>x</b></p>"


def test_element_without_children_closes_itself():
    assert markup.element("rect", width=3) == '<rect width="3"/>'


def test_attributes_are_escaped_even_when_the_value_is_called_safe():
    drawn = markup.element("a", "x", title=markup.SafeString(HOSTILE))
    assert "<script>" not in drawn


def test_join_escapes_what_is_not_safe_the_separator_included():
    assert markup.join(["<", markup.element("i", "x")], " & ") == "&lt; &amp; <i>x</i>"


@pytest.mark.parametrize("kind", sorted(markup.CELLS))
def test_every_kind_of_cell_is_a_link_with_its_whole_meaning_as_its_name(kind):
    drawn = markup.cell(kind, "/r/1/", "Priya Raman, Seven wastes: state", "Dec 3")
    assert drawn.startswith(f'<td role="cell" class="q-cells"><a class="q-cell is-{kind}"')
    assert 'href="/r/1/" aria-label="Priya Raman, Seven wastes: state"' in drawn
    assert '<span class="q-cell-text" aria-hidden="true">Dec 3</span></a></td>' in drawn
    assert " title=" not in drawn


def test_a_cell_without_an_address_is_a_picture_with_a_name():
    drawn = markup.cell("waived", "", "Waived")
    assert drawn.startswith('<td role="cell" class="q-cells"><span class="q-cell is-waived"')
    assert 'role="img" aria-label="Waived"' in drawn


def test_a_cell_of_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        markup.cell("splendid", "/", "x")


@pytest.mark.parametrize(
    "drawn",
    [
        markup.cell("booked", HOSTILE, HOSTILE, HOSTILE),
        markup.person_cell(HOSTILE, HOSTILE, HOSTILE, sub=HOSTILE, tint=HOSTILE),
        markup.stage_cell(markup.element("svg"), HOSTILE, HOSTILE, HOSTILE),
        markup.fresh_cell(HOSTILE, "ok", HOSTILE),
        markup.flags_cell([("risk", HOSTILE)]),
        markup.group_row(HOSTILE, 3),
        markup.row([HOSTILE], HOSTILE),
        markup.chip(HOSTILE, "ok"),
        markup.avatar(HOSTILE, HOSTILE, HOSTILE),
        markup.icon("check", 16, HOSTILE),
    ],
)
def test_no_piece_lets_free_text_become_markup(drawn):
    assert "<script>" not in drawn
    assert '""' not in drawn


def test_rows_and_heads_keep_their_table_roles():
    row = markup.row([markup.person_cell("Priya Raman", "/r/1/", "PR")], "7")
    assert row.startswith('<tr role="row" data-row id="row-7"><th scope="row" role="rowheader"')


def test_a_row_without_flags_has_an_empty_cell_that_takes_no_room_on_a_phone():
    assert markup.flags_cell([]) == '<td role="cell" class="q-flags is-bare"></td>'


def test_icons_are_hidden_unless_they_are_named():
    assert 'aria-hidden="true"' in markup.icon("check")
    named = markup.icon("bell", 18, "Notifications")
    assert 'role="img" aria-label="Notifications"' in named
    assert "aria-hidden" not in named


def test_a_chip_always_has_its_word_and_its_tones_icon_unless_told_otherwise():
    assert markup.chip("At risk", "risk").count("<svg") == 1
    assert markup.chip("At risk", "risk", "") == '<span class="q-chip is-risk">At risk</span>'


def test_a_chip_of_an_unknown_tone_is_refused():
    with pytest.raises(KeyError):
        markup.chip("x", "pink")
