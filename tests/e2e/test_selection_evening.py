"""The evening of a selection: thirty applications are read and decided without a mouse."""

import pytest
from playwright.sync_api import expect

from .scene import APPLICANTS, HARBOR, READER

pytestmark = pytest.mark.e2e

SUMMIT = "summit"
DIRECTOR, INES, PIET = (f"{name}@{SUMMIT}.example.org" for name in ("ruth", "ines", "piet"))
HIGHEST, LOWEST = 30, 6
"""Of the six scores that two reviewers give, together."""

FOURTH = 3
"""The place of the applicant whose reviewers differ."""


class Hands:
    """Somebody who has put the mouse away; counts what they press."""

    def __init__(self, visitor):
        self.visitor, self.page, self.pressed = visitor, visitor.page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)
        return self

    def lead(self, *keys):
        """Press keys of which the last leads to another page; wait until it is there."""
        self.press(*keys[:-1])
        with self.page.expect_event("load"):
            self.press(keys[-1])
        return self

    def type(self, text):
        self.page.keyboard.type(text)
        self.pressed += len(text)
        return self

    def look_up(self, place):
        """Read in the help which letter leads to a page."""
        self.press("?")
        line = self.page.locator("[data-goto-list] > div").filter(
            has=self.page.get_by_text(place, exact=True)
        )
        letter = line.locator("kbd").last.inner_text()
        self.press("Escape")
        return letter


@pytest.fixture(scope="module")
def evening(chromium, demo):
    """Have a program with thirty applications that nobody has read."""
    demo.make("make_evening", SUMMIT)


@pytest.fixture
def hands(visit):
    return lambda who: Hands(visit().sign_in(who))


def scores(total):
    """Give three scores that come to a total."""
    third, more = divmod(total, 3)
    return [str(third + (number < more)) for number in range(3)]


def share(place, reader):
    """Return what one of two readers gives to the applicant at a place of the queue."""
    both = max(HIGHEST - place, LOWEST)
    first = min(both // 2 + (2 if place == FOURTH else 0), 15)
    return scores(both - first if reader else first)


def rate_all(reviewer, reader):
    """Read every application, score it by three digits and go on by Enter."""
    page, total = reviewer.page, len(APPLICANTS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Applications to rate")
    reviewer.lead("n")
    for place in range(total):
        expect(page.get_by_text(f"{place} of {total} handed in")).to_be_visible()
        if not place:
            reviewer.press("1", "Shift+Tab")
        reviewer.press(*share(place, reader))
        expect(page.get_by_role("button", name="Hand in, and go on")).to_be_focused()
        reviewer.lead("Enter")
    expect(page.get_by_text(f"Everything is in: {total} of {total}.")).to_be_visible()


@pytest.mark.requirement(54)
def test_an_evening_of_selection_is_done_by_keyboard_alone(evening, hands):
    total = len(APPLICANTS)
    director = hands(DIRECTOR)
    page = director.page
    letter = director.look_up("Selection")
    director.lead("g", letter).lead("j", "Enter").lead("n").lead("n")
    director.visitor.told(f"{2 * total} reviews were shared out.")

    for reader, who in enumerate((INES, PIET)):
        reviewer = hands(who)
        rate_all(reviewer, reader)
        assert reviewer.pressed <= 4 * total + 4

    director.lead("g", letter).lead("j", "Enter").lead("n")
    director.visitor.sees(f"{total} rated by both reviewers. 4 of 4 seats are free.")
    rows = page.get_by_role("region", name="By mean of both reviewers").locator("[data-row]")
    expect(rows).to_have_count(total)
    expect(rows.nth(3)).to_contain_text("4 free seats end here")
    expect(rows.filter(has_text="Reviewers differ")).to_have_count(1)
    expect(rows.nth(3)).to_contain_text("Reviewers differ")

    director.press("s").type("5").lead("Enter")
    expect(rows.nth(4)).to_contain_text("5 free seats end here")
    director.lead("p").visitor.told(f"{total} decisions are proposed.")
    expect(rows.get_by_text("Offer", exact=True)).to_have_count(5)

    director.press("j", "j", "w").type("Starts a fellowship early.").lead("Enter")
    expect(rows.nth(1)).to_contain_text("Starts a fellowship early.")
    director.press("j", "j", "j", "j", "o").type("Next in line.").lead("Enter")
    expect(rows.nth(5)).to_contain_text("Next in line.")
    director.press("k")
    expect(rows.nth(4).get_by_role("link").first).to_be_focused()

    director.lead("n").visitor.headed("Who gets what letter")
    expect(director.visitor.card("A place is offered").get_by_role("listitem")).to_have_count(5)
    director.press("n")
    expect(page.get_by_role("button", name=f"Release {total} letters together")).to_be_focused()
    director.lead("Enter").visitor.sees("Released, and not yet told.")
    director.press("u").lead("Enter").visitor.told(f"{total} decisions are taken back.")
    expect(rows).to_have_count(total)
    director.lead("n").press("n").lead("Enter").visitor.sees("Released, and not yet told.")
    expect(director.visitor.card("Decided").get_by_role("listitem")).to_have_count(total)
    director.visitor.sees("0 of 5 seats are free.")


def test_without_scripts_a_rating_is_a_plain_form(visit):
    reader = visit(scripts=False).sign_in(READER)
    reader.page.goto(f"/p/{HARBOR}/selection/ratings/")
    reader.follow("Omar Haddou").headed("Omar Haddou")
    for criterion, score in (("Passion for QI", 4), ("Initiative", 3), ("Independence", 5)):
        choices = reader.page.get_by_role("group", name=criterion)
        choices.get_by_role("radio", name=str(score)).check()
    reader.press("Hand in, and go on").sees("Everything is in: 4 of 4.")
