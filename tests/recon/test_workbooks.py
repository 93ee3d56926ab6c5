"""Workbooks: the right sheet, a header further down, numbers and dates as the workbook holds them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from hostile import saved
from openpyxl import Workbook

from recon import Side, read_lines


def month() -> Workbook:
    """Make a workbook as people get them: a cover, a hidden copy, and the lines on the third sheet from row 5."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Summary"
    cover.append(["Agreement report"])
    cover.append(["Total amount", 1234.5])
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    hidden.append(["Customer", "Product", "Quantity", "Unit Cost", "Subscription ID", "Charge Start Date"])
    hidden.append(["Nobody", "Old", 1, 1.0, "x", date(2020, 1, 1)])
    lines = book.create_sheet("Details")
    rows: list[list[object]] = [
        ["Cloud invoice"],
        ["Printed", datetime(2026, 11, 2, 9, 30)],  # noqa: DTZ001 - a workbook knows no zones
        [],
        [],
        ["Customer", "Product", "Quantity", "Unit Cost", "Subscription ID", "Charge Start Date"],
        ["Acme", "Duo MFA", 1000, 1.234, "0001", date(2026, 10, 1)],
        ["Hooli", "Duo MFA", 2.5, 12, "0002", date(2026, 10, 1)],
        [],
        ["Hooli", "Zoom", "3", "4.50", 3, "2026-10-01"],
        ["Total", None, 1005.5, 1234, None, None],
    ]
    for row in rows:
        lines.append(row)
    return book


def test_the_sheet_with_the_lines_is_read_from_its_header_on() -> None:
    reading = read_lines(saved(month()), "invoice.xlsx")

    assert (reading.layout.sheet, reading.layout.header_row, reading.layout.side) == ("Details", 5, Side.BOUGHT)
    assert reading.lines.select("row", "client", "quantity", "unit_cost", "line_id").rows() == [
        (6, "Acme", Decimal(1000), Decimal("1.234"), "0001"),
        (7, "Hooli", Decimal("2.5"), Decimal(12), "0002"),
        (9, "Hooli", Decimal(3), Decimal("4.5"), "3"),
    ]
    assert reading.lines["period_start"].to_list() == [date(2026, 10, 1)] * 3
    assert reading.set_aside.rows() == [(10, "total")]
    assert reading.layout.blank_rows == 1
    assert not reading.problems


def test_a_workbooks_own_numbers_are_never_ambiguous() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Customer", "Product", "Quantity", "Unit Cost"])
    sheet.append(["Acme", "Duo", 1, 1.234])

    reading = read_lines(saved(book), "x.xlsx", side=Side.BOUGHT)

    assert not reading.questions
    assert reading.lines["unit_cost"].to_list() == [Decimal("1.234")]


def test_the_table_shows_what_the_workbook_shows() -> None:
    reading = read_lines(saved(month()), "invoice.xlsx")

    assert reading.table.row(0) == (6, "Acme", "Duo MFA", "1000", "1.234", "0001", "2026-10-01")


def test_a_second_sheet_of_lines_is_told_of_and_not_mixed_in() -> None:
    book = month()
    again = book.create_sheet("September")
    again.append(["Customer", "Product", "Quantity", "Unit Cost", "Subscription ID", "Charge Start Date"])
    again.append(["Acme", "Duo MFA", 3, 4.5, "9", date(2026, 9, 1)])

    reading = read_lines(saved(book), "invoice.xlsx")

    assert reading.layout.sheet == "Details"
    assert [problem.cell for problem in reading.problems] == ["September"]


def test_a_table_may_begin_anywhere_on_its_sheet() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    header: list[str | float] = ["Customer", "Product", "Quantity", "Unit Cost"]
    rows: list[list[str | float]] = [header, ["Acme", "Duo", 3, 4.5]]
    for down, row in enumerate(rows, start=7):
        for right, value in enumerate(row, start=3):
            sheet.cell(down, right, value)

    reading = read_lines(saved(book), "x.xlsx", side=Side.BOUGHT)

    assert (reading.layout.header_row, reading.lines["row"].to_list()) == (7, [8])
    assert reading.lines.select("client", "unit_cost").row(0) == ("Acme", Decimal("4.5"))
