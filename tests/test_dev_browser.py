"""A browser for the tests of the page: taken where there is one, installed where that is allowed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NOTES = '#!/bin/sh\necho "$@" >> "${0%/*}/asked"\n'
OFFER = "import dev, os; os.geteuid = lambda: {user}; dev.offer_browser()"


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """Have a system with a package manager that writes down what it is asked for, and no browser."""
    tool(tmp_path / "apt-get", NOTES)
    return tmp_path


def tool(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(0o755)


def offered(system: Path, *, user: int) -> tuple[str, list[str]]:
    """Offer a browser, and give what was said and what the package manager was asked for."""
    environment = {"PATH": str(system), "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", OFFER.format(user=user)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr
    asked = system / "asked"
    return said, [line.rpartition("=120 ")[2] for line in asked.read_text().splitlines()] if asked.exists() else []


def test_root_gets_one_from_the_package_manager(system: Path) -> None:
    said, asked = offered(system, user=0)

    assert said.startswith("Installing Chromium")
    assert asked == ["update", "install --no-install-recommends chromium"]


def test_others_are_asked_nothing_and_wait_for_nothing(system: Path) -> None:
    assert offered(system, user=1000) == ("", [])


def test_a_browser_that_is_there_is_taken(system: Path) -> None:
    tool(system / "google-chrome", "#!/bin/sh\n")

    assert offered(system, user=0) == ("", [])


def test_what_cannot_be_installed_is_said_and_the_tests_go_on(system: Path) -> None:
    tool(system / "apt-get", f"{NOTES}exit 100\n")

    said, asked = offered(system, user=0)

    assert "That failed: the page will not be tested." in said
    assert asked == ["update"]
