"""Rows become lines, or problems."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from recon.lines import EXACT, LINE_SCHEMA, Charge, Side
from recon.questions import Problem
from recon.reading.currencies import DOLLAR, DOLLARS, currencies_in, currency_in_header, currency_of
from recon.reading.dates import NEVER, parse_dates
from recon.reading.dating import months_by_invoice, stated_periods
from recon.reading.distinct import read_distinct
from recon.reading.kinds import months_of, words_of
from recon.reading.meanings import DATES, Meaning
from recon.reading.numbers import BLANKS, parse_numbers
from recon.reading.problems import problems_of
from recon.reading.sheet import ROW
from recon.reading.source import Source, first_said
from recon.reading.texts import client_text, product_text

LONGEST_BLANK = max(map(len, BLANKS)) + 2  # bytes; a long dash has three
A_MONTH = (27, 45)  # days from the first to the last; February's are fewest, and 45 are still one cycle
MOST_DIVIDED, LEAST_DIVIDED_BY = Decimal(10) ** 15, Decimal("0.000001")
NUMBERS = ("quantity", "unit_price", "unit_cost", "amount")


def normalise(source: Source) -> tuple[pl.DataFrame, list[Problem]]:
    """Read every row as a line; those without client, product or quantity are left for others to judge."""
    problems: list[Problem] = []
    said = {**names_of(source), **numbers_of(source, problems), **dates_of(source, problems)}
    said |= words_of(source, said["product"], problems)
    said |= months_of(source)
    said["price_months"] = months_paid_for(source, said)
    said["currency"] = currency_column(source)
    rows = source.cells.select(ROW, source=pl.lit(source.name))
    frame = rows.with_columns(**said)
    lines = frame.select(pl.col(name).cast(dtype) for name, dtype in LINE_SCHEMA.items())
    return price_by_amount(lines, source), problems


def names_of(source: Source) -> dict[str, pl.Series]:
    """Who and what: a nameless client goes by its id or domain, a nameless product by its number."""
    client_id, domain = source.column(Meaning.CLIENT_ID), source.column(Meaning.DOMAIN)
    sku, part = sku_of(source), source.column(Meaning.PART_NUMBER)
    height = source.cells.height
    client = first_said([read_distinct(source.column(Meaning.CLIENT), client_text), client_id, domain], height)
    product = first_said([read_distinct(source.column(Meaning.PRODUCT), product_text), sku, part], height)
    if source.client:
        client = client.fill_null(source.client)
    return {
        "client": client,
        "client_id": client_id,
        "domain": domain.str.to_lowercase().str.replace_all(r"^https?://(?:www\.)?|^www\.|/.*$", ""),
        "product": product,
        "part_number": part,
        "sku": sku,
        "agreement": source.column(Meaning.AGREEMENT),
        "line_id": source.column(Meaning.LINE_ID),
    }


def sku_of(source: Source) -> pl.Series:
    """Give the catalogue id as the file writes it; product and SKU id in two columns are joined as `product:sku`."""
    columns = source.columns.get(Meaning.SKU, ())
    if len(columns) == 1 or not columns:
        return source.column(Meaning.SKU)
    first, second = (source.cells[column] for column in columns[:2])
    return pl.select(pl.coalesce(first + ":" + second, first, second)).to_series()


def numbers_of(source: Source, problems: list[Problem]) -> dict[str, pl.Series]:
    """How many at what price; a cell that is no number is a problem."""
    read: dict[str, pl.Series] = {}
    for meaning in NUMBERS:
        columns = [parsed(source, c, meaning, problems) for c in source.columns.get(meaning, ())]
        read[meaning] = first_said(columns, source.cells.height, EXACT)
    if not source.has(Meaning.QUANTITY):
        read["quantity"] = read["quantity"].fill_null(1)
    return read


def price_by_amount(lines: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Divide a line's total by its seats where the file states no price of one, nor is that the total of the other."""
    own, other = ("unit_cost", "unit_price") if source.side is Side.BOUGHT else ("unit_price", "unit_cost")
    if not source.has(Meaning.QUANTITY) or not source.has("amount"):
        return lines
    amount, quantity = pl.col("amount"), pl.col("quantity")
    is_other = (pl.col(other) * quantity == amount).fill_null(value=False)
    fits = (amount.abs() <= MOST_DIVIDED) & (quantity.abs() >= LEAST_DIVIDED_BY)  # else decimals overflow
    wanted = pl.col(own).is_null() & (pl.col("charge") == Charge.SEATS.value) & fits & ~is_other
    return lines.with_columns(pl.coalesce(own, amount / pl.when(wanted).then(quantity)).alias(own))


