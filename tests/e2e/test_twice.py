"""Impatient hands: a button pressed twice, the way back after a deed, a form in two tabs."""

import re

import pytest
from playwright.sync_api import expect

from .people import ASA, DIRECTOR, KPO_LEAD, SECOND_YEAR

pytestmark = pytest.mark.e2e
CLASS = "Set-up reduction and flow"
HOMEWORK = "Daily management and the stand-up"
PLACE = "Wall of the pharmacy"
FIRST = "Three of five stand-ups began on time. The fourth waited for the board to be found."
SECOND = "The board moved to the corridor: since then nobody has to look for it."
THIRD = "What the second tab still knew: the charge nurse reads the numbers first."
STORED = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
SIGN_IN = re.compile("Sign in")


def test_an_announcement_that_is_pressed_twice_is_made_once(visit):
    lead = visit(KPO_LEAD).open("stand-ups/")
    lead.write("Day", "2027-01-20").write("Starts", "11:00").write("Place", PLACE)
    with lead.page.expect_event("load"):
        lead.page.get_by_role("button", name="Announce").dblclick()
    lead.told("Announced.")
    expect(lead.card("Coming").get_by_role("listitem").filter(has_text=PLACE)).to_have_count(1)


def test_without_scripts_a_second_press_books_no_second_seat(visit):
    resident = visit(SECOND_YEAR, scripts=False).open("classes/")
    resident.follow(CLASS).page.get_by_role("button", name="Book my seat").dblclick()
    expect(resident.page.get_by_role("button", name="Give my seat back")).to_have_count(1)
    expect(resident.open("today/").card("Coming up").get_by_text(CLASS)).to_have_count(1)
    resident.follow(CLASS).press("Give my seat back").told("Your seat is free again")


def test_the_way_back_after_a_deed_sends_nothing_again_and_shows_what_is_true_now(visit):
    resident = visit(SECOND_YEAR).open("classes/")
    page = resident.follow(CLASS).press("Book my seat").told(f"Booked: {CLASS}.").page
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.go_back()
    expect(page.get_by_role("button", name="Give my seat back")).to_be_visible()
    expect(page.get_by_role("button", name="Book my seat")).to_have_count(0)
    page.reload()
    page.go_forward()
    expect(page.get_by_role("button", name="Give my seat back")).to_be_visible()
    assert set(sent) == {"GET"}
    resident.press("Give my seat back").told("Your seat is free again")


def test_after_signing_out_neither_the_way_back_nor_another_tab_shows_anything(visit):
    director = visit().sign_in(DIRECTOR)
    page = director.page
    other = director.tab()
    director.follow("Thi Mai Anh Nguyen").headed("Thi Mai Anh Nguyen")
    with page.expect_response(lambda answer: "sign-out" in answer.url) as leaving:
        director.sign_out()
    assert leaving.value.header_value("clear-site-data") == '"cache", "storage"'
    for _ in range(2):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text(SIGN_IN)
        expect(page.get_by_text("Thi Mai Anh Nguyen")).to_have_count(0)
    assert "Nguyen" not in page.evaluate(STORED)
    assert "sessionid" not in {cookie["name"] for cookie in director.context.cookies()}
    other.go(other.page.get_by_role("button", name="Snooze").first).headed("Sign in")


@pytest.mark.requirement(18)
def test_homework_in_two_tabs_is_refused_in_words_and_no_word_of_either_is_lost(visit):
    first = visit(ASA, refusals={409}).open("homework/").follow(HOMEWORK)
    second, third = first.tab(), first.tab()
    first.write("What did you see", FIRST).press("Save draft").told("Draft saved.")

    second.write("What did you see", SECOND).press("Save draft")
    second.sees("Saved on another device in the meantime.")
    expect(second.page.get_by_label("What did you see")).to_have_value(FIRST)
    expect(second.card("What you typed here")).to_contain_text(SECOND)
    second.write("What did you see", f"{FIRST} {SECOND}").press("Hand in").told("Handed in.")

    third.write("What did you see", THIRD).press("Hand in")
    third.sees("this homework was already handed in")
    expect(third.card("What you typed here")).to_contain_text(THIRD)
    expect(third.card("The work")).to_contain_text(SECOND)
