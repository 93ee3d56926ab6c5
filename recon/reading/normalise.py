"""Rows become lines, or problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from recon.lines import EXACT, LINE_SCHEMA, Charge, Status
from recon.questions import Problem
from recon.reading.charges import ONCE, TRIAL, TRIAL_PRODUCT, YES, charge_of, is_billed, is_usage, status_of
from recon.reading.currencies import currencies_in, currency_in_header, currency_of
from recon.reading.dates import NEVER, parse_dates
from recon.reading.distinct import read_distinct
from recon.reading.layouts import KnownLayout
from recon.reading.meanings import DATES, Meaning
from recon.reading.numbers import BLANKS, parse_numbers
from recon.reading.problems import problems_of
from recon.reading.sheet import ROW
from recon.reading.styles import Styles
from recon.reading.terms import cycle_of, stated_cycle_of, term_of
from recon.reading.texts import client_text, product_text

LONGEST_BLANK = max(map(len, BLANKS)) + 2  # bytes; a long dash has three
NUMBERS = ("quantity", "unit_price", "unit_cost", "amount")


@dataclass(frozen=True, slots=True)
class Source:
    """Rows whose columns are understood."""

    name: str
    cells: pl.DataFrame  # below the header, tidied
    names: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]  # meaning -> cell columns, money settled
    layout: KnownLayout | None
    styles: Styles
    currency: str | None  # as people answered
    client: str | None  # of a file that names none

    def column(self, meaning: str) -> pl.Series:
        """Give the text of a meaning; of several columns the first that says something."""
        found = [self.cells[column] for column in self.columns.get(meaning, ())]
        return first_said(found, self.cells.height).alias(meaning)

    def has(self, meaning: str) -> bool:
        """Whether any column has this meaning."""
        return bool(self.columns.get(meaning))


def first_said(columns: list[pl.Series], height: int, dtype: pl.DataType | type[pl.DataType] = pl.String) -> pl.Series:
    """Row by row, the first column that says something."""
    if not columns:
        return pl.Series([None], dtype=dtype).new_from_index(0, height)
    return pl.select(pl.coalesce(columns)).to_series()


def normalise(source: Source) -> tuple[pl.DataFrame, list[Problem]]:
    """Read every row as a line; those without client, product or quantity are left for others to judge."""
    problems: list[Problem] = []
    said = {**names_of(source), **numbers_of(source, problems), **dates_of(source, problems)}
    said |= words_of(source, said["product"], problems)
    said |= months_of(source)
    said["currency"] = currency_column(source)
    rows = source.cells.select(ROW, source=pl.lit(source.name))
    frame = rows.with_columns(**said)
    return frame.select(pl.col(name).cast(dtype) for name, dtype in LINE_SCHEMA.items()), problems


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
    if not source.has(Meaning.PERIOD_END):
        read[Meaning.PERIOD_END] = read[Meaning.CANCELLED_ON]
    return read


def said_in(values: pl.Series) -> pl.Series:
    """Keep the text of cells that say something; a dash or n/a says nothing."""
    short = values.filter(values.str.len_bytes() <= LONGEST_BLANK).unique()
    if not short.str.to_lowercase().is_in(list(BLANKS)).any():
        return values
    return values.set(values.str.to_lowercase().is_in(list(BLANKS)), None)


def unread(source: Source, text: pl.Series, read: pl.Series, column: str, sentence: str) -> list[Problem]:
    """Tell of each cell that says something and could not be read, on rows that are lines at all."""
    lost = text.is_not_null() & read.is_null()
    if not lost.any():
        return []
    rows = source.cells.select(ROW, cell=text).filter(lost)
    return problems_of(rows, source.names[column], sentence)


def words_of(source: Source, product: pl.Series, problems: list[Problem]) -> dict[str, pl.Series]:
    """Say what the line charges for, whether it runs and whether it is billed."""
    charge_type, status = source.column(Meaning.CHARGE), source.column(Meaning.STATUS)
    charge = known(source, charge_type, charge_of, problems)
    if not source.has(Meaning.QUANTITY):
        charge = charge.fill_null(Charge.FEE.value)
    usage = read_distinct(product, is_usage, pl.Boolean).fill_null(value=False)
    usage |= read_distinct(source.column(Meaning.SKU), is_usage, pl.Boolean).fill_null(value=False)
    seats = charge.is_null() | charge.is_in([Charge.SEATS.value, Charge.PRORATED.value])
    charge = charge.set(usage & seats, Charge.USAGE.value).fill_null(Charge.SEATS.value)
    once = flagged(source, Meaning.CYCLE, ONCE.search) | flagged(source, Meaning.TERM, ONCE.search)
    charge = charge.set(once & (charge == Charge.SEATS.value), Charge.ONE_TIME.value)
    state = known(source, status, status_of, problems).fill_null(Status.ACTIVE.value)
    trial = flagged(source, Meaning.TRIAL, TRIAL.search) | flagged(source, Meaning.TERM, TRIAL_PRODUCT.search)
    trial |= read_distinct(product, lambda text: bool(TRIAL_PRODUCT.search(text)), pl.Boolean).fill_null(value=False)
    state = state.set(trial & (state == Status.ACTIVE.value), Status.TRIAL.value)
    state = state.set(flagged(source, Meaning.INACTIVE, YES.match), Status.CANCELLED.value)
    billable = read_distinct(source.column(Meaning.BILLABLE), is_billed, pl.Boolean).fill_null(value=True)
    return {"charge": charge, "charge_type": charge_type, "status": state, "billable": billable}


def flagged(source: Source, meaning: Meaning, says: Callable[[str], object]) -> pl.Series:
    """Where a column says yes."""
    return read_distinct(source.column(meaning), lambda text: bool(says(text)), pl.Boolean).fill_null(value=False)


def known(
    source: Source, words: pl.Series, read: Callable[[str], Charge | Status | None], problems: list[Problem]
) -> pl.Series:
    """Put a file's words into ours; each word we do not know is told of once."""
    answers = read_distinct(words, read)
    strange = words.filter(answers.is_null() & words.is_not_null()).unique().sort()
    header = source.names[source.columns[words.name][0]] if source.has(words.name) else words.name
    taken = "seats" if words.name == Meaning.CHARGE else "active"
    problems += [
        Problem(None, header, word[:80], f"I don't know the {header} “{word[:80]}”; I take it for {taken}.")
        for word in strange.head(20).to_list()
    ]
    return answers


