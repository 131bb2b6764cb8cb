"""The director's Monday morning."""

import re

import pytest
from playwright.sync_api import expect

from .browser import PHONE, WIDE, keep_picture
from .people import DIRECTOR

pytestmark = pytest.mark.e2e
NEED = re.compile(r"^\w+ of 12 residents need a decision from you\.")
HELP = "Renée Delacroix asks you to step in."


@pytest.fixture(params=[WIDE, PHONE])
def director(request, visit):
    return visit(DIRECTOR, width=request.param)


def test_a_director_signs_in_and_reads_who_needs_a_decision_and_why(director):
    page = director.page
    expect(page).to_have_url(f"{director.url}/p/cascade/board/")
    director.headed("Cohort board").sees(NEED)
    expect(page.get_by_role("heading", name="Needs a decision")).to_be_visible()
    cards = page.locator(".q-attention-card")
    expect(cards).to_have_count(3)
    expect(cards.first).to_contain_text("Fionn O'Malley")
    expect(cards.first).to_contain_text(HELP)
    expect(page.locator("#matrix tbody tr")).to_have_count(12)
    if page.viewport_size["width"] == WIDE:
        keep_picture(page, "board")


def test_a_director_puts_a_decision_off_and_takes_that_back(director):
    page = director.page
    card = page.locator(".q-attention-card").filter(has_text=HELP)
    card.get_by_role("button", name="Snooze").click()
    director.told("Snoozed Fionn O'Malley until Jan 11.")
    expect(page.get_by_text(HELP)).to_have_count(0)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    director.told("Fionn O'Malley is back among the decisions.")
    expect(page.locator(".q-attention-card").first).to_contain_text(HELP)


def test_a_director_shows_one_class_year_in_an_address_that_can_be_kept(director):
    page = director.page
    page.get_by_role("navigation", name="Class year").get_by_role("link", name="First").click()
    expect(page.locator("#matrix tbody tr")).to_have_count(4)
    expect(page.locator("#matrix")).to_contain_text("Mila Petrov")
    expect(page.locator("#matrix")).not_to_contain_text("Yusuf")
    page.reload()
    expect(page.locator("#matrix tbody tr")).to_have_count(4)


def test_a_director_opens_a_record_and_reads_what_happened(director):
    director.follow("Fionn O'Malley").headed("Fionn O'Malley")
    story = director.card("What happened").get_by_role("listitem")
    told = "Fionn O'Malley handed in the homework of Kaizen-event leadership and measurement."
    expect(story.filter(has_text=told)).to_contain_text("Dec 22, 2026")
    expect(director.card("Classes")).to_contain_text("Seven wastesattended, homework accepted")
