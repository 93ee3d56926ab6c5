from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from bot.cli import app
from recon import Kind, match_pairs

LEFT = "id,name,domain\n1,Acme Inc,acme.com\n2,Wayne Ind.,\n3,Stark,\n"
RIGHT = "id,name\na,ACME\nb,Wayne Industries\n"


def run(folder: Path, left: str, right: str, *options: str) -> tuple[int, str]:
    (folder / "left.csv").write_text(left, encoding="utf-8")
    (folder / "right.csv").write_text(right, encoding="utf-8")
    paths = [str(folder / name) for name in ("left.csv", "right.csv")]
    result = CliRunner().invoke(app, ["match", *paths, "--out", str(folder / "pairs.csv"), *options])
    return result.exit_code, result.output


def test_two_lists_become_pairs_with_scores_verdicts_and_reasons(tmp_path: Path) -> None:
    code, output = run(tmp_path, LEFT, RIGHT)

    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert code == 0, output
    assert list(rows[0]) == ["left_id", "right_id", "score", "verdict", "reasons"]
    assert ("1", "a", "certain") in [(row["left_id"], row["right_id"], row["verdict"]) for row in rows]
    assert all(0 <= float(row["score"]) <= 1 for row in rows)


def test_the_command_and_the_callable_give_the_same_answers(tmp_path: Path) -> None:
    run(tmp_path, LEFT, RIGHT)
    lists = (pl.read_csv(tmp_path / f"{side}.csv", infer_schema=False) for side in ("left", "right"))
    called = match_pairs(*lists, kind=Kind.CLIENT)

    written = pl.read_csv(tmp_path / "pairs.csv", infer_schema=False)
    assert written.select("left_id", "right_id", "verdict").equals(called.select("left_id", "right_id", "verdict"))


def test_the_pairs_are_safe_to_open_and_ordinary_ids_are_as_they_were(tmp_path: Path) -> None:
    ids = ["=1+1", "-94", "+3.5", "@SUM(A1)", "AC-1", "007", "1b2c-x", "-x", "a;=2"]
    left = "id,name\n" + "".join(
        f"{name},Company {letter} Ltd\n" for name, letter in zip(ids, "abcdefghi", strict=True)
    )
    right = "id,name\n" + "".join(f"{letter},=Company {letter} Ltd\n" for letter in "abcdefghi")

    run(tmp_path, left, right)

    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    written = {row["left_id"] for row in rows}
    assert written == {"'=1+1", "-94", "+3.5", "'@SUM(A1)", "AC-1", "007", "1b2c-x", "'-x", "a;'=2"}
    assert not any(row["reasons"].startswith(("=", "+", "-", "@")) for row in rows)


def test_judgements_are_followed(tmp_path: Path) -> None:
    (tmp_path / "told.csv").write_text("kind,bought,billed,verdict\nclient,Stark,ACME,same\n", encoding="utf-8")

    run(tmp_path, LEFT, RIGHT, "--judgements", str(tmp_path / "told.csv"))

    assert "3,a,1.0,certain" in (tmp_path / "pairs.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_lists_may_come_from_any_spreadsheet(tmp_path: Path, encoding: str) -> None:
    for name in ("left", "right"):
        (tmp_path / f"{name}.csv").write_bytes("ID;Name\r\n1;Café Müller\r\n2;Stark\r\n".encode(encoding))
    paths = [str(tmp_path / f"{name}.csv") for name in ("left", "right")]

    result = CliRunner().invoke(app, ["match", *paths, "--out", str(tmp_path / "pairs.csv")])

    assert result.exit_code == 0, result.output
    pairs = pl.read_csv(tmp_path / "pairs.csv")
    assert pairs.select("left_id", "right_id", "verdict").rows() == [(1, 1, "certain"), (2, 2, "certain")]


def test_a_list_that_is_no_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "left.xlsx").write_bytes(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0")
    path = str(tmp_path / "left.xlsx")

    result = CliRunner().invoke(app, ["match", path, path, "--out", str(tmp_path / "pairs.csv")])

    assert (result.exit_code, result.output) == (2, f"{path} is not text, so I can't read it.\n")


@pytest.mark.parametrize(("left", "right"), [("", ""), ("---", "!!!")])
def test_names_that_say_nothing_are_never_certainly_one(tmp_path: Path, left: str, right: str) -> None:
    run(tmp_path, f"id,name\n1,{left}\n", f"id,name\na,{right}\n")

    assert "certain" not in (tmp_path / "pairs.csv").read_text(encoding="utf-8")


def test_a_folder_is_no_list_of_names(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["match", str(tmp_path), str(tmp_path), "--out", str(tmp_path / "pairs.csv")])

    assert result.exit_code == 2
    assert result.output == f"I can't open {tmp_path}: Is a directory.\n"


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        ("id,title\n1,A\n", "no column 'name'"),
        ("id,name\n1,A\n1,B\n", "more than once"),
        ("", "can't read"),
        ("id,name,Name\n1,A,B\n", "can't read"),
        ("a\n", "'id'"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path, left: str, sentence: str) -> None:
    code, output = run(tmp_path, left, RIGHT)

    assert code == 2
    assert sentence in output
    assert "Traceback" not in output


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    code, output = run(tmp_path, LEFT, RIGHT, "--judgements", str(tmp_path / "none.csv"))

    assert code == 2
    assert "none.csv" in output
