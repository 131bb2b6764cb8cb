"""A browser and a running demo, both started once and ended when the last journey is over.

How to write a journey: a file ``test_<who>.py`` with the mark that its neighbours have, and a
test that asks for ``visit``::

    def test_a_sponsor_signs_the_charter(visit):
        sponsor = visit(SPONSOR, width=PHONE)
        sponsor.follow("flu vaccine").press("Sign the charter").told("Signed.")

* ``visit(who)`` opens a window for somebody of ``people.py``, who is signed in already and stands
  where they begin. It takes ``width``, ``scripts=False`` and ``refusals={422}``: every other status
  from 400 on, console message, violation of the policy or request to another host fails the test.
* ``Visitor`` has the verbs: ``open``, ``follow``, ``press``, ``write``, ``choose`` and ``attach``
  act, and wait for the page that answers; ``sees``, ``told``, ``headed`` and ``card`` say what is
  to be there. For the rest there is ``visitor.page``, Playwright's own; wait with ``expect``, never
  for a time.
* All journeys share the demo's data, in any order: change only what no other journey looks at, or
  put it back. Whoever signs out signs in with a window of their own first
  (``visit().sign_in(who)``), for that ends the session.
* The walk of ``test_accessibility.py`` goes before all journeys, in whatever order files are named:
  it looks at homework and charters that journeys hand in and sign, and changes nothing of theirs.
* A new page becomes a stop in ``stops.py``; the walk fails until it is one.

They live as long as this package's tests and no longer: Playwright keeps an event loop running in
the thread that starts it, and the tests that follow in the same process need theirs.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from .browser import NAMES, Key, Visitor, installed_browser, launch
from .people import OPERATOR
from .stack import Demo

CALLED = ("--given-name=Oluwaseun", "--family-name=Adeyemi")
"""The demo has no operator; the tests make one, as the first of a site is made."""

HERE = Path(__file__).parent
WALK = HERE / "test_accessibility.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the walk first among the journeys, and leave every other test where it stands."""
    places = [at for at, item in enumerate(items) if item.path.is_relative_to(HERE)]
    ordered = sorted((items[at] for at in places), key=lambda item: item.path != WALK)
    for at, item in zip(places, ordered, strict=True):
        items[at] = item


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = installed_browser()
    if path is None:
        reason = f"no browser on this machine: none of {', '.join(NAMES)} is on PATH"
        if os.environ.get("QIP_BROWSER_REQUIRED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, path)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(chromium: Browser) -> Iterator[Demo]:
    running = Demo()
    try:
        running.wait_until_ready()
        running.manage("create_operator", OPERATOR, *CALLED)
        running.make("make_rounds")
        yield running
    finally:
        said = running.stop()
        left = running.left()
        running.forget()
    assert left == []
    assert "The demo has stopped. Its data stays for the next time." in said


@pytest.fixture(scope="package")
def key_of(chromium: Browser, demo: Demo) -> Callable[[str], Key]:
    """Sign in each person once; return the key that opens every further window of theirs."""
    keys: dict[str, Key] = {}

    def key(who: str) -> Key:
        if who not in keys:
            visitor = Visitor(chromium, demo.url).sign_in(who)
            keys[who] = visitor.key()
            assert visitor.leave() == []
        return keys[who]

    return key


@pytest.fixture(scope="package")
def windows(
    chromium: Browser, demo: Demo, key_of: Callable[[str], Key]
) -> Iterator[Callable[[str], Visitor]]:
    """A window for each person, used for all of their stops."""
    found: dict[str, Visitor] = {}

    def window(who: str) -> Visitor:
        if who not in found:
            found[who] = Visitor(chromium, demo.url, key=key_of(who) if who else None)
        return found[who]

    yield window
    for visitor in found.values():
        visitor.leave()


@pytest.fixture
def visit(
    chromium: Browser, demo: Demo, key_of: Callable[[str], Key]
) -> Iterator[Callable[..., Visitor]]:
    """Open a window for somebody, at the page where they begin if they are named."""
    visitors: list[Visitor] = []

    def open_window(who: str = "", **options: object) -> Visitor:
        key = key_of(who) if who else None
        visitor = Visitor(chromium, demo.url, key=key, **options)
        visitors.append(visitor)
        if who:
            visitor.page.goto("/")
        return visitor

    yield open_window
    faults = [fault for visitor in visitors for fault in visitor.leave()]
    assert faults == []