def parsed(source: Source, column: str, meaning: str, problems: list[Problem]) -> pl.Series:
    """Read one column of numbers; a quantity that can't be read is told of with its row, not here."""
    text = said_in(source.cells[column])
    values = parse_numbers(text, source.styles.decimals.get(column, "."))
    if meaning != "quantity":
        sentence = "Row {row}: I can't read “{cell}” in “{header}” as an amount; the line goes on without it."
        problems += unread(source, text, values, column, sentence)
    return values


def dates_of(source: Source, problems: list[Problem]) -> dict[str, pl.Series]:
    """When: a cell that is no date is a problem; a line that says only when it was cancelled ends then."""
    read: dict[str, pl.Series] = {}
    for meaning in DATES[:-1]:
        column = next(iter(source.columns.get(meaning, ())), None)
        if column is None:
            read[meaning] = first_said([], source.cells.height, pl.Date)
            continue
        text = said_in(source.cells[column])
        text = text.set(text.is_in(list(NEVER)), None)
        read[meaning] = parse_dates(text, source.styles.day_orders.get(column, "M/D"))
        sentence = "Row {row}: I can't read “{cell}” in “{header}” as a date; the line goes on without it."
        problems += unread(source, text, read[meaning], column, sentence)
    read["days"] = (read[Meaning.PERIOD_END] - read[Meaning.PERIOD_START]).dt.total_days()
    for found in filter(None, (stated_periods(source), months_by_invoice(source))):
        start, end, told = found
        problems += told
        read[Meaning.PERIOD_START] = pl.select(pl.coalesce(read[Meaning.PERIOD_START], start)).to_series()
        read[Meaning.PERIOD_END] = pl.select(pl.coalesce(read[Meaning.PERIOD_END], end)).to_series()
    if not source.has(Meaning.PERIOD_END):
        read[Meaning.PERIOD_END] = read[Meaning.PERIOD_END].fill_null(read[Meaning.CANCELLED_ON])
    return read


def months_paid_for(source: Source, said: Mapping[str, pl.Series]) -> pl.Series:
    """Take a price for a month's where the line's own two days are a month apart, whatever its term is called."""
    months = said["price_months"]
    if source.layout is not None and source.layout.price_per == "term":
        return months
    is_longer = pl.select(pl.coalesce(months, said["term_months"]) > 1).to_series()
    seats = said["charge"] == Charge.SEATS.value
    return months.set(is_longer & seats & said["days"].is_between(*A_MONTH), 1)


def said_in(values: pl.Series) -> pl.Series:
    """Keep the text of cells that say something; a dash or n/a says nothing."""
    text = pl.col("text")
    short = values.to_frame("text").filter(text.str.len_bytes() <= LONGEST_BLANK)
    if not short.select(text.unique().str.to_lowercase().is_in(list(BLANKS)).any()).item():
        return values
    return values.set(values.str.to_lowercase().is_in(list(BLANKS)), None)


def unread(source: Source, text: pl.Series, read: pl.Series, column: str, sentence: str) -> list[Problem]:
    """Tell of each cell that says something and could not be read, on rows that are lines at all."""
    if read.null_count() == text.null_count():
        return []
    rows = source.cells.select(ROW, cell=text).filter(text.is_not_null() & read.is_null())
    return problems_of(rows, source.names[column], sentence)


def currency_column(source: Source) -> pl.Series:
    """Take the currency as the file says it: in a column, beside the amounts, in a heading; else as people answered."""
    money = [column for meaning in ("amount", "unit_price", "unit_cost") for column in source.columns.get(meaning, ())]
    stated = [read_distinct(source.column(Meaning.CURRENCY), currency_of)]
    stated += [currencies_in(source.cells[column]) for column in money]
    found = first_said(stated, source.cells.height)
    headed = next(filter(None, (currency_in_header(source.names[column]) for column in money)), None)
    fallback = headed or source.currency
    dollar = next((named for named in (headed, source.currency) if named in DOLLARS), None)
    found = found.fill_null(fallback) if fallback else found
    return found.set(found == DOLLAR, dollar) if dollar else found
