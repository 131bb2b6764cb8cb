"""The whole board without a mouse."""

import pytest
from playwright.sync_api import expect

from .people import DIRECTOR

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(visit):
    return visit(DIRECTOR).page


def test_the_first_tab_leads_past_the_navigation(page):
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_slash_leads_to_search_and_finds(page):
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("lindq")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Åsa Lindqvist")).to_be_visible()


def test_j_and_k_walk_the_rows_and_g_leads_to_a_page(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Åsa Lindqvist").first).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Fionn O'Malley").first).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Schedule")


def test_the_help_opens_and_turns_all_shortcuts_off(page):
    page.keyboard.press("?")
    page.get_by_role("switch", name="Shortcuts are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
