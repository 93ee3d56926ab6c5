"""`gapwatch inspect`, as a billing admin types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import as_csv
from typer.testing import CliRunner

from bot.cli import app

CLEAR = as_csv(
    ["Customer", "Product", "Qty", "Unit Price", "Agreement"],
    [["Acme", "Duo MFA", "3", "4.50", "Managed"], ["Hooli", "Duo MFA", "5", "4.50", "Managed"]],
)
UNCLEAR = as_csv(
    ["Customer", "Company", "Qty", "Item", "Rate", "From"],
    [
        ["Acme", "Acme Ltd", "1,000", "Duo", "2,500", "3/4/2026"],
        ["Beta", "Beta Inc", "2,000", "Duo", "1,500", "5/6/2026"],
    ],
)


def run(*arguments: str, columns: int = 200) -> tuple[int, str, str]:
    """Type a command on a wide terminal; give the exit code and what was said."""
    result = CliRunner(env={"COLUMNS": str(columns), "TERM": "dumb"}).invoke(app, ["inspect", *arguments])
    return result.exit_code, result.stdout, result.stderr


def saved(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def test_a_clear_file_is_shown_with_its_side_columns_and_lines(tmp_path: Path) -> None:
    code, said, _ = run(saved(tmp_path, "acme-2026-10.csv", CLEAR))

    assert code == 0
    assert "billed" in said
    assert "2 lines, 2 clients" in said
    assert "2026-10" in said
    assert [line.split()[:2] for line in said.splitlines() if line.startswith("quantity")] == [["quantity", "Qty"]]


def test_values_too_long_for_the_table_show_that_they_were_cut(tmp_path: Path) -> None:
    long = CLEAR.replace(b"Duo MFA", b"Duo MFA " + b"for everybody who works there " * 4)

    _, said, _ = run(saved(tmp_path, "acme-2026-10.csv", long))

    (shown,) = [line.rstrip() for line in said.splitlines() if line.startswith("product ")]
    assert shown.endswith("…")
    assert "…" not in run(saved(tmp_path, "short-2026-10.csv", CLEAR))[1]


def test_an_answer_that_names_no_column_of_the_file_is_not_kept(tmp_path: Path) -> None:
    kept = tmp_path / "answers.json"

    code, _, complaint = run(saved(tmp_path, "x.csv", CLEAR), "--profile", str(kept), "--answer", "quantity=Nope")

    assert code == 2
    assert "There is no column “Nope” in x.csv. I see Customer, Product, Qty" in complaint
    assert not kept.exists()


def test_a_problem_is_told_with_its_row(tmp_path: Path) -> None:
    code, said, _ = run(saved(tmp_path, "x.csv", CLEAR + b"Umbrella,Duo MFA,many,4.50,Managed\n"))

    assert code == 1
    assert "2 lines" in said
    assert "1 row set aside (1 unreadable)" in said
    assert "Row 4 has no quantity I can read: “many” in Umbrella | Duo MFA | many | 4.50 | Managed" in said


def test_questions_say_what_to_type_and_what_is_typed_is_never_asked_again(tmp_path: Path) -> None:
    file, profile = saved(tmp_path, "x.csv", UNCLEAR), str(tmp_path / "answers.json")
    code, said, _ = run(file, "--profile", profile)
    assert code == 1
    commands = [line.strip() for line in said.splitlines() if line.strip().startswith("gapwatch inspect")]
    assert any(command.endswith("--answer client=Company") for command in commands)

    answers = ("client=Company", "side=bought", "decimals=.", "day_order=D/M")
    code, said, _ = run(file, "--profile", profile, *(part for answer in answers for part in ("--answer", answer)))
    assert code == 0
    assert "2 lines, 2 clients" in said

    code, said, _ = run(file, "--profile", profile)
    assert code == 0
    assert "Acme Ltd" in said


def test_what_is_to_be_typed_is_one_line_however_narrow_the_terminal_and_long_the_path(tmp_path: Path) -> None:
    folder = tmp_path / ("a long name of a folder " * 5).strip()
    folder.mkdir()
    file, profile = saved(folder, "x.csv", UNCLEAR), str(folder / "answers.json")

    _, said, _ = run(file, "--profile", profile, columns=40)

    assert f"    gapwatch inspect '{file}' --profile '{profile}' --answer client=Company\n" in said


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.csv", b"<html><title>Sign in</title></html>", "web page called “Sign in”"),
        ("empty.csv", b"", "is empty"),
        ("x.csv", UNCLEAR, "Name one: --profile answers.json"),
    ],
)
def test_a_refusal_is_a_sentence_on_stderr(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    code, said, complaint = run(saved(tmp_path, name, content), "--answer", "side=bought")

    assert code == 2
    assert not said
    assert sentence in complaint
    assert "Traceback" not in complaint


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    code, _, complaint = run(str(tmp_path / "nothing.csv"))

    assert code == 2
    assert complaint.startswith("I can't open")


def test_an_answer_nobody_understands_changes_no_profile(tmp_path: Path) -> None:
    file, profile = saved(tmp_path, "x.csv", UNCLEAR), tmp_path / "answers.json"

    code, _, complaint = run(file, "--profile", str(profile), "--answer", "side=left")

    assert code == 2
    assert "“left” is no answer to side" in complaint
    assert not profile.exists()
