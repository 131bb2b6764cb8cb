"""Components: named inputs, safe words, and a frame that stands without a viewer."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
PERSON = SimpleNamespace(name="Amaya <Ortiz>", initials="AO", tint="b")


def draw(name, **inputs):
    return render_to_string(f"components/{name}.html", inputs)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_the_first_line_of_a_component_names_its_inputs(path):
    assert re.match(r"\{# .+ Inputs: .+ #\}", path.read_text().splitlines()[0])


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_stands_without_its_inputs(path):
    if path.stem in {"reader_note", "error_page", "card"}:
        pytest.skip("says nothing without what it is about")
    draw(path.stem)


def test_the_next_panel_is_a_link_for_get_and_a_form_for_post():
    link = draw("next_panel", title="Write", url="/x/", button="Start")
    assert '<a class="btn btn-lg" href="/x/">Start' in link
    assert "<form" not in link
    form = draw(
        "next_panel", title="Write", url="/x/", button="Start", method="post", csrf_token="t0k"
    )
    assert '<form method="post" action="/x/"' in form
    assert 'value="t0k"' in form


def test_not_now_is_a_post_because_a_link_never_writes():
    drawn = draw("next_panel", title="Write", not_now_url="/later/", csrf_token="t0k")
    assert '<form method="post" action="/later/"' in drawn


def test_the_attention_card_says_whom_its_buttons_are_for():
    drawn = draw(
        "attention_card",
        person=PERSON,
        url="/r/1/",
        why="Charter has waited 31 days for a sponsor.",
        status="Slipping",
        tone="warn",
        evidence=[{"icon": "users", "text": "Two directors are open to sponsor"}],
        action_url="/s/",
        action_label="Suggest sponsors",
        snooze_url="/z/",
        csrf_token="t0k",
    )
    assert 'Suggest sponsors<span class="visually-hidden"> for Amaya &lt;Ortiz&gt;</span>' in drawn
    assert '<form method="post" action="/z/"' in drawn


def test_filters_keep_a_button_for_pages_without_scripts():
    select = {"name": "coach", "label": "Coach", "value": "2", "options": [("1", "A"), ("2", "B")]}
    drawn = draw("filter_bar", selects=[select], action="/p/imr/", hidden=[("year", "1")])
    assert '<form class="q-filter-selects" method="get" action="/p/imr/"' in drawn
    assert '<input type="hidden" name="year" value="1">' in drawn
    assert '<option value="2" selected>B</option>' in drawn
    assert '<button class="btn btn-sm btn-secondary" type="submit">Show</button>' in drawn


def test_the_stepper_says_in_words_what_is_done_and_marks_the_current_step():
    steps = [
        {"name": "Idea", "state": "done"},
        {"name": "Charter", "state": "now"},
        {"name": "Close"},
    ]
    drawn = draw("stepper", steps=steps)
    assert drawn.count('aria-current="step"') == 1
    assert drawn.count("(done)") == 1
    assert '<li class="is-todo">' in drawn


def test_a_date_tile_is_a_date_for_machines_too():
    assert draw("date_tile", date=date(2026, 12, 3)).strip() == (
        '<time class="q-date" datetime="2026-12-03"><span>Dec</span> <b>3</b></time>'
    )


def test_the_navigation_keeps_tabs_at_the_bottom_and_the_rest_behind_more():
    items = [
        {"label": "Board", "url": "/b/", "icon": "house", "current": True, "count": 3, "tab": True},
        {
            "label": "Reports",
            "url": "/r/",
            "icon": "inbox",
            "current": False,
            "count": 0,
            "tab": False,
        },
    ]
    drawn = draw("tabs", navigation=[{"title": "", "items": items}], viewer=PERSON)
    bar, sheet = drawn.split('class="q-sheet"')
    assert 'href="/b/" aria-current="page"' in bar
    assert "/r/" not in bar
    assert "/b/" not in sheet
    assert 'href="/r/"' in sheet


def test_a_toast_offers_undo_only_where_there_is_something_to_undo():
    assert "Undo" not in draw("toast", text="Saved.")
    assert 'action="/undo/"' in draw("toast", text="Snoozed.", undo_url="/undo/", csrf_token="t0k")


def test_the_signed_in_frame_stands_without_navigation_and_viewer():
    drawn = render_to_string("layouts/app.html", {})
    assert drawn.count('role="status"') == 1
    assert drawn.count('role="alert"') == 1
    assert '<a class="q-skip" href="#main">' in drawn
    assert "q-tabs" not in drawn.split("<body", 1)[1].split(">", 1)[1]


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_no_request_and_say_what_is_kept_or_what_to_do(code):
    drawn = render_to_string(f"{code}.html")
    assert "Go to my home page" in drawn
    assert "hx-headers" not in drawn


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.glob("account/*.html")), ids=lambda path: path.name
)
def test_every_form_of_the_sign_in_pages_is_posted_with_its_token(path):
    text = path.read_text()
    assert text.count("<form") == text.count("{% csrf_token %}")
