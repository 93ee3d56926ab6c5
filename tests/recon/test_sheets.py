"""A workbook holds what the table says, and nothing in it acts."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from recon import Sheet, write_workbook

HOSTILE = [
    "=1+1",
    "+49 30 1234",
    "-Server",
    "@SUM(A1)",
    "   =cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    "\n@x",
    "\u00a0=1",
    "\u200b=1",
    "＝1+1",
    '=HYPERLINK("http://example.com","x")',
]
PLAIN = [
    "Acme & Sons <b>",
    'O\'Neill "Bros"',
    "日本",
    "😀",
    "a = b",
    "5-1",
    "<r><t>x</t></r>",
    "",
    " padded ",
    "x" * 40_000,
]


def opened(*sheets: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(sheets)))


def page(book: openpyxl.Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def column(book: openpyxl.Workbook, name: str, letter: str = "A") -> list[Any]:
    return [cell.value for cell in page(book, name)[letter][1:]]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_would_start_a_formula_is_only_text(text: str) -> None:
    book = opened(Sheet("Gaps", pl.DataFrame({"Client": [text]})))

    cell = page(book, "Gaps")["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")
    assert str(cell.value)[1:] == text.replace("\r", "\n")


def test_other_text_comes_through_as_it_is() -> None:
    book = opened(Sheet("Gaps", pl.DataFrame({"Client": PLAIN, "No": range(len(PLAIN))})))

    values = column(book, "Gaps")
    assert [value or "" for value in values[:-1]] == PLAIN[:-1]
    assert values[-1] == "x" * 16_000 + "…"


@given(st.lists(st.text(), min_size=1, max_size=20))
def test_no_text_whatever_breaks_the_workbook_or_starts_a_formula(texts: list[str]) -> None:
    book = opened(Sheet("Gaps", pl.DataFrame({"Client": texts, "No": range(len(texts))})))

    rows = list(page(book, "Gaps").iter_rows(min_row=2))
    assert len(rows) == len(texts)
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} <= {"s", "n"}
    assert not any(str(row[0].value or "").lstrip().startswith(("=", "+", "-", "@")) for row in rows)


def test_numbers_money_and_dates_are_shown_as_such() -> None:
    table = pl.DataFrame(
        {"Seats": [Decimal("2.5")], "Monthly": [Decimal("1234.5")], "Since": [date(2026, 10, 31)], "Row": [7]}
    )

    cells = page(opened(Sheet("Gaps", table, money=frozenset({"Monthly"}))), "Gaps")[2]

    assert [cell.value for cell in cells][:2] == [2.5, 1234.5]
    assert cells[2].value.date() == date(2026, 10, 31)  # type: ignore[union-attr] # openpyxl's cell values are a wide union
    assert [cell.number_format for cell in cells] == ["General", "#,##0.00", "yyyy-mm-dd", "General"]


def test_a_sheet_is_ready_to_work_with() -> None:
    table = pl.DataFrame({"Client": ["A client with rather a long name, as some have"], "Note": ["x" * 500], "No": [1]})

    sheet = page(opened(Sheet("Gaps", table)), "Gaps")

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABC"] == [48, 61, 10]
    assert sheet["A1"].font.bold


def test_an_empty_table_and_an_empty_cell_stay_empty() -> None:
    table = pl.DataFrame({"Client": ["a", None], "Monthly": [None, Decimal(1)]})

    book = opened(Sheet("Gaps", table), Sheet("None", table.head(0)))

    assert [[cell.value for cell in row] for row in page(book, "Gaps").iter_rows(min_row=2)] == [["a", None], [None, 1]]
    assert page(book, "None").max_row == 1


def test_the_same_table_gives_the_same_bytes() -> None:
    sheet = Sheet("Gaps", pl.DataFrame({"Client": PLAIN + HOSTILE}))

    assert write_workbook([sheet]) == write_workbook([sheet])


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next() -> None:
    lines = Sheet("Lines", pl.DataFrame({"No": range(25_001)}))

    book = openpyxl.load_workbook(io.BytesIO(write_workbook([lines], most_rows=12_000)))

    assert book.sheetnames == ["Lines", "Lines 2", "Lines 3"]
    assert [value for name in book.sheetnames for value in column(book, name)] == list(range(25_001))
    assert page(book, "Lines 3").auto_filter.ref == "A1:A1002"
