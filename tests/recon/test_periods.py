"""Files of several months: each line is of the month that its file tells in whatever way."""

from __future__ import annotations

from datetime import date

import pytest
from exports import as_csv

from recon import Reading, Side, read_lines, reconcile

LINES = [["Acme", "Duo MFA", "3", "4.50"], ["Bolt", "Duo MFA", "5", "4.50"], ["Hooli", "Visio Plan 2", "2", "15.00"]]
HEADERS = ["Customer", "Product", "Qty", "Price"]
OCTOBER = read_lines(as_csv(HEADERS, LINES), "pax8.csv", side=Side.BOUGHT)


def billed(heading: str, *months: str) -> Reading:
    rows = [[*line, month] for month in months for line in LINES]
    return read_lines(as_csv([*HEADERS, heading], rows), "psa.csv", side=Side.BILLED)


@pytest.mark.parametrize(
    ("heading", "september", "october"),
    [
        ("Month", "2026-09", "2026-10"),
        ("Month", "Sep 2026", "Oct 2026"),
        ("Month", "2026-09-01", "2026-10-01"),
        ("Billing Period", "09/01/2026 - 09/30/2026", "10/01/2026 - 10/31/2026"),
        ("Billing Period", "01.09.2026 bis 30.09.2026", "01.10.2026 bis 31.10.2026"),
        ("Service Period", "2026-09-01/2026-09-30", "2026-10-01/2026-10-31"),
        ("Invoice Date", "2026-09-28", "2026-10-28"),
    ],
)
def test_of_several_months_in_one_file_the_newest_is_compared(heading: str, september: str, october: str) -> None:
    reading = billed(heading, september, october)

    result = reconcile(OCTOBER, reading)

    assert not reading.questions
    assert str(result.month) == "2026-10"
    assert not result.gaps
    assert sorted(result.lines.filter(side="billed")["class"]) == ["matched"] * 3 + ["other month"] * 3


@pytest.mark.parametrize(
    ("heading", "months"),
    [
        ("Month", ("9", "10")),
        ("Month", ("Sep", "Oct")),
        ("Billing Month", ("September", "October")),
        ("Monat", ("Sept.", "Okt.")),
        ("Period", ("09", "10")),
    ],
)
def test_months_that_name_no_year_are_told_of_since_all_of_them_count(heading: str, months: tuple[str, str]) -> None:
    (told,) = billed(heading, *months).problems

    assert told.row is None
    assert f"“{heading}” says no year (" in told.sentence


@pytest.mark.parametrize(
    ("heading", "said"),
    [("Month", ("10", "10")), ("Billing Period", ("Monthly", "Annual")), ("Month", ("2026-09", "2026-10"))],
)
def test_one_month_or_what_is_no_month_is_nothing_to_tell_of(heading: str, said: tuple[str, str]) -> None:
    assert billed(heading, *said).problems == ()


def test_a_period_in_one_cell_is_read_with_the_day_order_of_its_column() -> None:
    lines = billed("Billing Period", "01/10/2026 - 31/10/2026").lines

    assert set(lines["period_start"]) == {date(2026, 10, 1)}
    assert set(lines["period_end"]) == {date(2026, 10, 31)}


def test_a_cell_that_is_no_period_is_told_and_the_line_goes_on() -> None:
    reading = billed("Billing Period", "2026-07", "2026-08", "2026-09", "2026-10", "soon")

    assert reading.lines.height == 15
    assert "I can't read “soon” in “Billing Period” as a period" in reading.problems[0].sentence


def test_that_lines_go_by_the_date_of_their_invoice_is_said() -> None:
    reading = billed("Invoice Date", "2026-08-28", "2026-09-28", "2026-10-28")

    assert [p.sentence for p in reading.problems] == [
        "No column names the month; by “Invoice Date” the lines are of 2026-08 to 2026-10, and I go by that."
    ]


