"""Every pair of colours that carries text or a sign has the contrast that the design promises."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
PAIR = re.compile(r"--q-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TOKENS = {name: pair for name, *pair in PAIR.findall((CSS / "tokens.css").read_text())}

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "surface")),
    ("ink-2", "sunken"),
    ("ink-3", "sunken"),
    ("brand", "surface"),
    ("brand", "paper"),
    ("brand", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-2"),
    *((tone, f"{tone}-soft") for tone in ("ok", "warn", "risk", "info", "plum")),
    *((tone, "surface") for tone in ("ok", "warn", "risk", "info", "plum")),
    ("risk", "paper"),
    ("ink-2", "brand-soft"),
]
MARKS = [
    *((f"{tone}-line", "surface") for tone in ("ok", "warn", "risk", "info", "plum")),
    ("line-2", "surface"),
    ("line-2", "paper"),
    ("focus", "surface"),
    ("focus", "paper"),
    ("brand", "surface"),
]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_at_least_4_5_to_1(ink, ground, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_and_borders_of_controls_have_at_least_3_to_1(mark, ground, theme):
    assert contrast(TOKENS[mark][theme], TOKENS[ground][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["deep", "deep-2"])
@pytest.mark.parametrize("ink", ["#ffffff", "#dcf1e9", "#bfe5d6"])
def test_words_on_the_next_panel_have_at_least_4_5_to_1(ink, ground, theme):
    assert contrast(ink, TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_every_style_sheet_is_readable_layered_and_keeps_phones_off_paper(sheet):
    text = sheet.read_text()
    assert len(text.splitlines()) <= 500
    assert text.lstrip("/* \n")
    assert re.search(r"^@layer ", text, re.MULTILINE)
    assert re.findall(r"@media \((?:max|min)-width", text) == []


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_every_token_that_is_used_exists(sheet):
    known = {
        f"--q-{name}" for name in re.findall(r"--q-([\w-]+):", (CSS / "tokens.css").read_text())
    }
    assert set(re.findall(r"var\((--q-[\w-]+)\)", sheet.read_text())) <= known


def test_every_style_sheet_is_linked_by_a_layout_or_by_the_one_page_that_needs_it():
    templates = Path(settings.BASE_DIR) / "templates"
    heads = ("base.html", "layouts/plain.html", "styleguide/styleguide.html")
    linked = "".join((templates / head).read_text() for head in heads)
    assert [s.name for s in CSS.glob("*.css") if f"css/{s.name}" not in linked] == []
