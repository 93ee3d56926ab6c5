"""However a month's exports are written, they are read without a question and the same gaps are found."""

from __future__ import annotations

from time import process_time

import pytest
from messy import BILLED, BOUGHT, DUO, EXPORTS, GAPS, text

from recon import (
    NO_PROFILES,
    NothingCounted,
    Reading,
    Side,
    UnreadableFile,
    join_readings,
    read_lines,
    reconcile,
)

CLEAN = ["Customer", "Product", "Qty", "Unit Price"]
BOUGHT_CLEAN = read_lines(text([CLEAN, *BOUGHT]), "pax8.csv", side=Side.BOUGHT)
BILLED_CLEAN = read_lines(text([CLEAN, *BILLED]), "psa.csv", side=Side.BILLED)


def gaps_between(bought: Reading, billed: Reading) -> set[tuple[str, str, str, int]]:
    return {(gap.client, gap.product, str(gap.kind), int(gap.seats)) for gap in reconcile(bought, billed).gaps}


@pytest.mark.parametrize("export", EXPORTS)
def test_the_same_gaps_are_found(export: str) -> None:
    bought = read_lines(EXPORTS[export](BOUGHT), "export.xls", side=Side.BOUGHT)
    billed = read_lines(EXPORTS[export](BILLED), "export.xls", side=Side.BILLED)

    assert not bought.questions + billed.questions
    assert gaps_between(bought, BILLED_CLEAN) == GAPS
    assert gaps_between(BOUGHT_CLEAN, billed) == GAPS


def test_a_file_that_counts_no_seats_accuses_nobody() -> None:
    amounts = read_lines(
        text([["Customer", "Product", "Amount"], *([c, p, f"{seats}.50"] for c, p, seats, _ in BILLED)]),
        "amounts.csv",
        side=Side.BILLED,
    )

    with pytest.raises(
        NothingCounted, match=r"amounts.csv says nowhere how many seats.*I see Customer, Product, Amount"
    ):
        reconcile(BOUGHT_CLEAN, amounts)


@pytest.mark.parametrize("word", ["Service charge", "Flat fee"])
def test_a_file_that_charges_only_fees_is_said_to_be_so_and_not_to_lack_a_quantity(word: str) -> None:
    content = text([[*CLEAN, "Charge Type"], *([*row, word] for row in BILLED)])
    asked = read_lines(content, "fees.csv", side=Side.BILLED)
    (question,) = asked.questions
    assert f"Every line of fees.csv is a fee, for “Charge Type” says “{word}”" in question.sentence
    told = NO_PROFILES.answering(asked.layout.fingerprint, f"charge_type={question.candidates[1].value}")

    with pytest.raises(NothingCounted, match=r"fees.csv holds only fees.*“Charge Type”") as stopped:
        reconcile(BOUGHT_CLEAN, read_lines(content, "fees.csv", profiles=told, side=Side.BILLED))

    assert "nowhere how many" not in str(stopped.value)


def test_fees_that_a_person_says_are_none_are_compared() -> None:
    content = text([[*CLEAN, "Charge Type"], *([*row, "Service charge"] for row in BILLED)])
    asked = read_lines(content, "fees.csv", side=Side.BILLED)
    (question,) = asked.questions
    assert question.candidates[0].label == "It counts seats, whatever “Charge Type” says"
    told = NO_PROFILES.answering(asked.layout.fingerprint, f"{question.about}={question.candidates[0].value}")

    assert gaps_between(BOUGHT_CLEAN, read_lines(content, "fees.csv", profiles=told, side=Side.BILLED)) == GAPS


def test_of_files_put_together_a_quantity_in_any_is_one() -> None:
    content = text([[*CLEAN, "Charge Type"], *([*row, "Fee"] for row in BILLED)])
    fingerprint = read_lines(content, "fees.csv", side=Side.BILLED).layout.fingerprint
    told = NO_PROFILES.answering(fingerprint, "charge_type=Charge Type")
    fees = read_lines(content, "fees.csv", profiles=told, side=Side.BILLED)
    amounts = read_lines(
        text([["Customer", "Product", "Amount"], *([c, p, "9.50"] for c, p, *_ in BILLED)]), "a.csv", side=Side.BILLED
    )

    with pytest.raises(NothingCounted, match=r"a.csv \+ fees.csv holds only fees, for “Charge Type” says “Fee”"):
        reconcile(BOUGHT_CLEAN, join_readings([amounts, fees]))


def test_a_custom_of_prorating_makes_no_line_a_proration() -> None:
    reading = read_lines(
        text([[*CLEAN, "Policy"], *([*row, "Prorated daily"] for row in BILLED)]), "x.csv", side=Side.BILLED
    )

    assert gaps_between(BOUGHT_CLEAN, reading) == GAPS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"<html><title>Sign in</title><table><tr><td>Name<td><input></table>",
            "a web page called “Sign in” without a table",
        ),
        (b"<?xml version='1.0'?><feed><entry/></feed>", "is XML, and I find no table of lines in it"),
        (b"<html>" + b"<table>" * 1000, "without a table of lines"),
    ],
)
def test_markup_without_lines_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read_lines(content, "export.xls", side=Side.BILLED)


def test_one_wide_row_does_not_make_every_row_as_wide() -> None:
    content = b"Customer,Product,Qty\n" + b"Acme,Duo,3\n" * 100_000 + b"," * 1999 + b"\nBolt,Duo,4\n"

    reading = read_lines(content, "x.csv", side=Side.BILLED)

    assert reading.lines.height == 100_001
    assert reading.table.width <= 1501


def test_signs_nobody_sees_are_no_part_of_a_name() -> None:
    reading = read_lines(text([CLEAN, ["Acme\u200b Dental", f"{DUO}\u200e", 3, "4"]]), "x.csv", side=Side.BILLED)

    assert reading.lines.select("client", "product").row(0) == ("Acme Dental", DUO)


def page(*rows: str) -> bytes:
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<html><table><tr><th>Customer<th>Product<th>Qty<th>Price</tr>{lines}</table></html>".encode()


@pytest.mark.parametrize(
    "row",
    [
        "<td>Acme<td>Duo MFA<td><!-- q -->3<td>4.50",
        "<td>Acme<!-- <td>x</td> --><td>Duo MFA<td>3<td>4.50",
        "<td>Acme<td><style type='text/css'>td > a {color: red}</style>Duo MFA<td>3<td>4.50",
        "<td>Acme<td>Duo MFA<script>if (1 < 2) write('<td>')</script><td>3<td>4.50",
        "<td>Acme<td><![if !supportEmptyParas]>Duo<!----> MFA<![endif]><td>3<!--><td>4.50",
    ],
)
def test_what_a_browser_does_not_show_is_no_part_of_a_table(row: str) -> None:
    reading = read_lines(page(row, "<td>Bolt<td>Visio<td>2<td>9"), "x.xls", side=Side.BILLED)

    assert reading.lines.select("client", "product", "quantity").row(0) == ("Acme", "Duo MFA", 3)


@pytest.mark.parametrize("start", ["<!--", "<style>", "<script", "<style<"])
def test_comments_that_never_end_take_no_time(start: str) -> None:
    row = "<td>Acme<td>Duo MFA<td>3<td>4.50"
    content = page(row, row, start * 500_000)
    began = process_time()

    read_lines(content, "x.xls", side=Side.BILLED)

    assert process_time() - began < 10
