"""The whole bot beside its workspace, and a real browser in which people use it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.listener import Listener
from browser.visitor import Visitor
from playwright.sync_api import Browser, Playwright, sync_playwright
from sandbox.kit import over_socket
from trying import address_of, begun

from bot.sandbox import Sandbox, Workspace
from dev import browsers_here

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"
HOW = (
    "NO BROWSER, SO THE PAGE IS NOT TESTED: install Chromium with your package manager (apt-get install chromium), or "
    "with .venv/bin/playwright install chromium"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_browser(playwright: Playwright) -> str | None:
    """Find the browser that was named, one of the system's, or the one Playwright brings."""
    return next(
        (path for path in (*browsers_here(), playwright.chromium.executable_path) if Path(path).is_file()), None
    )


# While a browser is open, Playwright has an event loop in this thread, which other modules can't do with.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            pytest.skip(HOW)
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[Sandbox]:
    """Have a workspace without a bot."""
    with Sandbox(data=tmp_path / "slack") as running:
        yield running


@pytest.fixture
def guided(tmp_path: Path) -> Iterator[Sandbox]:
    """Have a workspace with a PSA beside it, as the guide begins."""
    with Sandbox(data=tmp_path / "slack", guide=SAMPLE) as running:
        yield running


@pytest.fixture
def listener(slack: Sandbox) -> Iterator[Listener]:
    """Have a small app in it."""
    listening = Listener(slack)
    with over_socket(listening.app, slack):
        yield listening


@pytest.fixture
def trying(tmp_path: Path) -> Iterator[Workspace]:
    """Have the whole bot beside its workspace, with the sample month to be led through."""
    with begun(tmp_path / "here", "--port", "0") as process:
        yield Workspace(address_of(process))


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Open the page as somebody; what goes wrong in it fails the test."""
    visitors: list[Visitor] = []
    shots = Path(os.environ.get("GAPWATCH_SCREENSHOTS") or tmp_path / "shots")

    def come(slack: Workspace, name: str = "dana", **how: object) -> Visitor:
        visitors.append(Visitor.comes(browser, slack, name, shots, **how))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.leaves()
