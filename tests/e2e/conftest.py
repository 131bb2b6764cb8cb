"""A browser and a running demo, both started once and ended when the last journey is over.

They live as long as this package's tests and no longer: Playwright keeps an event loop running in
the thread that starts it, and the tests that follow in the same process need theirs.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from .browser import NAMES, Visitor, installed_browser, launch
from .stack import Demo


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
        yield running
    finally:
        said = running.stop()
        left = running.left()
        running.forget()
    assert left == []
    assert "The demo has stopped. Its data stays for the next time." in said


@pytest.fixture
def visit(chromium: Browser, demo: Demo) -> Iterator[Callable[..., Visitor]]:
    """Open a window for somebody, signed in by their card if they are named."""
    visitors: list[Visitor] = []

    def open_window(name: str = "", **options: object) -> Visitor:
        visitor = Visitor(chromium, demo.url, **options)
        visitors.append(visitor)
        return visitor.sign_in(name) if name else visitor

    yield open_window
    faults = [fault for visitor in visitors for fault in visitor.leave()]
    assert faults == []
