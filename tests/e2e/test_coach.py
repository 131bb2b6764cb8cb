"""A coach's morning: the wall, the queue, a conversation, and what the record tells of it."""

import re

import pytest
from playwright.sync_api import expect

from .browser import PHONE
from .people import COACH, DIRECTOR, SECOND_YEAR

pytestmark = pytest.mark.e2e
LEARNED = "It ends when the bed is clean again: that is when the next patient can come."
COMMITMENT = "Ask Roisin Keogh whether she owns the process"


@pytest.mark.requirement(41)
def test_a_check_in_opens_with_its_agenda_and_writes_itself_into_the_record(visit):
    coach = visit(COACH)
    page = coach.page
    expect(page).to_have_url(f"{coach.url}/p/cascade/mentees/")
    coach.headed("Your mentees").sees("Start with Yusuf.")
    card = page.locator(".q-attention-card").filter(has_text="Yusuf Abdel-Rahman")
    expect(card).to_contain_text("Yusuf wrote to you before the check-in of Dec 29.")
    coach.go(card.get_by_role("link", name="Read it"))

    coach.headed("Check-in with Yusuf Abdel-Rahman").sees("when the bed is clean again?")
    since = page.get_by_role("region", name=re.compile("^Since "))
    expect(since).to_contain_text("6 of 10 classes complete")
    coach.sees("You might ask:")
    page.get_by_text("On plan, no help needed").click()
    page.get_by_role("checkbox", name="Write where the process starts and ends").first.check()
    coach.write("What did you learn together?", LEARNED)
    coach.write("Next commitment", COMMITMENT)
    page.get_by_label(re.compile("^Due")).first.fill("2027-01-20")
    page.get_by_label("Next check-in").fill("2027-01-26")
    coach.press("Save check-in").told("Next: Tue Jan 26, 10:00")
    coach.sees(LEARNED).sees(COMMITMENT)

    director = visit(DIRECTOR).open("board/").follow(SECOND_YEAR)
    story = director.card("What happened").get_by_role("listitem")
    held = "Renée Delacroix and Yusuf Abdel-Rahman had a check-in: Moving."
    expect(story.filter(has_text=held).first).to_contain_text("Dec 28, 2026")
    planned = story.filter(has_text="Renée Delacroix planned a check-in for Jan 26, 2027.")
    expect(planned).to_have_count(1)
    expect(story.filter(has_text=LEARNED)).to_have_count(0)

    resident = visit(SECOND_YEAR)
    expect(resident.card("You and Renée")).to_contain_text(COMMITMENT)
    expect(resident.card("Coming up")).to_contain_text("Tue 10:00")


@pytest.mark.requirement(18)
def test_a_coach_accepts_homework_where_it_is_shown(visit):
    coach = visit(COACH)
    work = coach.open("review/").page.get_by_role("listitem").filter(has_text="Fionn O'Malley")
    expect(work).to_contain_text("The charter of the two-day event covers the call after")
    work.get_by_label("What did you see in it?").fill("Send me the fifth measure next week.")
    coach.go(work.get_by_role("button", name="Accept")).told("Accepted. Fionn is told.")
    expect(work).to_have_count(0)


@pytest.mark.requirement(18)
def test_a_coach_accepts_homework_on_a_phone(visit):
    coach = visit(COACH, width=PHONE)
    tabs = coach.page.get_by_role("navigation", name="Main, compact")
    coach.go(tabs.get_by_role("link", name="To review"))
    work = coach.page.get_by_role("listitem").filter(has_text="Standard work, takt and cycle")
    coach.go(work.get_by_role("button", name="Accept")).told("Accepted. Mila is told.")
    expect(work).to_have_count(0)


@pytest.mark.requirement(41)
def test_a_coach_logs_a_conversation_on_a_phone(visit):
    coach = visit(COACH, width=PHONE)
    page = coach.page
    card = page.locator(".q-attention-card").filter(has_text="Noor Haddad")
    card.get_by_text("Plan or log a check-in").click()
    card.get_by_label("Day").fill("2026-12-24")
    coach.go(card.get_by_role("button", name="Plan")).headed("Check-in with Noor Haddad")
    page.get_by_text("Stuck on something specific").click()
    coach.write("What did you learn together?", "The workroom has no place for the ultrasound.")
    coach.press("Save check-in").told("Saved.").sees("The workroom has no place")
    expect(page.get_by_role("main")).to_contain_text("Needs a hand")
