"""The month of lines that state no period: where a file holds several invoices, that of their date."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from recon.questions import Problem
from recon.reading.dates import parse_dates
from recon.reading.meanings import WHAT, WHO, Meaning
from recon.reading.periods import parse_periods
from recon.reading.problems import problems_of
from recon.reading.sheet import ROW
from recon.reading.source import Source

MOST = 0.5  # of the lines: a client has the product on other dates too
UNREAD = "Row {row}: I can't read “{cell}” in “{header}” as a period; the line goes on without it."


def is_by_invoice(cells: pl.DataFrame, columns: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether one invoice after another says the same things, and only its date tells which month a line is of."""
    date = columns.get(Meaning.INVOICE_DATE, ())
    if not date or any(columns.get(meaning) for meaning in (Meaning.PERIOD_START, Meaning.PERIOD)):
        return False
    same = [columns[meaning][0] for meaning in (*WHO[:1], *WHAT[:1]) if columns.get(meaning)]
    dated = cells.drop_nulls(date[0])
    again = dated.select((pl.col(date[0]).n_unique().over(same) > 1).mean()).item() if same else None
    return (again or 0) >= MOST


def months_by_invoice(source: Source) -> tuple[pl.Series, pl.Series, list[Problem]] | None:
    """Give each line the month of its invoice, and say so; nothing where all are of one month."""
    if not is_by_invoice(source.cells, source.columns):
        return None
    column = source.columns[Meaning.INVOICE_DATE][0]
    days = parse_dates(source.cells[column], source.styles.day_orders.get(column, "M/D"))
    start, end = days.dt.month_start(), days.dt.month_end()
    months = start.drop_nulls().dt.to_string("%Y-%m").unique().sort()
    if months.len() < 2:  # noqa: PLR2004 - one month is nothing to choose from
        return None
    first, last = months[0], months[-1]
    header = source.names[column]
    sentence = f"No column names the month; by “{header}” the lines are of {first} to {last}, and I go by that."
    return start, end, [Problem(None, header, "", sentence)]


def stated_periods(source: Source) -> tuple[pl.Series, pl.Series, list[Problem]] | None:
    """Read the period where one cell states it; a cell that is none is a problem."""
    if not source.has(Meaning.PERIOD):
        return None
    column = source.columns[Meaning.PERIOD][0]
    text = source.cells[column]
    start, end = parse_periods(text, source.styles.day_orders.get(column, "M/D"))
    lost = source.cells.select(ROW, cell=text).filter(text.is_not_null() & start.is_null())
    return start, end, problems_of(lost, source.names[column], UNREAD) if lost.height else []
