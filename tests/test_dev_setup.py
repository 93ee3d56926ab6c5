"""Setting the checkout up again: what worked before goes on working until the new one is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev import before, renew, stamp_of, undo_unfinished


class Interrupted(BaseException):
    """As when somebody presses Ctrl-C."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make an environment that is whole."""
    home = tmp_path / ".venv"
    build(home, "old")
    return home


def build(home: Path, what: str) -> None:
    home.mkdir()
    (home / "python").write_text(what)
    stamp_of(home).write_text(what)


def test_a_new_environment_takes_the_place_of_the_old(home: Path) -> None:
    renew(home, lambda: build(home, "new"))

    assert (home / "python").read_text() == "new"
    assert not before(home).exists()


def test_the_first_environment_has_none_before_it(tmp_path: Path) -> None:
    renew(tmp_path / ".venv", lambda: build(tmp_path / ".venv", "new"))

    assert (tmp_path / ".venv" / "python").read_text() == "new"


@pytest.mark.parametrize("trouble", [OSError("no network"), Interrupted()])
def test_what_fails_or_is_interrupted_leaves_the_old_one_where_it_was(home: Path, trouble: BaseException) -> None:
    def fail() -> None:
        home.mkdir()
        (home / "python").write_text("half")
        raise trouble

    with pytest.raises(type(trouble)):
        renew(home, fail)

    assert (home / "python").read_text() == "old"
    assert not before(home).exists()


def test_a_first_set_up_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        (tmp_path / ".venv").mkdir()
        raise OSError("no network")

    with pytest.raises(OSError, match="no network"):
        renew(tmp_path / ".venv", fail)

    assert list(tmp_path.iterdir()) == []


def test_what_was_killed_while_building_is_undone_by_the_next_run(home: Path) -> None:
    home.rename(before(home))
    home.mkdir()
    (home / "python").write_text("half")

    undo_unfinished(home)

    assert (home / "python").read_text() == "old"


def test_what_was_killed_while_clearing_up_keeps_the_new_one(home: Path) -> None:
    build(before(home), "older")

    undo_unfinished(home)

    assert (home / "python").read_text() == "old"
    assert not before(home).exists()