def months_of(source: Source) -> dict[str, pl.Series]:
    """How long it is committed, how often charged, and how many months the price pays for."""
    height, sku = source.cells.height, source.column(Meaning.SKU)
    terms = [source.cells[column] for column in source.columns.get(Meaning.TERM, ())]
    cycles = [source.cells[column] for column in source.columns.get(Meaning.CYCLE, ())]
    term = first_said([read_distinct(t, term_of, pl.Int16) for t in (*terms, sku)], height, pl.Int16)
    stated = [read_distinct(text, cycle_of, pl.Int16) for text in cycles]
    stated += [read_distinct(text, stated_cycle_of, pl.Int16) for text in (*terms, sku)]
    monthly = term.set(term != 1, None)  # what is committed for a month is charged each month
    cycle = first_said([*stated, monthly], height, pl.Int16)
    per_term = source.layout is not None and source.layout.price_per == "term"
    return {"term_months": term, "cycle_months": cycle, "price_months": term if per_term else cycle}


def currency_column(source: Source) -> pl.Series:
    """Take the currency as the file says it: in a column, beside the amounts, in a heading; else as people answered."""
    money = [column for meaning in ("amount", "unit_price", "unit_cost") for column in source.columns.get(meaning, ())]
    stated = [read_distinct(source.column(Meaning.CURRENCY), currency_of)]
    stated += [currencies_in(source.cells[column]) for column in money]
    found = first_said(stated, source.cells.height)
    headed = next(filter(None, (currency_in_header(source.names[column]) for column in money)), None)
    fallback = headed or source.currency
    return found.fill_null(fallback) if fallback else found
