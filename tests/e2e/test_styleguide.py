"""The living style page in a browser: nothing is left undrawn, too wide, or without contrast."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from qipathway.styleguide.samples import framed

from .browser import HEIGHTS, PHONE, WIDE, keep_picture
from .test_accessibility import PAINTED, SETTLED, faults_of

pytestmark = pytest.mark.e2e

WCAG = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
}
"""Without best practice: a page of samples has many headings of the first order."""

EMPTY = """
() => [...document.querySelectorAll("[data-sample]")]
  .filter((each) => {
    const box = each.getBoundingClientRect();
    return !box.width || !box.height;
  })
  .map((each) => each.dataset.sample)
"""
HIDDEN_HERE = {WIDE: {".q-tabs"}, PHONE: {".q-rail", ".q-me", ".q-nav", ".q-search"}}
NEVER_AT_FIRST = {"#shortcuts", "#toasts"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_every_sample_is_drawn_and_fits_in_both_themes(visit, width, scheme):
    visitor = visit()
    page = visitor.page
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme=scheme)
    page.goto("/styleguide/")
    page.wait_for_function(SETTLED, arg=scheme)
    page.evaluate(PAINTED)
    keep_picture(page, f"styleguide-{width}-{scheme}")
    assert page.evaluate(EMPTY) == []
    assert visitor.overflow() == 0
    missing = {
        way
        for way in set(framed().values()) - HIDDEN_HERE[width] - NEVER_AT_FIRST
        if not page.locator(way).locator("visible=true").count()
    }
    assert missing == set()
    page.evaluate(Axe().axe_script)
    assert faults_of(page, f"{width} {scheme}", WCAG) == []
