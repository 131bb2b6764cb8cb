"""In by a code that is sent, and out without leaving anything behind."""

import pytest
from playwright.sync_api import expect

from .people import LUZ

pytestmark = pytest.mark.e2e


def test_a_code_from_the_mail_signs_in_and_after_leaving_the_way_back_shows_nothing(visit):
    visitor = visit().sign_in_by_code(LUZ)
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Good afternoon, Luz")
    page.get_by_text("Account and settings").locator("..").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{visitor.url}/account/sign-in/")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_text("Good afternoon, Luz")).to_have_count(0)
    visitor.open("today/").headed("Sign in")


def test_a_stranger_is_told_no_more_than_somebody_who_belongs_here(visit):
    visitor = visit()
    visitor.page.goto("/account/sign-in/")
    visitor.write("E-mail", "nobody@example.org").press("Send me a code")
    visitor.headed("Enter your code").write("Code", "AAAA-BBBB").press("Sign in")
    visitor.headed("Enter your code").sees("That code did not work.")
    visitor.page.goto("/demo/outbox/")
    expect(visitor.page.get_by_text("nobody@example.org")).to_have_count(0)
