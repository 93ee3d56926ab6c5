"""Rules of the house that no other tool checks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.later import Later
from bot.settings import Settings, read_settings

HOUSE = Path(__file__).parent.parent
MODULES = sorted(path for room in ("bot", "recon") for path in (HOUSE / room).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_is_short_and_says_its_one_idea(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.startswith('"""')
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_requirement_list_is_hashed_and_names_no_host(name: str) -> None:
    text = (HOUSE / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert text.count("--hash=sha256:") >= text.count("==")


def test_the_readme_names_every_setting() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")

    assert [name for name in Settings.model_fields if f"GAPWATCH_{name.upper()}" not in readme] == []


def test_the_readme_names_every_command_and_every_option() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")

    for command in COMMANDS:
        assert f"gapwatch {command.name}" in readme
        told = [parameter for parameter in command.load().params if not getattr(parameter, "hidden", False)]
        options = [option for parameter in told for option in parameter.opts if option.startswith("--")]
        assert [option for option in options if option not in readme and option != "--help"] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_says_the_same_of_itself_before_it_is_loaded(command: Later) -> None:
    loaded = command.load()

    assert loaded.help.split("\n\n")[0].replace("\n", " ") == command.help


def test_no_command_is_loaded_before_it_is_run() -> None:
    looking = "import sys, bot.cli; print(sorted({'bot.commands.up', 'recon', 'slack_bolt'} & set(sys.modules)))"

    assert subprocess.check_output([sys.executable, "-c", looking], cwd=HOUSE, text=True) == "[]\n"


def test_what_is_set_for_the_image_wins_over_what_it_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform sets DATABASE_URL and PORT, a person the names of this house: neither may be shadowed by the image."""
    brought = [line for line in (HOUSE / "Dockerfile").read_text().splitlines() if line.startswith("ENV ")]
    for name in ("GAPWATCH_DATABASE_URL", "GAPWATCH_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", "3000")
    monkeypatch.setenv("GAPWATCH_PORT", "8080")

    assert brought == ["ENV PORT=3000"]
    assert read_settings().port == 8080


def test_what_the_procfile_names_is_a_command() -> None:
    named = [line.split(": gapwatch ")[1] for line in (HOUSE / "Procfile").read_text().splitlines()]

    assert set(named) <= {command.name for command in COMMANDS}


@pytest.mark.skipif(not (HOUSE / ".git").exists(), reason="only a checkout knows what is kept in it")
def test_no_database_that_a_start_left_here_is_kept_with_the_code() -> None:
    listing = ["git", "ls-files", "*.db"]
    kept = subprocess.run(listing, cwd=HOUSE, capture_output=True, text=True, check=True).stdout

    assert kept == ""


def test_the_page_draws_every_sign_that_a_message_holds() -> None:
    golden = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "tests" / "golden").glob("*.json"))
    drawn = (HOUSE / "bot" / "sandbox" / "page" / "js" / "emoji.js").read_text(encoding="utf-8")

    assert [sign for sign in set(re.findall(r":([a-z]+(?:_[a-z]+)*):", golden)) if f"{sign}: " not in drawn] == []
