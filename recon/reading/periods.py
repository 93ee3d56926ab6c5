"""Periods written in one cell: a month (`Oct 2026`), or its two days (`10/01/2026 - 10/31/2026`)."""

from __future__ import annotations

import calendar
from datetime import date

import polars as pl

from recon.reading.dates import full_year, month_named, parse_date
from recon.reading.distinct import read_distinct
from recon.reading.looks import BETWEEN_DAYS, FROM_TO, MONTH

DAYS = pl.Struct({"start": pl.Date, "end": pl.Date})


def parse_periods(values: pl.Series, day_order: str) -> tuple[pl.Series, pl.Series]:
    """Read a column: the first and the last day of each; null is what can't be read."""
    read = read_distinct(values, lambda text: days_of(text, day_order), DAYS)
    return read.struct.field("start"), read.struct.field("end")


def days_of(text: str, day_order: str) -> dict[str, date] | None:
    """Give the first and the last day of a period; one day stands for its month."""
    if found := MONTH.fullmatch(text.strip()):
        year = full_year(found["year"] or found["year_first"] or found["year_last"])
        month = month_named(found["name"]) if found["name"] else int(found["month_second"] or found["month_first"])
        return month_of(date(year, month, 1)) if month else None
    days = [parse_date(end, day_order) for end in ends_in(text)]
    if len(days) == 1:
        return month_of(days[0]) if days[0] else None
    start, end = days if len(days) == FROM_TO else (None, None)
    return {"start": start, "end": end} if start and end and start <= end else None


def month_of(day: date) -> dict[str, date]:
    """Give the first and the last day of a day's month."""
    return {"start": day.replace(day=1), "end": day.replace(day=calendar.monthrange(day.year, day.month)[1])}


def ends_in(text: str) -> list[str]:
    """Cut a period in two."""
    return [end.strip(" ()[]") for end in BETWEEN_DAYS.split(text.strip())]


def days_in(values: pl.Series) -> pl.Series:
    """List the days that stand in a column of periods, as they are written."""
    distinct = values.drop_nulls().unique().to_list()
    return pl.Series([end for text in distinct for end in ends_in(text)], dtype=pl.String)
