"""Selection from the office to an applicant's phone: invited, written, put off, handed in."""

import pytest
from playwright.sync_api import expect

from .browser import PHONE, WIDE, keep_picture
from .test_mail import wait_for_letters

pytestmark = pytest.mark.e2e

LAKESIDE = "lakeside"
DIRECTOR = f"greta@{LAKESIDE}.example.org"
AROHA = f"newcomer0@{LAKESIDE}.example.org"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WAITS = "On nights beds stood empty and clean while people waited below."


@pytest.fixture(scope="module")
def newcomers(chromium, demo):
    """Have a program whose residents nobody has invited yet."""
    demo.make("make_newcomers", LAKESIDE)


@pytest.mark.requirement(56)
def test_everybody_eligible_is_invited_and_one_applies_on_a_phone(newcomers, visit, tmp_path):
    director = visit(width=WIDE).sign_in(DIRECTOR)
    director.page.goto(f"/p/{LAKESIDE}/selection/")
    director.write("Name of the new intake", "Class of 2030")
    director.write("The new intake starts on", "2027-07-01")
    director.write("A word to applicants", "Write as you speak.").press("Open the round")
    director.told("Nobody was written to yet.").follow("Invite 4 more")
    director.sees("The pathway is open to the categorical and primary-care tracks only")
    expect(director.card("The letter")).to_contain_text("You can apply: Leadership in QI")
    keep_picture(director.page, "selection-invitations-wide")
    assert director.overflow() <= 0
    director.press("Invite 4 residents").told("4 residents are invited.")
    keep_picture(director.page, "selection-round-wide")

    applicant = visit(width=PHONE)
    wait_for_letters(applicant, "You can apply: Leadership in QI, Class of 2030", "Aroha Ngata")
    applicant.sign_in(AROHA)
    applicant.page.goto("/")
    applicant.sees("Apply for the pathway")
    keep_picture(applicant.page, "selection-home-phone")
    applicant.follow("Read and answer").headed("Your application")
    page = applicant.page
    page.get_by_label("Passion for QI").fill(WAITS)
    page.get_by_label("Initiative").focus()
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")
    expect(page.locator(".q-length").first).to_have_text(f"{len(WAITS)} of 3,000 characters")
    page.reload()
    expect(page.get_by_label("Passion for QI")).to_have_value(WAITS)
    keep_picture(page, "selection-application-phone")
    assert applicant.overflow() <= 0

    applicant.press("Hand in").told("still missing: something you started yourself")
    page.get_by_label("Initiative").fill("I counted the waits for a week.")
    page.get_by_label("Independence").fill("I kept the list through my ICU block.")
    (tmp_path / "cv.pdf").write_bytes(PDF)
    page.locator("input[type=file]").set_input_files(tmp_path / "cv.pdf")
    applicant.press("Hand in").told("Handed in.").sees("It is handed in.")
    page.emulate_media(color_scheme="dark")
    keep_picture(page, "selection-sent-phone-dark")
    page.emulate_media(color_scheme="light")
    applicant.press("Change something").told("Open again.")
    applicant.press("Not now").told("No more letters come about this round.")
    applicant.go(page.locator("#toasts").get_by_role("button", name="Undo"))
    expect(page.get_by_label("Passion for QI")).to_have_value(WAITS)
    applicant.press("Hand in").told("Handed in.")

    director.page.reload()
    expect(director.card("Invited")).to_contain_text("Submitted")
    director.follow("Aroha Ngata").sees(WAITS)
