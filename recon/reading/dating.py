"""The month of lines that state no period: where a file holds several invoices, that of their date."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from recon.questions import Problem
from recon.reading.columns import LONGEST_HEADER
from recon.reading.dates import month_named, parse_dates
from recon.reading.meanings import WHAT, WHO, Meaning, said_by
from recon.reading.periods import parse_periods
from recon.reading.problems import problems_of
from recon.reading.sheet import ROW
from recon.reading.source import Source

MOST = 0.5  # of the lines: a client has the product on other dates too
MONTHS_A_YEAR = 12
NO_YEAR = "“{header}” says no year ({seen}), so I can't go by it: all its months count. Write them like 2026-10."
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


def months_without_year(
    cells: pl.DataFrame, columns: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> list[Problem]:
    """Say that months are added up where nothing but their bare names or numbers tells them apart."""
    if any(columns.get(meaning) for meaning in (Meaning.PERIOD_START, Meaning.PERIOD)) or is_by_invoice(cells, columns):
        return []
    problems = []
    for column, header in names.items():
        if said_by(header[:LONGEST_HEADER]).get(Meaning.PERIOD, 0.0) < 1.0:
            continue
        seen = cells[column].drop_nulls().str.strip_chars().unique().sort().head(MONTHS_A_YEAR + 1).to_list()
        if 1 < len(seen) <= MONTHS_A_YEAR and all(map(is_bare_month, seen)):
            sentence = NO_YEAR.format(header=header, seen=", ".join(seen[:3]))
            problems.append(Problem(None, header, "", sentence))
    return problems


def is_bare_month(text: str) -> bool:
    """Whether a cell is a month and no more: `10`, `Oct`, `Oktober`."""
    if text.isdecimal():
        return 1 <= int(text) <= MONTHS_A_YEAR
    return text.rstrip(".").isalpha() and month_named(text) > 0
