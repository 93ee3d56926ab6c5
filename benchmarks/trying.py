"""How long `gapwatch try` takes to a usable page, and a click to be drawn, against the floors the house has set.

Run it with a Chromium at hand: python benchmarks/trying.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bot.sandbox import Workspace

FIRST, SECOND, CLICK = 60.0, 5.0, 0.2  # seconds
CLICKS = 20
FILES = ("owners.csv", "pax8-invoice-2026-10.csv", "connectwise-additions-2026-10.csv")
# The moment of a press and the moment after the next frame in which its button is seen to be busy.
WATCH = """() => new Promise((done) => {
  const button = [...document.querySelectorAll(".thread .button")].find((one) => one.textContent === "Why?");
  const begun = performance.now();
  const seen = new MutationObserver(() => {
    if (button.getAttribute("aria-busy") === "true") {
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => done((performance.now() - begun) / 1000)));
    }
  });
  seen.observe(button, { attributes: true });
  button.click();
})"""


@contextmanager
def begun(folder: Path) -> Iterator[str]:
    """Start it in a folder, and tell the address."""
    command = [sys.executable, "-m", "bot", "try", "--folder", str(folder), "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield line.split()[3]
        finally:
            process.terminate()


def usable(page: Page, folder: Path) -> float:
    """Measure from the command to a page that can be written in."""
    started = time.perf_counter()
    with begun(folder) as address:
        page.goto(address)
        page.locator("main textarea").wait_for()
        return time.perf_counter() - started


def has_a_month(address: str) -> None:
    """Drop the sample month."""
    dana = Workspace(address).person("dana")
    for name in FILES:
        dana.says("", "billing", files=[dana.do("sample", name=name)["id"]])
    Workspace(address).person("jo").waits_for("Halvorsen", "@Gapwatch", seconds=120)


def clicks(page: Page, folder: Path) -> list[float]:
    """Measure clicks in the thread of an alert, while the page goes on following what happens."""
    with begun(folder) as address:
        has_a_month(address)
        page.goto(f"{address}/#/jo/messages")
        page.locator(".replies").first.click()
        page.locator(".thread .button", has_text="Why?").first.wait_for()
        taken = []
        for _ in range(CLICKS):
            page.locator(".thread [aria-busy=true]").wait_for(state="detached")
            taken.append(float(page.evaluate(WATCH)))
        return taken


def tell(what: str, taken: float, floor: float) -> bool:
    """Print a figure beside its floor, and say whether it is met."""
    print(f"{what:<44}{taken:8.3f} s   floor {floor:g} s   {taken / floor:6.1%}")
    return taken <= floor


def main() -> int:
    """Measure everything; 1 if a floor is not met."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, TemporaryDirectory() as kept:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page, folder = browser.new_page(), Path(kept) / "try"
        first, second = usable(page, folder), usable(page, folder)
        taken = clicks(page, folder)
        browser.close()
    return (
        0
        if all(
            (
                tell("from the command to a usable page, first", first, FIRST),
                tell("from the command to a usable page, again", second, SECOND),
                tell(f"a click until it is drawn, median of {CLICKS}", median(taken), CLICK),
                tell("a click until it is drawn, 95th percentile", quantiles(taken, n=20)[-1], CLICK),
            )
        )
        else 1
    )


if __name__ == "__main__":
    raise SystemExit(main())
