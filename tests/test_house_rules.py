"""Rules of the house that no other tool checks."""

from pathlib import Path

import pytest

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
