"""From the command line of a new site to the first reminder in somebody's mailbox."""

import re

import pytest
from playwright.sync_api import expect

from .people import OPERATOR
from .test_mail import letters, wait_for_letters

pytestmark = pytest.mark.e2e

LEILA = "leila.karimi@example.org"
PLACE = "North tower visibility wall"
FILES = {
    "people.csv": (
        "Name,E-mail,Roles,Areas of interest,Physician,Capacity\n"
        "Ottilie Brandt,ottilie.brandt@example.org,KPO coach,,non-physician,12\n"
    ),
    "roster.csv": (
        "Staff ID,Last name,First name,E-mail,Track,Program start,Matched here,Career interest,"
        "Specialty,Areas of interest\n"
        "N1,Sato,Haruki,haruki.sato@example.org,categorical,2026-07-01,yes,hospitalist,,\n"
        "N2,Mbeki,Thandi,thandi.mbeki@example.org,preliminary,2026-07-01,yes,hospitalist,,\n"
    ),
    "block_schedule.csv": (
        "Staff name,Staff unique ID,Assignment,Start date,End date\n"
        '"Sato, Haruki",N1,Systems-Based Practice,12/21/2026,01/17/2027\n'
    ),
}


@pytest.fixture
def bring_in(tmp_path):
    def send(director, name):
        path = tmp_path / name
        path.write_text(FILES[name], encoding="utf-8")
        director.page.goto("/p/north/imports/")
        director.page.locator("input[type=file]").set_input_files(path)
        director.press("Look at it first")
        director.go(director.page.get_by_role("button", name=re.compile("^Bring in")))
        director.sees("Brought in.")

    return send


def step_is_done(director, title):
    director.page.goto("/p/north/first-hour/")
    row = director.page.get_by_role("listitem").filter(has_text=title)
    expect(row.get_by_text("Done", exact=True)).to_be_visible()


def link_for(visitor, address):
    """Read the newest invitation of an address in the outbox, as its owner would."""
    wait_for_letters(visitor, "You are invited to direct North")
    letters(visitor, "You are invited to direct North").get_by_role("link").click()
    text = visitor.card("Letter").inner_text()
    assert address in visitor.page.get_by_role("main").inner_text()
    return re.search(r"/invitation/[\w-]+/", text)[0]


def test_a_new_operator_s_first_hour_ends_with_the_first_reminder(visit, bring_in):
    operator = visit().sign_in_by_code(OPERATOR).headed("Programs")
    operator.write("Name", "North Hospital").write("Short name in addresses", "north")
    operator.press("Make the program").headed("North Hospital")
    operator.write("Given name", "Leila").write("Family name", "Karimi")
    operator.write("E-mail at the hospital", LEILA).press("Invite").told("Leila Karimi is invited.")

    director = visit()
    director.page.goto(link_for(visit(), LEILA))
    director.headed("Direct North Hospital").press("Accept")
    director.sign_in_by_code(LEILA).headed("Cohort board")
    director.follow("Go on with the first hour").headed("The first hour")

    director.follow("Settings").press("Save the settings").told("Saved.")
    step_is_done(director, "Look the settings over")
    for name in FILES:
        bring_in(director, name)

    director.page.goto("/p/north/first-hour/")
    director.follow("Open a cohort").write("Name", "2026 intake").press("Open the cohort")
    director.sees("Cannot join").page.get_by_label("Haruki Sato").check()
    director.press("Enrol").told("1 resident has a place in 2026 intake.")
    step_is_done(director, "Enrol the first members")

    director.page.goto("/p/north/stand-ups/")
    director.write("Day", "2026-12-29").write("Starts", "07:15").write("Place", PLACE)
    director.press("Announce").told("Announced.")
    step_is_done(director, "Fill the calendar")
    director.page.goto("/p/north/mail/")
    director.press("Send me a test mail").told("A test mail is on its way")

    wait_for_letters(visit(), PLACE)
    step_is_done(director, "Wait for a reminder")
    expect(director.page.get_by_role("link", name="First hour")).to_have_count(0)
