from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from bot.cli import app

SAMPLE = Path(__file__).parents[1] / "bot" / "sample"


def test_the_command_writes_the_workbook_and_the_gaps(tmp_path: Path) -> None:
    files = [str(SAMPLE / name) for name in ("pax8-invoice-2026-10.csv", "connectwise-additions-2026-10.csv")]
    book, gaps = tmp_path / "october.xlsx", tmp_path / "gaps.csv"

    result = CliRunner().invoke(app, ["reconcile", *files, "--xlsx", str(book), "--csv", str(gaps)])

    assert result.exit_code == 0, result.output
    opened = openpyxl.load_workbook(io.BytesIO(book.read_bytes()))
    assert opened.sheetnames == ["Summary", "Gaps", "Questions", "Lines", "Problems"]
    assert len(gaps.read_text(encoding="utf-8-sig").splitlines()) == opened["Gaps"].max_row
