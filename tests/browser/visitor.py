"""Somebody at the page, and short ways to say what they do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from bot.sandbox import Workspace

PATIENCE = 60_000  # milliseconds; a slow machine is no failed test, and the clock looks twice a minute
expect.set_options(timeout=PATIENCE)


@dataclass
class Visitor:
    """Somebody who looks at the page and uses it by what they see."""

    page: Page
    shots: Path
    address: str
    troubles: list[str] = field(default_factory=list)

    @classmethod
    def comes(cls, browser: Browser, slack: Workspace, name: str, shots: Path, **how: object) -> Visitor:
        """Open the page as someone of the workspace."""
        size = {"viewport": {"width": 1360, "height": 850}, "timezone_id": "America/New_York", "locale": "en-US"}
        page = browser.new_context(**{**size, **how}).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE)
        visitor = cls(page, shots, slack.address)
        page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
        page.on("console", visitor.reads)
        page.on("request", lambda asked: visitor.hears_of(asked.url))
        visitor.goes(name)
        return visitor

    def reads(self, said: ConsoleMessage) -> None:
        """Take note of what the browser complains of."""
        is_an_answer = "status of 400" in said.text  # so the sandbox says what people can't do
        if said.type == "error" and not is_an_answer:
            self.troubles.append(said.text)

    def hears_of(self, url: str) -> None:
        """Take note of anything that is fetched from elsewhere."""
        if not url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"{url} was asked for")

    def goes(self, person: str, place: str = "") -> None:
        """Open a place as someone."""
        self.page.goto(f"{self.address}/#/{person}" + (f"/{place}" if place else ""))
        self.main.wait_for()
        if place == "messages":
            expect(self.page.get_by_role("tab", name="Messages", selected=True)).to_be_visible()

    def leaves(self) -> None:
        """Close the page; it must not have complained."""
        self.page.context.close()
        assert self.troubles == []

    @property
    def main(self) -> Locator:
        """The channel that is open."""
        return self.page.locator("main")

    @property
    def thread(self) -> Locator:
        """The thread that is open."""
        return self.page.locator(".thread")

    @property
    def modal(self) -> Locator:
        """The modal that is open."""
        return self.page.locator("dialog.modal")

    def button(self, name: str, within: Locator | None = None) -> Locator:
        """Find a button by what it says."""
        return (within or self.page.locator("body")).get_by_role("button", name=name, exact=True)

    def presses(self, name: str, within: Locator | None = None) -> None:
        """Press a button."""
        self.button(name, within).click()

    def message(self, words: str, within: Locator | None = None) -> Locator:
        """Find the newest message with these words."""
        return (within or self.main).get_by_role("article").filter(has_text=words).last

    def sees(self, words: str, within: Locator | None = None) -> None:
        """Wait until there is a message with these words."""
        expect(self.message(words, within)).to_be_visible()

    def gap(self, product: str) -> Locator:
        """Find the message of a gap that can be decided, in the open thread."""
        approving = self.page.get_by_role("button", name="Approve", exact=True)
        return self.thread.get_by_role("article").filter(has_text=product).filter(has=approving)

    def opens_thread(self, words: str) -> None:
        """Open the thread of a message."""
        first = self.main.get_by_role("article").filter(has_text=words).filter(has=self.page.locator(".replies"))
        first.last.locator(".replies").click()
        expect(self.thread.get_by_role("article").nth(1)).to_be_visible()

    def writes(self, text: str, within: Locator | None = None) -> None:
        """Write a message or a command, and send it."""
        box = (within or self.main).locator(".composer textarea")
        box.fill(text)
        box.press("Enter")

    def is_led_to(self, title: str) -> None:
        """Wait until the guide has come to a step."""
        expect(self.page.locator(".guide h2")).to_have_text(title)

    def shows(self, name: str) -> None:
        """Take a picture."""
        self.shots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.shots / f"{name}.png", animations="disabled")
