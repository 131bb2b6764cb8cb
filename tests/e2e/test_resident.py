"""A resident's time for learning: what is next, a seat in a class, homework, the charter."""

import pytest
from playwright.sync_api import expect

from .browser import PHONE, WIDE
from .people import SECOND_YEAR
from .pictures import photo

pytestmark = pytest.mark.e2e
CLASS = "Set-up reduction and flow"
CLINIC = "Daily management and the stand-up"
SEEN = "The silent round brought four ideas that nobody had said aloud before."
WIDTH = """
async (link) => {
  const picture = Object.assign(new Image(), { src: link.href });
  await picture.decode();
  return picture.naturalWidth;
}
"""
"""Opened by itself, a picture makes the browser's own viewer break the policy of files."""

RECORD_NUMBER = "Seen with MRN 4471902 in the lounge."


@pytest.fixture(params=[WIDE, PHONE])
def resident(request, visit):
    return visit(SECOND_YEAR, width=request.param)


@pytest.mark.requirement(8)
def test_a_resident_books_a_class_on_a_protected_half_day_and_gives_the_seat_back(resident):
    page = resident.page
    expect(page).to_have_url(f"{resident.url}/p/cascade/today/")
    expect(page.locator(".q-next")).to_have_count(1)
    row = resident.open("classes/").card("On your protected half days").get_by_role("listitem")
    resident.go(row.filter(has_text="Tue 13:00").get_by_role("button", name=f"Book {CLASS}"))
    resident.told(f"Booked: {CLASS}.")
    expect(resident.open("today/").card("Coming up")).to_contain_text(CLASS)
    resident.follow(CLASS).press("Give my seat back").told("Your seat is free again")
    expect(resident.open("today/").card("Coming up")).not_to_contain_text(CLASS)


@pytest.mark.requirement(8)
def test_a_resident_is_told_in_words_why_a_class_is_not_for_them(resident):
    page = resident.open("classes/").page
    page.get_by_text("more sessions that you cannot book, and why").click()
    row = page.get_by_role("listitem").filter(has_text="Fri 13:00")
    expect(row).to_contain_text("Not for you: Friday afternoon is your continuity clinic.")
    resident.go(row.get_by_role("link", name=CLINIC)).press("Book my seat").told(
        "Friday afternoon is your continuity clinic."
    )
    expect(resident.open("today/").card("Coming up")).not_to_contain_text(CLINIC)


@pytest.mark.requirement(18)
def test_homework_keeps_every_word_until_it_is_handed_in_with_a_photo(visit, tmp_path):
    resident = visit(SECOND_YEAR, refusals={422})
    page = resident.open("homework/").follow("Leading change and facilitating teams").page
    words = page.get_by_label("What did you see")
    words.fill(SEEN)
    page.get_by_label("Where did you do it?").focus()
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")
    page.reload()
    expect(words).to_have_value(SEEN)

    words.fill(f"{SEEN}\n{RECORD_NUMBER}")
    resident.press("Hand in").sees("This looks like it holds a record number.")
    expect(words).to_have_value(f"{SEEN}\n{RECORD_NUMBER}")

    words.fill(f"{SEEN} The list stays on the wall.")
    page.get_by_label("Photos or documents").set_input_files(photo(tmp_path / "wall.png"))
    resident.press("Hand in").told("Handed in.").sees("The list stays on the wall.")
    assert page.get_by_role("link", name="wall.png").evaluate(WIDTH) == 640


@pytest.mark.requirement(30)
def test_the_charter_says_what_its_gate_still_needs_as_it_is_written(visit):
    resident = visit(SECOND_YEAR)
    page = resident.open("capstone/").page
    resident.sees("The charter needs five more things.").follow("Write the charter")
    resident.write("It starts when", "The discharge order is signed")
    resident.write("It ends when", "The bed is clean again")
    page.get_by_label("Process owner").select_option(label="Roisin Keogh, chief nursing officer")
    resident.write("Why it matters", "Patients ready at ten go home after lunch.")
    resident.press("Save the charter").told("Saved.")
    gate = resident.card("What it needs to go on")
    expect(gate).to_contain_text("5 of 7")
    expect(gate.get_by_role("listitem").filter(has_text="To do:")).to_contain_text(
        ["Answer the six questions of the self-screen", "Ingrid Solheim signs the charter"]
    )
