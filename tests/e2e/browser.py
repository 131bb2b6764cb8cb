"""A browser in which one person looks at the demo, and which notes what its pages do wrong."""

import copy
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import (
    Browser,
    BrowserType,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Request,
    Response,
    StorageState,
    expect,
)

from .stack import HOST

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
)
"""The last lets nothing out. A route handler would too, but it turns off the browser's cache."""

AS_ROOT = "--no-sandbox"
WIDE, PHONE, SMALLEST = 1440, 390, 320
HEIGHTS = {WIDE: 900, PHONE: 844, SMALLEST: 640}
PATIENCE = 45_000
RELOADS = 60
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)
ELSEWHERE = re.compile(rf"(?!https?://{re.escape(HOST)}[:/]|data:|blob:)")
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`));
"""
TURN_AWAY = """
(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}
"""
HEIGHT = "() => document.documentElement.scrollHeight"
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"

Key = StorageState

expect.set_options(timeout=PATIENCE)


def installed_browser() -> str | None:
    """Return the path of a Chromium on this machine, or nothing."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch(chromium: BrowserType, path: str) -> Browser:
    """Start the browser, as root too."""
    root = [AS_ROOT] if os.geteuid() == 0 else []
    return chromium.launch(executable_path=path, headless=True, args=[*SWITCHES, *root])


class Visitor:
    """One person at one screen.

    ``refusals`` are the statuses that their story asks for, ``key`` the cookies with which they are
    signed in already.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        width: int = WIDE,
        scripts: bool = True,
        refusals: Iterable[int] = (),
        key: Key | None = None,
    ) -> None:
        self.url = url
        self.refusals = frozenset(refusals)
        self.faults: list[str] = []
        self.context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=scripts,
            storage_state=key,
            reduced_motion="reduce",
            is_mobile=width < WIDE,
            has_touch=width < WIDE,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.expose_binding("reportViolation", self._note_violation)
        self.context.add_init_script(LISTEN)
        self.context.on("request", self._note_request)
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.faults.append(f"error {error.error}"))
        self.context.on("response", self._note_response)
        self.page = self.context.new_page()

    def sign_in(self, who: str) -> Self:
        """Click a card of the page of cards, or by a code where ``who`` is an address."""
        if "@" in who:
            return self.sign_in_by_code(who)
        self.page.goto("/demo/")
        return self.press(who)

    def sign_in_by_code(self, email: str) -> Self:
        """Ask for a code, read it in the outbox, and enter it."""
        self.page.goto("/account/sign-in/")
        self.write("E-mail", email).press("Send me a code")
        self.headed("Enter your code")
        self.write("Code", self.code_for(email)).press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Enter your code")
        return self

    def code_for(self, email: str) -> str:
        """Read the newest code that was sent to an address, in a tab of its own."""
        tab = self.context.new_page()
        row = tab.get_by_role("listitem").filter(has_text=email).filter(has_text="code").first
        for _ in range(RELOADS):
            tab.goto("/demo/outbox/")
            if row.is_visible():
                break
            tab.wait_for_timeout(500)
        with tab.expect_event("load"):
            row.get_by_role("link").click()
        letter = tab.get_by_role("region", name="Letter").inner_text()
        tab.close()
        return CODE.search(letter)[0]

    def open(self, path: str) -> Self:
        """Go to an address of the program."""
        self.page.goto(f"/p/cascade/{path}")
        return self

    def follow(self, link: str) -> Self:
        """Click the first link of the page's content with this text; wait for where it leads."""
        return self.go(self.page.get_by_role("main").get_by_role("link", name=link).first)

    def press(self, button: str) -> Self:
        """Press a button of the page's content; wait for the page that answers."""
        return self.go(self.page.get_by_role("main").get_by_role("button", name=button).first)

    def go(self, way: Locator) -> Self:
        """Click what leads to another page, and wait until its scripts have started."""
        with self.page.expect_event("load"):
            way.click()
        return self

    def write(self, label: str, text: str) -> Self:
        """Fill a field that its label names."""
        self.page.get_by_role("main").get_by_label(label).first.fill(text)
        return self

    def attach(self, name: str, text: str) -> Self:
        """Choose a file of this name with this text, where the page asks for one."""
        file = FilePayload(name=name, mimeType="text/csv", buffer=text.encode())
        self.page.locator("main input[type=file]").set_input_files(file)
        return self

    def pick(self, label: str, option: str) -> Self:
        """Pick an option of a list by its words."""
        self.page.get_by_role("main").get_by_label(label).first.select_option(label=option)
        return self

    def choose(self, text: str) -> Self:
        """Click the label of a choice."""
        self.page.get_by_role("main").get_by_text(text).first.click()
        return self

    def card(self, title: str) -> Locator:
        """Return the surface with this title."""
        return self.page.get_by_role("region", name=title, exact=True)

    def sees(self, text: str | re.Pattern[str]) -> Self:
        """Wait until the page's content has a text, somewhere that can be seen."""
        found = self.page.get_by_role("main").get_by_text(text).locator("visible=true").first
        expect(found).to_be_visible()
        return self

    def told(self, text: str) -> Self:
        """Wait for a message that says this."""
        expect(self.page.locator("#toasts")).to_contain_text(text)
        return self

    def headed(self, text: str) -> Self:
        """Wait for a page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)
        return self

    def sign_out(self) -> Self:
        """Leave by the menu of the account."""
        self.page.locator(".q-me > summary").click()
        return self.go(self.page.get_by_role("button", name="Sign out"))

    def tab(self) -> Self:
        """Return a second tab of the same browser with the same page."""
        other = copy.copy(self)
        other.page = self.context.new_page()
        other.page.goto(self.page.url)
        return other

    def looks_away(self) -> Self:
        """Turn to another app and come back, as for a photo; wait until the draft is kept."""
        with self.page.expect_response(lambda response: response.request.method == "POST"):
            self.page.evaluate(TURN_AWAY, "hidden")
        self.page.evaluate(TURN_AWAY, "visible")
        return self

    def lose_cookies(self) -> Self:
        """Be somebody whose browser has thrown its cookies away."""
        self.context.clear_cookies()
        return self

    def lose_session(self) -> Self:
        """Be somebody whose session has ended while the page was open."""
        self.context.clear_cookies(name="sessionid")
        return self

    def is_signed_in(self) -> bool:
        """Tell whether the browser holds a session."""
        return any(cookie["name"] == "sessionid" for cookie in self.context.cookies())

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the screen."""
        return int(self.page.evaluate(OVERFLOW))

    def key(self) -> Key:
        """Return what lets another window be signed in as the same person."""
        return self.context.storage_state()

    def leave(self) -> list[str]:
        """Close the browser's window; return what the pages did wrong."""
        self.context.close()
        return self.faults

    def _note_request(self, request: Request) -> None:
        if ELSEWHERE.match(request.url):
            self.faults.append(f"asked for {request.url}")

    def _note_violation(self, _source: Any, words: str) -> None:
        self.faults.append(f"policy {words}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded" not in message.text:
            self.faults.append(f"console {message.type} {message.text}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.refusals:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")


def keep_picture(page: Page, name: str) -> None:
    """Save the page as a picture, when QIP_SCREENSHOTS names a folder for it.

    The window is made as high as the page first, so that what sticks to its edges stays there.
    """
    if folder := os.environ.get("QIP_SCREENSHOTS"):
        window = page.viewport_size
        page.set_viewport_size({**window, "height": page.evaluate(HEIGHT)})
        page.screenshot(path=Path(folder) / f"{name}.png")
        page.set_viewport_size(window)
