"""Every page that somebody reaches, once: axe, the policy, the console, its width, its buttons."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .browser import HEIGHTS, PHONE, SMALLEST, WIDE, Visitor, keep_picture
from .people import DIRECTOR
from .stack import ROOT
from .stops import DRAWN_ELSEWHERE, NOT_BY_A_PERSON, STOPS, Stop, arrive

pytestmark = pytest.mark.e2e

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
}
COLOURS = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
SCREENS = (
    (WIDE, "light", EVERYTHING),
    (WIDE, "dark", COLOURS),
    (PHONE, "dark", COLOURS),
    (PHONE, "light", EVERYTHING),
)
"""A theme changes colours and nothing else; a width changes what is there."""

TEMPLATES = ROOT / "templates"
UNFOLD = "() => document.querySelectorAll('main details').forEach((each) => (each.open = true))"
SETTLED = "(scheme) => document.documentElement.dataset.bsTheme === scheme"
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

PRESSES = """
() => [...document.querySelectorAll("main .btn-primary, main .btn-danger")]
  .filter((each) => each.type === "submit" && each.form.method === "post")
  .map((button) => {
    let sent = 0;
    button.form.noValidate = true;
    button.form.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) sent += 1;
      event.preventDefault();
    });
    button.click();
    button.click();
    document.querySelector("dialog[open] [value=no]")?.click();
    return `${sent} by ${button.textContent.trim()}`;
  })
"""
"""Counts how often two quick presses would send each form; nothing is sent."""

ONCE_AT_MOST = re.compile(r"[01] by ")
PARTS = {"allauth", "bootstrap5", "components", "email", "emails", "layouts"}


def test_every_page_is_among_the_stops():
    pages = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if not PARTS & set(path.parts) and not path.name.startswith(("_", "base"))
    }
    visited = {stop.template.partition(" ")[0] for stop in STOPS}
    assert visited == pages - NOT_BY_A_PERSON - DRAWN_ELSEWHERE


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_page_has_no_fault_that_axe_the_policy_a_narrow_screen_or_two_presses_show(windows, stop):
    visitor = windows(stop.who)
    arrive(visitor, stop)
    assert visitor.faults == []
    keep_picture(visitor.page, f"{stop.name}-{WIDE}")
    visitor.page.evaluate(UNFOLD)
    visitor.page.evaluate(Axe().axe_script)
    found = [fault for screen in SCREENS for fault in faults_at(visitor, stop, *screen)]
    visitor.page.set_viewport_size({"width": SMALLEST, "height": HEIGHTS[SMALLEST]})
    assert found == []
    assert visitor.overflow() == 0
    sent = visitor.page.evaluate(PRESSES)
    assert [fault for fault in sent if not ONCE_AT_MOST.match(fault)] == []


def faults_at(visitor: Visitor, stop: Stop, width: int, scheme: str, rules: object) -> list[str]:
    """Return what axe finds on the page as it stands, on one screen in one theme."""
    visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.page.wait_for_function(SETTLED, arg=scheme)
    visitor.page.evaluate(PAINTED)
    wider = visitor.overflow()
    return ([f"{width}: {wider} px wider"] if wider else []) + faults_of(
        visitor.page, f"{width} {scheme}", rules
    )


def faults_of(page: Page, where: str, rules: object = EVERYTHING) -> list[str]:
    """Return what axe, which was put into the page before, finds on it as it stands."""
    found = page.evaluate("(rules) => axe.run(document, rules)", rules)["violations"]
    return [
        f"{where}: {violation['id']} {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def test_what_opens_over_a_page_has_no_fault_either(visit):
    visitor = visit(DIRECTOR).open("mail/")
    page = visitor.page
    page.evaluate(Axe().axe_script)
    page.locator(".q-me > summary").click()
    assert faults_of(page, "the account's menu") == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert faults_of(page, "the shortcuts") == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    page.locator(".q-more > summary").click()
    assert faults_of(page, "the sheet of a phone") == []
