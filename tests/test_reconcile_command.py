"""`gapwatch reconcile` and `gapwatch why`, as typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

SAMPLE = Path(__file__).parent.parent / "bot" / "sample"
PAX8, CONNECTWISE = SAMPLE / "pax8-invoice-2026-10.csv", SAMPLE / "connectwise-additions-2026-10.csv"
HAVE = "Customer,Product,Quantity,Unit Cost\nAcme,Visio Plan 2,12,9.50\nBolt,Visio Plan 2,3,9.50\n"
PAY = "Company,Description,Quantity,Unit Price\nAcme,Visio Plan 2,10,15.00\nBolt,Visio Plan 2,3,15.00\n"


def typed(*words: str | Path) -> tuple[int, str, str]:
    """Run a command: its exit code, what it said, and what it complained of."""
    result = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "100"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def month(tmp_path: Path) -> tuple[Path, Path]:
    """Write a small month with one gap."""
    have, pay = tmp_path / "bought.csv", tmp_path / "billed.csv"
    have.write_text(HAVE)
    pay.write_text(PAY)
    return have, pay


def test_the_sample_month_is_reconciled_money_first() -> None:
    code, said, _ = typed("reconcile", PAX8, CONNECTWISE)

    assert code == 0
    assert said.index("a month is bought") < said.index("client, product") < said.index("Every line accounted for")
    assert "about $959.54 and C$46.58 a month is bought and not billed" in said, "some of it is estimated"
    assert "\n$88.50 a month is billed for" in said, "and none of this"
    assert "177 bought = " in said


def test_a_gap_without_any_price_is_told_as_of_an_unknown_amount_whatever_the_limit(tmp_path: Path) -> None:
    have, pay = tmp_path / "bought.csv", tmp_path / "billed.csv"
    have.write_text("Customer,Product,Quantity\nAcme,Visio Plan 2,12\nAcme,Project Plan 3,3\n")
    pay.write_text("Company,Description,Quantity\nAcme,Project Plan 3,3\n")

    said = typed("reconcile", have, pay, "--min-money", "75")[1]

    assert "An unknown amount a month is bought and not billed" in said
    assert "unknown  Acme" in said
    assert "$0.00" not in said


def test_thousands_are_written_alike_on_both_sides(month: tuple[Path, Path]) -> None:
    for file, seats in zip(month, ("1250", "1240"), strict=True):
        file.write_text(file.read_text().replace(",12,", f",{seats},").replace(",10,", f",{seats},"))

    said = typed("reconcile", *month)[1]

    assert "1,250" in said
    assert "1,240" in said


def test_one_of_a_thing_is_said_as_one(month: tuple[Path, Path], tmp_path: Path) -> None:
    for file in month:
        file.write_text("\n".join(file.read_text().splitlines()[:2]) + "\n")

    said = typed("reconcile", *month, "--json", tmp_path / "result.json")[1]

    assert said.count(": an export, 1 line, 1 client\n") == len(month)
    assert "No gap has an id that begins with “zzz”" in typed("why", tmp_path / "result.json", "zzz")[2]


def test_an_answer_about_a_name_that_no_line_has_is_said_to_be_that(month: tuple[Path, Path], tmp_path: Path) -> None:
    told = tmp_path / "told.csv"
    told.write_text(
        "kind,bought,billed,verdict\nclient,Acme,Acme,same\nclient,Bolt,Blot,same\nproduct,VSO,Visio,same\n"
    )

    said = " ".join(typed("reconcile", *month, "--judgements", told)[1].split())

    assert "2 answers are about names that no line of that side has, and changed nothing: “Blot”, “VSO”" in said


def test_sums_of_another_month_are_not_to_be_trusted() -> None:
    code, said, _ = typed("reconcile", PAX8, CONNECTWISE, "--month", "July 2026")

    assert code == 0
    doubt = "Don't trust these sums until that is settled:\n"
    assert said.index("Is the month right?") < said.index(doubt) < said.index("bought and not billed")
    assert doubt not in typed("reconcile", PAX8, CONNECTWISE)[1]


@pytest.mark.parametrize("columns", ["30", "50", "72", "200"])
def test_who_lacks_what_is_readable_on_a_terminal_of_any_width(month: tuple[Path, Path], columns: str) -> None:
    words = ["reconcile", *map(str, month)]
    said = CliRunner().invoke(app, words, env={"COLUMNS": columns}).stdout

    lines = [line.strip() for line in said.splitlines()]
    assert any("Acme" in line for line in lines)
    assert any("Visio Plan 2" in line for line in lines)
    assert " ".join(said.split()).count("underbilled") == 1
    assert max(map(len, lines)) <= int(columns)


def test_a_gap_can_be_asked_why(month: tuple[Path, Path], tmp_path: Path) -> None:
    kept = tmp_path / "result.json"
    typed("reconcile", *month, "--json", kept)
    gap = json.loads(kept.read_text(encoding="utf-8"))["gaps"][0]["id"]

    code, said, _ = typed("why", kept, gap[:6])

    assert code == 0
    assert "12 bought − 10 billed = 2 missing" in said
    assert "bought: bought.csv, row 2" in said
    assert "“Acme”: by the same name" in said


def test_why_says_about_of_money_that_is_estimated(tmp_path: Path) -> None:
    kept = tmp_path / "result.json"
    typed("reconcile", PAX8, CONNECTWISE, "--json", kept)
    gaps = json.loads(kept.read_text(encoding="utf-8"))["gaps"]
    told = {gap["exact"]: typed("why", kept, gap["id"])[1] for gap in reversed(gaps)}

    assert "unbilled, about 207.00 USD a month (price, estimated: " in told[False]
    assert "underbilled, 78.00 USD a month (price, exact)" in told[True]


def test_a_later_run_says_what_changed(month: tuple[Path, Path], tmp_path: Path) -> None:
    kept = tmp_path / "result.json"
    typed("reconcile", *month, "--json", kept)
    month[0].write_text(HAVE.replace("12", "14"))

    code, said, _ = typed("reconcile", *month, "--since", kept)

    assert code == 0
    assert "0 new, 1 grown, 0 shrunk, 0 closed, 0 unchanged" in said


def test_what_makes_the_files_an_unlikely_pair_is_said_before_the_money(month: tuple[Path, Path]) -> None:
    code, said, _ = typed("reconcile", month[0], month[0], "--month", "2026-07")

    assert code == 0
    assert said.index("Both sides are the same file") < said.index("is bought and not billed")


def test_judgements_and_rules_are_used(month: tuple[Path, Path], tmp_path: Path) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text('[{"kind": "included", "client": "Acme", "seats": 2}]')
    judgements = tmp_path / "judgements.csv"
    judgements.write_text("kind,bought,billed,verdict\nclient,Acme,Acme,same\n")

    code, said, _ = typed("reconcile", *month, "--rules", rules, "--judgements", judgements)

    assert code == 0
    assert "Nothing is bought and not billed" in said
    assert "1 explained" in said


def test_gaps_below_the_thresholds_are_counted_and_not_shown(month: tuple[Path, Path]) -> None:
    code, said, _ = typed("reconcile", *month, "--min-money", "75", "--min-seats", "2")

    assert code == 0
    assert "1 gap below the thresholds is not shown" in said


def test_a_column_that_can_not_be_told_is_asked_about_with_exit_code_3(tmp_path: Path) -> None:
    unclear = tmp_path / f"{'unclear ' * 12}[red].csv"
    unclear.write_text("Customer,Product,Alpha,Beta\nAcme,Visio,3,4\nBolt,Visio,5,6\n")
    other = tmp_path / "billed.csv"
    other.write_text(PAY)

    code, said, complaint = typed("reconcile", unclear, other)

    assert (code, said) == (3, "")
    assert f"{unclear.name}: Which column is the quantity: “Alpha” or “Beta”?\n" in complaint
    assert f"    gapwatch inspect '{unclear}' --profile answers.json --answer quantity=Alpha\n" in complaint


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--month", "soon"], "I can't read “soon” as a month. Write it like"),
        (["--rules", "{bad}"], "not JSON"),
        (["--judgements", "{bad}"], "judgements"),
        (["--since", "{bad}"], "This is not an earlier result"),
        (["--profile", "{bad}"], "JSON"),
        (["--json", "/nowhere/at/all.json"], "I can't write /nowhere/at/all.json"),
        (["--min-money", "lots"], "not a number"),
        (["--min-seats", "-1"], "is no limit"),
        (["--currency", "dollars"], "three letters"),
    ],
)
def test_an_option_that_can_not_be_used_is_a_sentence(
    month: tuple[Path, Path], tmp_path: Path, options: list[str], complaint: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{nonsense")

    code, said, complained = typed("reconcile", *month, *(option.format(bad=bad) for option in options))

    assert (code, said) == (2, "")
    assert complaint in " ".join(complained.replace("│", " ").split())


def test_a_file_that_is_not_there_or_no_export_is_a_sentence(month: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "login.csv"
    page.write_text("<!DOCTYPE html><html><title>Sign in</title></html>")

    assert "I can't open" in typed("reconcile", tmp_path / "none.csv", month[1])[2]
    assert "page" in typed("reconcile", page, month[1])[2]
    assert "I can't open" in typed("why", tmp_path / "none.json", "a")[2]


@pytest.mark.parametrize(
    "gaps", ["5", "[7]", "[{}]", '[{"id": 7}]', '[{"id": "abc"}]', '[{"id": "abc", "kind": "odd", "why": null}]']
)
def test_a_result_that_somebody_changed_is_refused_with_a_sentence(
    month: tuple[Path, Path], tmp_path: Path, gaps: str
) -> None:
    changed = tmp_path / "changed.json"
    changed.write_text(f'{{"schema": "gapwatch.reconciliation/1", "gaps": {gaps}}}')

    for words in (("why", changed, "abc"), ("reconcile", *month, "--since", changed)):
        code, _, complaint = typed(*words)

        assert code == 2
        assert "not a result as I wrote it" in complaint


FULL = Path("/dev/full")


@pytest.mark.parametrize("option", ["--json", "--xlsx", "--csv"])
def test_nothing_is_written_over_what_was_given_to_be_read(month: tuple[Path, Path], option: str) -> None:
    code, said, complaint = typed("reconcile", *month, option, month[0])

    assert (code, said, month[0].read_text()) == (2, "", HAVE)
    assert complaint == f"I would write over {month[0]}, which you gave me for something else. Name another file.\n"


def test_two_results_in_one_file_and_a_folder_that_is_not_there_are_refused_before_any_work(
    month: tuple[Path, Path], tmp_path: Path
) -> None:
    twice = typed("reconcile", *month, "--json", tmp_path / "out", "--csv", tmp_path / "out")
    nowhere = typed("reconcile", *month, "--json", tmp_path / "no" / "out.json")

    assert (twice[0], nowhere[0], nowhere[2]) == (
        2,
        2,
        f"I can't write {tmp_path / 'no' / 'out.json'}: there is no folder {tmp_path / 'no'}.\n",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["billed.csv", "bought.csv"]


def test_an_earlier_result_may_be_followed_by_the_next_in_its_place(month: tuple[Path, Path], tmp_path: Path) -> None:
    kept = tmp_path / "result.json"
    typed("reconcile", *month, "--json", kept)

    assert typed("reconcile", *month, "--since", kept, "--json", kept)[0] == 0


LITTLE_ROOM = (
    "import resource, runpy, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); runpy.run_module('bot', run_name='__main__')"
)


@pytest.mark.skipif(os.name == "nt", reason="there is no limit to the size of a file")
def test_a_disk_that_fills_up_leaves_the_earlier_result_as_it_was(month: tuple[Path, Path], tmp_path: Path) -> None:
    kept = tmp_path / "result.json"
    typed("reconcile", *month, "--json", kept)
    before = kept.read_bytes()

    words = [sys.executable, "-c", LITTLE_ROOM, "reconcile", *map(str, month), "--json", str(kept)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, f"I can't open {kept}: File too large.\n")
    assert kept.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["billed.csv", "bought.csv", "result.json"]


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is full")
def test_a_result_that_can_not_be_shown_is_a_sentence(month: tuple[Path, Path]) -> None:
    with FULL.open("w") as full:
        words = [sys.executable, "-m", "bot", "reconcile", *map(str, month)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, "I can't write what I have to say: No space left on device.\n")
