"""The line with JavaScript off: everything is a plain form."""

import pytest
from playwright.sync_api import expect

from .people import COACH, LUZ

pytestmark = pytest.mark.e2e
CLASS = "Set-up reduction and flow"
HOMEWORK = "Mistake proofing and the Patient Safety Alert system"
SEEN = "A coloured key for the pump. It controls: the wrong cassette cannot be closed in a hurry."
COMMITMENT = "Show the count to Beatriz"


def test_without_scripts_a_resident_books_and_hands_in_and_a_coach_answers_and_records(visit):
    resident = visit(scripts=False).sign_in_by_code(LUZ)
    page = resident.page
    offer = resident.open("classes/").card("On your protected half days").get_by_role("listitem")
    resident.go(offer.get_by_role("button", name=f"Book {CLASS}").first).told(f"Booked: {CLASS}.")
    resident.go(page.locator("#toasts").get_by_role("button", name="Undo")).told(
        "Your seat is free again"
    )

    resident.open("homework/").follow(HOMEWORK).sees("One thing is missing")
    resident.write("What did you see", SEEN).press("Hand in").told("Handed in.").sees(SEEN)

    coach = visit(COACH, scripts=False)
    work = coach.open("review/").page.get_by_role("listitem").filter(has_text=SEEN)
    coach.go(work.get_by_role("button", name="Accept")).told("Accepted. Luz is told.")
    card = coach.open("mentees/").page.locator(".q-attention-card").filter(has_text="Luz")
    coach.go(card.get_by_role("link", name="Open check-in")).headed(
        "Check-in with Luz García Márquez"
    )
    coach.page.get_by_role("radio", name="Moving").check()
    coach.write("Next commitment", COMMITMENT).press("Save check-in").told("Saved.")
    coach.sees(COMMITMENT)

    expect(resident.open("today/").card("You and Renée")).to_contain_text(COMMITMENT)
    expect(resident.open("residents/me/").card("What happened")).to_contain_text(
        "Renée Delacroix accepted the homework of Mistake proofing"
    )
