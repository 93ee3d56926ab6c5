"""Dates as people and programs write them, in one day order a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from recon.reading.distinct import answered, distinct_texts

MONTHS = {
    "jan": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4, "avr": 4, "may": 5, "mai": 5,
    "mei": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8, "aoû": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11,
    "dec": 12, "dez": 12, "déc": 12,
}  # fmt: skip
TIME = re.compile(
    r"(?:[T\s,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[-+]\d{2}:?\d{2})?|Z)$"
)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})$")
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$")
NUMERIC = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})$")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?$")
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
NAME, YEAR = r"(?P<month>[^\W\d_]{3,9})", r"(?P<year>\d{4}|\d{2})$"
DAY_NAMED = re.compile(rf"(?:[A-Za-z]{{3,9}},?\s+)?{DAY}[-\s./]*{NAME}[-\s./,]*{YEAR}")
NAMED_DAY = re.compile(rf"(?:[A-Za-z]{{3,9}},\s+)?{NAME}[-\s./]*{DAY},?[-\s./]+{YEAR}")
MONTHS_OF_YEAR = 12
EPOCH = date(1899, 12, 30)  # Excel's day zero, its leap-year mistake included
UNCLEAR = r"^\D?(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}"
NEVER = frozenset({"0001-01-01", "0001-01-01T00:00:00", "1/1/0001", "01/01/0001", "1900-01-01", "9999-12-31"})


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """What a column's values say about whether the day or the month comes first."""

    day_first: int
    month_first: int
    unclear: int  # values that are different days in the two orders
    samples: Sequence[str] = ()

    @property
    def day_order(self) -> str | None:
        """The order the values agree on, or most of them do; None when they do not tell."""
        if self.day_first == self.month_first:
            return None
        return "D/M" if self.day_first > self.month_first else "M/D"


def orders_of(columns: Mapping[str, pl.Series]) -> dict[str, OrderEvidence]:
    """Weigh every distinct value of each column that is written with numbers alone."""
    text = pl.col("text")
    first, second = pl.col("first"), pl.col("second")
    unclear = (first <= MONTHS_OF_YEAR) & (second <= MONTHS_OF_YEAR) & (first != second)
    told = distinct_texts(columns).with_columns(
        first=text.str.extract(UNCLEAR, 1).cast(pl.UInt8, strict=False),
        second=text.str.extract(UNCLEAR, 2).cast(pl.UInt8, strict=False),
    )
    weighed = told.group_by("column").agg(
        day_first=((first > MONTHS_OF_YEAR) & (second <= MONTHS_OF_YEAR)).sum(),
        month_first=((second > MONTHS_OF_YEAR) & (first <= MONTHS_OF_YEAR)).sum(),
        unclear=unclear.sum(),
        samples=text.filter(unclear).sort().head(5),
    )
    found = {column: OrderEvidence(*rest) for column, *rest in weighed.iter_rows()}
    return {column: found.get(column, OrderEvidence(0, 0, 0)) for column in columns}


def parse_date(text: str, day_order: str = "M/D") -> date | None:
    """Read one date, whatever its time of day; None when it is none, or not in this order."""
    day = TIME.sub("", text.strip().lstrip("'")).strip()
    try:
        return read_day(day, day_order)
    except (ValueError, OverflowError):
        return None


def read_day(day: str, day_order: str) -> date | None:
    """Try one way of writing after another; a day that does not exist raises."""
    if found := YEAR_FIRST.match(day) or COMPACT.match(day):
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := NUMERIC.match(day):
        first, second, year = int(found["first"]), int(found["second"]), full_year(found["year"])
        day_first = found["mark"] == "." or day_order == "D/M"
        return date(year, second, first) if day_first else date(year, first, second)
    if found := SERIAL.match(day):
        return EPOCH + timedelta(days=int(found[1]))
    if found := DAY_NAMED.match(day) or NAMED_DAY.match(day):
        return date(full_year(found["year"]), month_named(found["month"]), int(found["day"]))
    return None


def month_named(name: str) -> int:
    """Find a month by its first letters; 0, which no date has, for a name we do not know."""
    low = name.lower()
    return MONTHS.get(low[:4]) or MONTHS.get(low[:3]) or 0


def full_year(year: str) -> int:
    """Take two digits for a year of this century."""
    return int(year) if len(year) == 4 else 2000 + int(year)


def parse_dates(values: pl.Series, day_order: str = "M/D") -> pl.Series:
    """Read a column: ISO dates in bulk, all other distinct texts one by one; null is what can't be read."""
    bulk = values.str.extract(r"^(\d{4}-\d{2}-\d{2})(?:$|[T ])", 1).str.to_date("%Y-%m-%d", strict=False)
    if bulk.null_count() == values.null_count():
        return bulk.alias(values.name)
    odd = values.filter(bulk.is_null() & values.is_not_null()).unique()
    days = pl.Series([parse_date(text, day_order) for text in odd.to_list()], dtype=pl.Date)
    return bulk.zip_with(bulk.is_not_null(), answered(values, odd, days)).alias(values.name)
