"""What people open: a workbook of everything and a CSV of the gaps."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from recon import Direction, Reconciliation, export_gaps, export_workbook, read_lines, reconcile

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"
EVIL = '=HYPERLINK("http://example.com","Acme")'
BOUGHT = """company_name,company_id,type,description,term,start_period,end_period,quantity,price,cost,currency
"{client}",c-1,subscription,"{product}",Monthly,2026-10-01,2026-10-31,{seats},5.00,3.00,USD
Plain Ltd,c-2,subscription,Visio Plan 2,Monthly,2026-10-01,2026-10-31,4,15.00,12.00,USD
"""
BILLED = """Company Name,Agreement,Description,Quantity,Unit Price,Billing Cycle,Bill Customer
"{client}",Managed,"{product}",{seats},$6.00,Monthly,Billable
Plain Ltd,Managed,Visio Plan 2,4,$18.00,Monthly,Billable
"""

Row = dict[str, Any]


@pytest.fixture(scope="module")
def sample() -> Reconciliation:
    bought, billed = (SAMPLE / name for name in ("pax8-invoice-2026-10.csv", "connectwise-additions-2026-10.csv"))
    return reconcile(read_lines(bought.read_bytes(), bought.name), read_lines(billed.read_bytes(), billed.name))


def hostile_month() -> Reconciliation:
    """Three seats bought and one billed, of a product and at a client named like formulas."""
    named = {"client": EVIL.replace('"', '""'), "product": "@SUM(A1:A9)\t-1"}
    bought, billed = BOUGHT.format(**named, seats=3), BILLED.format(**named, seats=1)
    return reconcile(read_lines(bought.encode(), "=bought.csv"), read_lines(billed.encode(), "+billed.csv"))


def sheets(result: Reconciliation) -> dict[str, list[Row]]:
    """Open the workbook as rows by column name."""
    book = openpyxl.load_workbook(io.BytesIO(export_workbook(result)))
    return {page.title: named(list(page.iter_rows(values_only=True))) for page in book.worksheets}


def named(rows: list[tuple[Any, ...]]) -> list[Row]:
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def csv_rows(result: Reconciliation) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export_gaps(result).decode("utf-8-sig"))))


def sums(rows: list[Row]) -> dict[tuple[str, str], Decimal]:
    """Add up the money by direction and currency, as a person would in the sheet."""
    total: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        if row["Kind"] != "waiting":
            place = row["Direction"], row["Currency"]
            total[place] = total.get(place, Decimal(0)) + Decimal(str(row["Monthly"]))
    return total


def test_every_line_is_in_the_workbook_once_with_its_class(sample: Reconciliation) -> None:
    lines = sheets(sample)["Lines"]

    assert Counter((line["Side"], line["Row"]) for line in lines) == Counter(sample.lines.select("side", "row").rows())
    assert {(line["Side"], line["Row"], line["Class"]) for line in lines} == set(
        sample.lines.select("side", "row", "class").rows()
    )


def test_the_gaps_add_up_to_the_totals_in_both_files(sample: Reconciliation) -> None:
    totals = {(way.value, money.currency): money.amount for way in Direction for money in sample.total(way)}

    assert sums(sheets(sample)["Gaps"]) == totals
    assert sums(list(csv_rows(sample))) == totals


def test_a_line_names_the_gaps_it_is_part_of(sample: Reconciliation) -> None:
    rows = {(line["Side"], line["Row"]): line for line in sheets(sample)["Lines"]}

    for gap in sample.gaps:
        for row in gap.bought_rows:
            assert gap.id in rows["bought", row]["Gap"]
        for row in gap.billed_rows:
            assert gap.id in rows["billed", row]["Gap"]


def test_the_summary_ties_to_the_other_sheets(sample: Reconciliation) -> None:
    book = sheets(sample)

    summary = {(row["About"], row["What"], row["Currency"]): row for row in book["Summary"]}
    for way, name in ((Direction.UNDER, "under-billed"), (Direction.OVER, "over-billed")):
        for money in sample.total(way):
            assert Decimal(str(summary["total", name, money.currency]["Monthly"])) == money.amount
    for side in ("bought", "billed"):
        counted = {row["What"]: row["Count"] for row in book["Summary"] if row["About"] == f"{side} lines"}
        assert counted == Counter(line["Class"] for line in book["Lines"] if line["Side"] == side)
    assert summary["open", "questions", None]["Count"] == len(book["Questions"]) == len(sample.questions)
    assert summary["open", "problems", None]["Count"] == len(book["Problems"]) == len(sample.problems) > 0


def test_a_question_shows_its_candidates_and_why(sample: Reconciliation) -> None:
    tie = next(row for row in sheets(sample)["Questions"] if row["Name"] == "Blue Heron Dental Partners")

    assert "Blue Heron Dental - Eastside (" in tie["Candidates"]
    assert "%" in tie["Candidates"]


def test_no_name_from_a_file_starts_a_formula() -> None:
    result = hostile_month()
    assert result.gaps, "the hostile month has a gap to export"

    book = openpyxl.load_workbook(io.BytesIO(export_workbook(result)))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    texts = [str(cell.value) for cell in cells if cell.data_type == "s"]
    texts += [value for row in csv_rows(result) for value in row.values()]
    assert f"'{EVIL}" in texts
    assert not [text for text in texts if text.lstrip().startswith(("=", "+", "-", "@"))]


def test_the_csv_writes_numbers_as_a_person_does() -> None:
    (row,) = csv_rows(hostile_month())

    assert (row["Bought"], row["Billed"], row["Seats"], row["Monthly"]) == ("3", "1", "2", "12.00")


def test_a_month_without_gaps_still_gives_both_files() -> None:
    named = {"client": "Acme", "product": "Microsoft 365 E3", "seats": 3}
    bought, billed = BOUGHT.format(**named).encode(), BILLED.format(**named).encode()
    result = reconcile(read_lines(bought, "bought.csv"), read_lines(billed, "billed.csv"))

    assert result.gaps == ()
    assert csv_rows(result) == []
    assert len(sheets(result)["Lines"]) == 4


def test_the_same_result_gives_the_same_bytes(sample: Reconciliation) -> None:
    assert export_workbook(sample) == export_workbook(sample)
    assert export_gaps(sample) == export_gaps(sample)


def shown(result: Reconciliation, sheet: str) -> dict[str, tuple[object, str]]:
    """Give each row's money and how it is shown, by what the row is about."""
    page = openpyxl.load_workbook(io.BytesIO(export_workbook(result)))[sheet]
    heads = [str(cell.value) for cell in page[1]]
    name, money, currency = (heads.index(head) for head in ("What", "Monthly", "Currency"))
    rows = list(page.iter_rows(min_row=2))
    return {
        f"{row[0].value} {row[name].value} {row[currency].value}": (row[money].value, row[money].number_format)
        for row in rows
    }


def test_a_sum_with_an_estimate_in_it_says_about_and_is_a_number(sample: Reconciliation) -> None:
    summary = shown(sample, "Summary")

    assert summary["total under-billed USD"] == (959.54, '"about "#,##0.00')
    assert summary["total over-billed USD"] == (88.5, "#,##0.00")


def test_an_estimated_gap_says_about_in_its_cell(sample: Reconciliation) -> None:
    formats = [one for _, one in shown(sample, "Gaps").values()]

    assert formats.count('"about "#,##0.00') == sum(not gap.exact for gap in sample.gaps) > 0


def test_the_money_of_a_question_is_a_number_with_its_currency(sample: Reconciliation) -> None:
    questions = sheets(sample)["Questions"]

    assert {type(row["Monthly"]) for row in questions if row["Currency"]} <= {int, float}
    assert {row["Currency"] for row in questions} >= {"USD"}
