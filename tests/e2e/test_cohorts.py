"""A cohort in the browser: a look at what a change does, the change, and the way back."""

import pytest
from playwright.sync_api import expect

from .browser import PHONE, WIDE
from .people import DIRECTOR

pytestmark = pytest.mark.e2e


@pytest.mark.requirement(4)
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_director_withdraws_a_member_after_a_look_and_takes_it_back(visit, width):
    director = visit(DIRECTOR, width=width).open("cohorts/")
    page = director.page
    director.go(page.get_by_role("link", name="Class of 2029", exact=True))
    director.headed("Four of four are on the pathway")
    page.get_by_label("Choose Noor Haddad").check()
    page.get_by_label("What is to be done").select_option(label="Withdraw from the pathway")
    director.press("See what changes").sees("What was done stays; reminders stop.")
    director.press("Withdraw from the pathway").told("One member was withdrawn")
    director.headed("Three of four are on the pathway; one has left")
    expect(director.card("Left or completed")).to_contain_text("Noor Haddad")
    director.go(page.locator("#toasts").get_by_role("button", name="Undo"))
    director.told("Everybody stands as before.").headed("Four of four are on the pathway")
    assert director.overflow() <= 0
