"""Numbers and dates as people write them, in one style a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from exports import as_csv
from hypothesis import given, settings
from hypothesis import strategies as st

from recon import Profiles, Reading, Side, Topic, read_lines


def read(column: str, values: Sequence[str], others: Mapping[str, str] | None = None, **answers: str) -> Reading:
    fixed = {"Customer": "Acme", "Product": "Duo", "Quantity": "3", **(others or {})}
    fixed.pop(column, None)
    content = as_csv([*fixed, column], [[*fixed.values(), value] for value in values], delimiter="\t")
    asked = read_lines(content, "x.csv", side=Side.BILLED)
    profiles = Profiles().answering(
        asked.layout.fingerprint, *(f"{key}={value}" for key, value in answers.items() if value)
    )
    return read_lines(content, "x.csv", side=Side.BILLED, profiles=profiles)


def prices(*values: str) -> list[Decimal | None]:
    reading = read("Unit Price", values)
    assert not reading.questions
    return reading.lines["unit_price"].to_list()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12.50", "12.5"),
        ("1,234.50", "1234.5"),
        ("$1,234.50", "1234.5"),
        ("US$ 1,234.50", "1234.5"),
        ("1 234.50", "1234.5"),
        ("1\u00a0234.50", "1234.5"),
        ("1\u202f234.50", "1234.5"),
        ("1'234.50", "1234.5"),
        ("1’234.50", "1234.5"),
        ("CHF 1'234.50", "1234.5"),
        ("12.50 EUR", "12.5"),
        ("£.50", "0.5"),
        ("(12.50)", "-12.5"),
        ("($12.50)", "-12.5"),
        ("$(12.50)", "-12.5"),
        ("-$12.50", "-12.5"),
        ("$-12.50", "-12.5"),
        ("12.50-", "-12.5"),
        ("\u221212.50", "-12.5"),
        ("12.50 CR", "-12.5"),
        ("12.50 DR", "12.5"),
        ("'12.50", "12.5"),
        ("+12.50", "12.5"),
        ("1,23,456.50", "123456.5"),
        ("1,234,567.5", "1234567.5"),
        ("1.25E-3", "0.00125"),
        ("0012.50", "12.5"),
        ("１２.５０", "12.5"),
    ],
)
def test_a_number_with_a_decimal_point_is_read(written: str, meant: str) -> None:
    assert prices(written, "7.25") == [Decimal(meant), Decimal("7.25")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12,50", "12.5"),
        ("1.234,50", "1234.5"),
        ("1.234,50 €", "1234.5"),
        ("€ 1.234,50", "1234.5"),
        ("1 234,50", "1234.5"),
        ("1\u202f234,50\u00a0€", "1234.5"),
        ("1'234,50", "1234.5"),
        ("(12,50)", "-12.5"),
        ("12,50-", "-12.5"),
        ("1.234.567,5", "1234567.5"),
        ("1.500", "1500"),
        ("12", "12"),
    ],
)
def test_a_number_with_a_decimal_comma_is_read(written: str, meant: str) -> None:
    assert prices(written, "7,25") == [Decimal(meant), Decimal("7.25")]


@pytest.mark.parametrize("written", ["twelve", "1.2.3", "1-2", "12,34,5.6", "10%", "$", "1/2", "0x1F", "--5--"])
def test_a_cell_that_is_no_number_is_a_problem_and_the_line_goes_on(written: str) -> None:
    reading = read("Unit Price", [written, "7.25", "8.25", "9.25"])

    assert reading.lines["unit_price"].to_list() == [None, Decimal("7.25"), Decimal("8.25"), Decimal("9.25")]
    assert [(problem.row, problem.column, problem.cell) for problem in reading.problems] == [(2, "Unit Price", written)]


@pytest.mark.parametrize("blank", ["", " ", "-", "n/a", "N/A", "null", "—"])
def test_a_cell_that_says_nothing_is_no_problem(blank: str) -> None:
    reading = read("Unit Price", [blank, "7.25"])

    assert reading.lines["unit_price"].to_list() == [None, Decimal("7.25")]
    assert not reading.problems


def test_an_ambiguous_column_is_a_question_and_the_answer_settles_it() -> None:
    asked = read("Unit Price", ["1,234", "2,500"])

    assert [(question.topic, question.about) for question in asked.questions] == [(Topic.DECIMALS, "Unit Price")]
    assert asked.questions[0].samples == ("1,234", "2,500")
    assert asked.lines.is_empty()
    assert read("Unit Price", ["1,234"], decimals=".").lines["unit_price"][0] == 1234
    assert read("Unit Price", ["1,234"], decimals=",").lines["unit_price"][0] == Decimal("1.234")


@pytest.mark.parametrize(("amount", "meant"), [("99.50", "1000"), ("99,50", "1")])
def test_the_other_columns_tell_what_a_mark_means(amount: str, meant: str) -> None:
    reading = read("Quantity", ["1,000"], {"Unit Price": "2", "Amount": amount})

    assert not reading.questions
    assert reading.lines["quantity"].to_list() == [Decimal(meant)]


def test_one_style_holds_for_the_whole_column() -> None:
    reading = read("Unit Price", ["1,50", "2,75", "3,25", "1,234.50"])

    assert reading.lines["unit_price"].to_list() == [Decimal("1.5"), Decimal("2.75"), Decimal("3.25"), None]
    assert [problem.row for problem in reading.problems] == [5]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=30), st.sampled_from([",.", ".,", " ,", "'."])
)
def test_any_amount_comes_back_exactly_from_any_style(amounts: list[Decimal], marks: str) -> None:
    written = [f"{amount:,.2f}".replace(",", "T").replace(".", marks[1]).replace("T", marks[0]) for amount in amounts]

    assert prices(*written) == amounts


def starts(*values: str, day_order: str = "") -> list[date | None]:
    reading = read("Period Start", values, day_order=day_order)
    assert not reading.questions
    return reading.lines["period_start"].to_list()


FIRST = date(2026, 10, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2026-10-01", "2026-10-01T00:00:00", "2026-10-01T00:00:00Z", "2026-10-01T18:30:06.6045692Z",
        "2026-10-01 00:00:00+00:00", "2026/10/01", "2026.10.1", "20261001", "46296", "46296.5", "01-OCT-2026",
        "1-Oct-26", "1 October 2026", "Oct 1, 2026", "October 1 2026", "1st Oct 2026", "Thu, 01 Oct 2026", "01.10.2026",
        "1.10.26", "'2026-10-01",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(written: str) -> None:
    assert starts(written) == [FIRST]


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        (["10/1/2026", "10/31/2026"], [FIRST, date(2026, 10, 31)]),
        (["10/1/2026 0:00", "10/31/2026 12:00:00 AM"], [FIRST, date(2026, 10, 31)]),
        (["01/10/2026", "31/10/2026"], [FIRST, date(2026, 10, 31)]),
        (["01-10-26", "31-10-26"], [FIRST, date(2026, 10, 31)]),
        (["10/10/2026"], [date(2026, 10, 10)]),
    ],
)
def test_the_order_of_day_and_month_is_the_columns(values: list[str], meant: list[date]) -> None:
    assert starts(*values) == meant


def test_an_order_no_value_tells_is_a_question_and_the_answer_settles_it() -> None:
    asked = read("Period Start", ["1/10/2026", "1/11/2026"])

    assert [question.topic for question in asked.questions] == [Topic.DAY_ORDER]
    assert starts("1/10/2026", day_order="D/M") == [FIRST]
    assert starts("1/10/2026", day_order="M/D") == [date(2026, 1, 10)]


def test_another_column_of_dates_tells_the_order() -> None:
    reading = read("Period Start", ["1/10/2026"], {"Period End": "31/10/2026"})

    assert not reading.questions
    assert reading.lines["period_start"].to_list() == [FIRST]


@pytest.mark.parametrize("written", ["soon", "2026-02-30", "99/99/2026"])
def test_a_cell_that_is_no_date_is_a_problem_and_the_line_goes_on(written: str) -> None:
    reading = read("Period Start", [written, "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"])

    assert reading.lines["period_start"][0] is None
    assert [(problem.row, problem.cell) for problem in reading.problems] == [(2, written)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.dates(date(2020, 1, 1), date(2035, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_any_date_comes_back_from_either_order(dates: list[date], style: str) -> None:
    dates = [*dates, date(2026, 1, 31)]
    Random(0).shuffle(dates)  # noqa: S311 - an order, not a secret

    assert starts(*(day.strftime(style) for day in dates)) == dates


@pytest.mark.parametrize(
    ("cell", "currency"),
    [
        ("€5.00", "EUR"),
        ("£5.00", "GBP"),
        ("CHF 5.00", "CHF"),
        ("5.00 SEK", "SEK"),
        ("A$5.00", "AUD"),
        ("$5.00", "$"),
        ("5.00", None),
    ],
)
def test_a_currency_is_what_the_file_says_and_never_guessed(cell: str, currency: str | None) -> None:
    assert read("Unit Price", [cell]).lines["currency"].to_list() == [currency]


@pytest.mark.parametrize(
    ("said", "price"),
    [
        ({"Quantity": "4", "Total": "50.00"}, "12.5"),
        ({"Quantity": "-4", "Total": "-50.00"}, "12.5"),
        ({"Quantity": "3", "Total": "10.00"}, "3.3333333333"),
        ({"Quantity": "0", "Total": "50.00"}, None),
        ({"Quantity": "4", "Total": ""}, None),
        ({"Quantity": "4", "Total": "50.00", "Unit Cost": "12.50"}, None),  # the total of the cost
        ({"Quantity": "4", "Total": "50.00", "Unit Cost": "9.00"}, "12.5"),
        ({"Quantity": "4", "Total": "50.00", "Unit Price": "13.00"}, "13"),
        ({"Quantity": "4", "Total": "50.00", "Charge Type": "Proration"}, None),
        ({"Quantity": "0.00000001", "Total": "999999999999999999999999"}, None),
    ],
)
def test_a_total_is_the_price_of_so_many(said: dict[str, str], price: str | None) -> None:
    ordinary = {"Quantity": "1", "Total": "20.00"} | dict.fromkeys(said, "")
    content = as_csv(
        ["Customer", "Product", *ordinary],
        [["Acme", "Duo", *(ordinary | said).values()], ["Bolt", "Duo", *(ordinary | {"Quantity": "1"}).values()]],
    )

    line = read_lines(content, "x.csv", side=Side.BILLED).lines.row(0, named=True)

    assert line["unit_price"] == (None if price is None else Decimal(price))


def test_a_currency_may_stand_in_a_column_or_a_heading_or_an_answer() -> None:
    assert read("Unit Price", ["5.00"], {"Currency": "usd"}).lines["currency"].to_list() == ["USD"]
    assert read("Unit Price (EUR)", ["5.00"]).lines["currency"].to_list() == ["EUR"]
    assert read("Unit Price", ["$5.00"], currency="cad").lines["currency"].to_list() == ["CAD"]
    assert read("Unit Price (AUD)", ["$5.00"]).lines["currency"].to_list() == ["AUD"]
    assert read("Unit Price ($)", ["5.00"]).lines["currency"].to_list() == ["$"]


def test_a_dollar_sign_is_never_read_as_another_currency() -> None:
    assert read("Unit Price (EUR)", ["$5.00"]).lines["currency"].to_list() == ["$"]
    assert read("Unit Price", ["$5.00"], currency="eur").lines["currency"].to_list() == ["$"]
