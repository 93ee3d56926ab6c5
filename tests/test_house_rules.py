"""Rules of the house that no other tool checks."""

from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.settings import Settings

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
    group = typer.main.get_group(app)

    for name, command in group.commands.items():
        assert f"gapwatch {name}" in readme
        told = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
        options = [option for parameter in told for option in parameter.opts if option.startswith("--")]
        assert [option for option in options if option not in readme and option != "--help"] == []
