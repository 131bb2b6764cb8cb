"""The living style page leaves nothing out, and stands on this machine only."""

import inspect
import re

from django.conf import settings

from qipathway.core import charts
from qipathway.styleguide.controls import LOOKS, SIZES, forms_in_every_state, signs
from qipathway.styleguide.drawings import CHARTS
from qipathway.styleguide.samples import FOLDER, framed, samples, told
from qipathway.styleguide.tokens import colours, sizes, tokens

DRAWERS = {
    name
    for name in charts.__all__
    if not inspect.isclass(thing := getattr(charts, name))
    and "SafeString" in str(inspect.signature(thing).return_annotation)
}


def test_every_component_has_its_samples_and_every_sample_its_component():
    assert set(told()) == {path.stem for path in FOLDER.glob("*.html")}


def test_every_sample_draws_something():
    drawn = [(each.uid, each.drawn.strip()) for each in samples()]
    assert len(drawn) == len({uid for uid, _ in drawn})
    assert [uid for uid, text in drawn if "<" not in text] == []
    assert set(framed()) & {each.name for each in samples()} == set()


def test_every_look_and_size_of_a_button_and_every_kind_of_field_is_shown():
    used = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r"\bbtn-[a-z]+", path.read_text(encoding="utf-8"))
    }
    assert used <= {*LOOKS, *SIZES, "btn-check"}
    states = dict(forms_in_every_state())
    assert {"line", "radio", "several", "day"} <= set(states["refused"].errors)
    assert all(field.disabled for field in states["disabled"].fields.values())
    assert {name for name, _, drawn in signs() if drawn} == {"button", "chip", "avatar"}


def test_every_chart_that_the_kit_can_draw_has_a_state_here():
    assert set(CHARTS) == DRAWERS
    assert [n for n, states in CHARTS.items() for _, draw in states if "<svg" not in draw()] == []


def test_every_colour_of_the_style_sheet_is_shown_and_every_length():
    names = {name for name, _ in tokens()}
    shown = {token.name for token in (*colours(), *sizes())}
    assert names - shown == {"--q-shadow", "--q-shadow-high", "--q-font"}


def test_the_page_is_there_on_this_machine_and_nowhere_else(client, settings, db):
    page = client.get("/styleguide/")
    assert page.status_code == 200
    assert re.search(r"\sstyle=", page.content.decode()) is None
    settings.LOCAL = False
    assert client.get("/styleguide/").status_code == 404


def test_the_page_asks_the_database_for_nothing(client):
    assert settings.LOCAL
    assert client.get("/styleguide/").status_code == 200
