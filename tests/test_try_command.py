"""`gapwatch try`, as a person starts it, stops it, and starts it again."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from trying import address_of, begun
from typer.testing import CliRunner

from bot.cli import COMMANDS, app
from bot.commands.folder import hold_folder
from bot.sandbox import Workspace
from bot.services.failures import Refused

EXPORTS = ("pax8-invoice-2026-10.csv", "connectwise-additions-2026-10.csv")


def refused(folder: Path, *more: str) -> str:
    """Start it in vain, and read why."""
    done = CliRunner().invoke(app, ["try", "--folder", str(folder), "--no-browser", *more])
    assert done.exit_code == 2
    return done.stderr.strip()


def test_a_month_is_tried_and_goes_on_after_a_kill_and_after_ctrl_c(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    with begun(folder, "--port", "0") as first:
        dana = Workspace(address_of(first)).person("dana")
        files = [dana.do("sample", name=name)["id"] for name in EXPORTS]
        dropped = dana.says("October", "billing", files=files)
        dana.waits_for("October 2026: about", "billing", seconds=60)

        with begun(folder) as second:
            assert second.wait(60) == 2
            assert second.stderr
            assert f"Another `gapwatch try` works in {folder}." in second.stderr.read()

    with begun(folder, "--port", "0") as third:
        dana = Workspace(address_of(third)).person("dana")
        assert dana.sees("billing")[0].ts == dropped.ts
        dana.types("/reconcile status", "billing")
        dana.waits_for("October 2026", "billing", seconds=60)
        third.send_signal(signal.SIGINT)
        assert third.wait(60) == 0
        assert third.stderr
        assert third.stderr.read() == ""

    assert {one.name for one in tmp_path.iterdir()} == {"here"}


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        assert f"{port}: the port is taken." in refused(tmp_path / "here", "--port", port)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("Chapter one", encoding="utf-8")

    assert "holds other things" in refused(tmp_path, "--fresh")
    assert [one.name for one in tmp_path.iterdir()] == ["novel.txt"]


@pytest.mark.parametrize("name", ["novel.txt", "novel.txt/inside"])
def test_what_is_no_folder_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "novel.txt").write_text("Chapter one", encoding="utf-8")

    assert refused(tmp_path / name).startswith("I can't make the folder")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)

    with as_nobody(tmp_path), pytest.raises(Refused, match="I can't write in"), hold_folder(closed):
        pass
    with as_nobody(tmp_path), pytest.raises(Refused, match="I can't make the folder"), hold_folder(closed / "inside"):
        pass


@contextmanager
def as_nobody(reachable: Path) -> Iterator[None]:
    """Be somebody for whom there are folders that can't be written; root's are all open to root."""
    if os.geteuid() != 0:
        yield
        return
    ways = [one for one in (reachable, *reachable.parents) if one.stat().st_mode & 0o011 != 0o011]
    before = [one.stat().st_mode for one in ways]
    for one in ways:
        one.chmod(one.stat().st_mode | 0o011)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for one, mode in zip(ways, before, strict=True):
            one.chmod(mode)


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_said(tmp_path: Path, port: str) -> None:
    assert "Invalid value for '--port'" in refused(tmp_path / "here", "--port", port)


def test_beginning_anew_takes_away_what_was_kept_and_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    with hold_folder(folder) as kept:
        key = kept.key()
        kept.slack.mkdir()
        with pytest.raises(Refused, match="Another"), hold_folder(folder, fresh=True):
            pass
        assert kept.key() == key
    (tmp_path / "novel.txt").write_text("Chapter one", encoding="utf-8")

    with hold_folder(folder, fresh=True) as kept:
        assert kept.key() != key
        assert not kept.slack.exists()
    assert (tmp_path / "novel.txt").exists()


def test_a_mark_that_is_something_else_is_said(tmp_path: Path) -> None:
    (tmp_path / "made-by-gapwatch-try").write_text("not a database, but long enough to be read as one" * 50)

    with pytest.raises(Refused, match="not mine"), hold_folder(tmp_path):
        pass


def test_the_command_is_told_of_with_what_it_takes() -> None:
    (command,) = [one.load() for one in COMMANDS if one.name == "try"]

    assert {option for one in command.params for option in one.opts} >= {"--folder", "--port", "--browser", "--fresh"}
