"""The board as those see it who are not the director: what each reads, and what none does."""

import re

import pytest
from playwright.sync_api import expect

from qipathway.demo.story.conversations import CONVERSATIONS
from qipathway.demo.story.homework import BODIES, PLACES, written
from residents.models import Resident

from .browser import PHONE, WIDE
from .people import CHIEF, COORDINATOR, DIRECTOR, KPO_LEAD, MENTOR
from .reading import everything_linked

pytestmark = pytest.mark.e2e
TALKS = [talk for conversation in CONVERSATIONS.values() for talk in conversation.talks]
LEARNED = [talk.learned for talk in TALKS]
NOTES = [talk.note for talk in TALKS if talk.note]
EVERYBODY = [Resident(staff_id=number) for number in PLACES]
HOMEWORK = [written(code, resident)[1] for code in BODIES for resident in EVERYBODY]
HELD = "Mistake proofing and the Patient Safety Alert system"
REFUSED = re.compile("This is not open to you|Nothing is here")
both_widths = pytest.mark.parametrize("width", [WIDE, PHONE])


def read_by(visitor):
    words = " ".join(everything_linked(visitor, "board/", "sessions/", "stand-ups/").split())
    return {text for text in HOMEWORK + LEARNED + NOTES if text in words}


def board_of(visitor):
    expect(visitor.page).to_have_url(f"{visitor.url}/p/cascade/board/")
    expect(visitor.page.locator("#matrix tbody tr")).to_have_count(12)
    return visitor.headed("Cohort board")


@both_widths
def test_a_chief_resident_reads_who_stands_where_and_no_conversation(visit, width):
    chief = board_of(visit(CHIEF, width=width))
    page = chief.page
    expect(page.locator("#matrix")).to_contain_text("Yusuf Abdel-Rahman")
    chief.follow("Fionn O'Malley").headed("Fionn O'Malley")
    expect(chief.card("Classes")).to_contain_text("Seven wastesattended, homework accepted")
    expect(chief.card("Where they stand")).to_contain_text("Renée Delacroix")
    expect(chief.card("What happened")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


def test_no_link_leads_a_chief_resident_to_homework_or_to_a_word_of_a_check_in(visit):
    assert read_by(visit(CHIEF)) == set()


def test_links_lead_a_coordinator_to_homework_and_to_no_word_of_a_check_in(visit):
    found = read_by(visit(COORDINATOR))
    assert found & set(HOMEWORK)
    assert found.isdisjoint(LEARNED + NOTES)
    director = visit(DIRECTOR).follow("Read the check-in").page
    expect(director.get_by_role("main")).to_contain_text("The dates of the event were moved twice")


@both_widths
def test_a_coordinator_sees_who_was_there_and_where_their_homework_stands(visit, width):
    coordinator = board_of(visit(COORDINATOR, width=width))
    coordinator.open("sessions/").follow(HELD).headed(HELD)
    there = coordinator.card("Who was there").get_by_role("listitem")
    expect(there.filter(has_text="Ji-woo Kim")).to_have_count(1)
    expect(coordinator.page.get_by_role("button", name="Save attendance")).to_be_visible()
    work = coordinator.open("board/").follow("Fionn O'Malley").card("What happened")
    expect(work).to_contain_text("handed in the homework of Kaizen-event leadership")
    board = coordinator.open("board/").page
    row = board.locator("#matrix tr").filter(has_text="Ifeoma Chukwu")
    coordinator.go(row.get_by_role("link", name="homework open")).sees(re.compile("cycles of"))
    expect(coordinator.card("Your answer")).to_have_count(0)


@both_widths
def test_a_kpo_lead_reads_the_board_and_leads_no_mentees_of_their_own(visit, width):
    lead = board_of(visit(KPO_LEAD, width=width))
    lead.follow("Fionn O'Malley").headed("Fionn O'Malley")
    expect(lead.card("What happened")).to_contain_text("Renée Delacroix and Fionn O'Malley had")
    lead.open("mentees/").headed("Your mentees").sees("Nobody is assigned to you yet.")


def test_a_kpo_lead_gives_the_one_without_a_coach_to_whom_has_room(visit):
    lead = visit(KPO_LEAD)
    navigation = lead.page.get_by_role("navigation", name="Main", exact=True)
    lead.go(navigation.get_by_role("link", name="Coaches")).headed("Coaches")
    alone = lead.card("Without a coach").get_by_role("listitem")
    expect(alone).to_contain_text(["Ifeoma Chukwu"])
    expect(load_of(lead, "Takumi Nakamura")).to_contain_text("5 of 12 residents")
    alone.get_by_role("combobox").select_option(label="Takumi Nakamura, has 5 of 12")
    lead.press("Assign Ifeoma Chukwu").told("Takumi Nakamura")
    expect(lead.card("Without a coach")).to_have_count(0)
    expect(load_of(lead, "Takumi Nakamura")).to_contain_text("6 of 12 residents")
    expect(lead.follow("Ifeoma Chukwu").card("Where they stand")).to_contain_text("Takumi Nakamura")


def load_of(lead, name):
    return lead.card("Who coaches").get_by_role("listitem").filter(has_text=name)


@both_widths
def test_a_mentor_is_shown_no_resident_before_somebody_is_introduced(visit, width):
    mentor = visit(MENTOR, width=width, refusals={403, 404})
    mentor.sees("Nothing waits for you").open("search/?q=a").headed("Search")
    expect(mentor.page.get_by_role("main").get_by_text("Yusuf")).to_have_count(0)
    for path in ("board/", "mentees/", "coaching/", "mail/", "residents/me/"):
        mentor.open(path)
        expect(mentor.page.locator("body")).not_to_contain_text("Yusuf")
        expect(mentor.page.get_by_role("heading", level=1)).to_have_text(REFUSED)
