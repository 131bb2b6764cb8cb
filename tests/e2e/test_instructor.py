"""Attendance, and the homework that it opens."""

import pytest
from playwright.sync_api import expect

from .browser import PHONE
from .people import FIRST_YEAR, INSTRUCTOR
from .pictures import photo

pytestmark = pytest.mark.e2e
CLASS = "Mistake proofing and the Patient Safety Alert system"
SEEN = "Two pumps with one face. A coloured key that fits only the right cassette would stop it."


@pytest.mark.requirement(13)
def test_attendance_opens_the_homework_of_those_who_were_there(visit, tmp_path):
    instructor = visit(INSTRUCTOR)
    instructor.follow(CLASS).headed(CLASS)
    absent = instructor.page.get_by_role("group", name="Åsa Lindqvist")
    absent.get_by_role("radio", name="Absent").check()
    instructor.press("Save attendance").told("Attendance saved: 4 changed.")
    row = instructor.page.get_by_role("listitem").filter(has_text="Mila Petrov")
    expect(row).to_contain_text("Homework: draft")
    row = instructor.page.get_by_role("listitem").filter(has_text="Åsa Lindqvist")
    expect(row).to_contain_text("Missed")

    resident = visit(FIRST_YEAR, width=PHONE)
    expect(resident.card("Homework")).to_contain_text(CLASS)
    resident.follow(CLASS).write("Where did you do it?", "Dialysis unit")
    resident.write("What did you see", SEEN)
    expect(resident.page.locator("[data-draft-status]")).to_contain_text("Draft saved")
    resident.write("What did you see", f"{SEEN} A photo of it follows.").looks_away()
    resident.page.get_by_label("Photos or documents").set_input_files(photo(tmp_path / "key.png"))
    resident.press("Hand in").told("Handed in.").sees("A photo of it follows.")
    expect(resident.page.get_by_role("link", name="key.png")).to_be_visible()