def test_dates_on_which_different_lines_were_written_do_not_make_them_of_another_month() -> None:
    rows = [[*line, day] for line, day in zip(LINES, ("2024-03-01", "2025-11-17", "2026-10-02"), strict=True)]
    reading = read_lines(as_csv([*HEADERS, "Date"], rows), "psa.csv", side=Side.BILLED)

    assert not reconcile(OCTOBER, reading).gaps


def test_the_day_order_of_invoice_dates_is_asked_only_where_the_month_depends_on_it() -> None:
    once, twice = billed("Invoice Date", "09/10/2026"), billed("Invoice Date", "09/01/2026", "10/01/2026")

    assert not once.questions
    assert [question.topic for question in twice.questions] == ["day order"]


def test_another_column_of_dates_tells_the_day_order() -> None:
    rows = [[*line, "01/10/2026", "31/10/2026"] for line in LINES]
    reading = read_lines(as_csv([*HEADERS, "Start Date", "Due"], rows), "psa.csv", side=Side.BILLED)

    assert not reading.questions
    assert set(reading.lines["period_start"]) == {date(2026, 10, 1)}


@pytest.mark.parametrize(
    "said",
    [
        "Duo MFA (10/1/2026-10/31/2026)", "Duo MFA - October 2026", "Duo MFA 2026-10-01 to 2026-10-31",
        "Duo MFA, for Oct 2026", "Duo MFA: Period: 01.10.2026 bis 31.10.2026", "Duo MFA (Prorated)",
    ],
)  # fmt: skip
def test_a_period_is_no_part_of_a_products_name(said: str) -> None:
    reading = read_lines(as_csv(HEADERS, [["Acme", said, "3", "4.50"]]), "psa.csv", side=Side.BILLED)

    assert reading.lines["product"].to_list() == ["Duo MFA"]


@pytest.mark.parametrize(
    "name",
    [
        "SQL Server 2022", "Backup 10-20 TB", "Exchange Online (Plan 1)", "October 2026", "Cisco SMARTNET 2024",
        "Doctor 2020", "Trend Novell 2023", "Acme Marketing 2024", "Acme Junior 2022",
    ],
)  # fmt: skip
def test_a_number_or_year_that_is_part_of_a_name_stays(name: str) -> None:
    reading = read_lines(as_csv(HEADERS, [["Acme", name, "3", "4.50"]]), "psa.csv", side=Side.BILLED)

    assert reading.lines["product"].to_list() == [name]


@pytest.mark.parametrize("said", ["Oct 15", "Mar 31", "Oct. 15", "Oct, 15"])
def test_a_day_without_its_year_is_no_month_of_a_year_long_ago(said: str) -> None:
    reading = billed("Billing Period", "2026-07", "2026-08", "2026-09", "2026-10", said)

    assert f"I can't read “{said}” in “Billing Period” as a period" in reading.problems[0].sentence
    assert reading.lines["period_start"].drop_nulls().min() == date(2026, 7, 1)


@pytest.mark.parametrize("said", ["Oct-26", "Oct '26", "Okt/26", "oct.2026", "octobre 2026", "Oct 2026", "Oct26"])
def test_a_month_is_read_however_it_is_written(said: str) -> None:
    assert set(billed("Billing Period", said).lines["period_start"]) == {date(2026, 10, 1)}


@pytest.mark.parametrize(
    "said",
    [
        "octobre 2026",
        "Oktober 2026",
        "1/Oct/2026 - 31/Oct/2026",
        "1st Oct 2026 to 31st Oct 2026",
        "01/10/26 till 31/10/26",
    ],
)
def test_a_period_is_cut_off_a_name_as_it_is_read_in_a_column(said: str) -> None:
    period = billed("Billing Period", said).lines["period_start"]
    named = read_lines(as_csv(HEADERS, [["Acme", f"Duo MFA - {said}", "3", "4.50"]]), "psa.csv", side=Side.BILLED)

    assert set(period) == {date(2026, 10, 1)}
    assert named.lines["product"].to_list() == ["Duo MFA"]
