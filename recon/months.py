"""The month a reconciliation is about."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from recon.errors import Stopped
from recon.lines import Charge

ONE_CYCLE = 45  # days; a longer period is a term, and says nothing about which month was invoiced
WRITTEN = re.compile(r"(\d{4})-(\d{1,2})")


class UnreadableMonth(Stopped):
    """A month is written like 2026-10."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; `str(Month(2026, 10)) == "2026-10"`."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def name(self) -> str:
        """Write it as a person would: `October 2026`."""
        return f"{calendar.month_name[self.number]} {self.year}"

    def __str__(self) -> str:
        """Write it as it is typed."""
        return f"{self.year:04}-{self.number:02}"


def read_month(text: str) -> Month:
    """Read `2026-10`."""
    written = WRITTEN.fullmatch(text.strip())
    if written is None or not 1 <= int(written[2]) <= 12 or int(written[1]) < 1:  # noqa: PLR2004 - months of a year
        raise UnreadableMonth(f"I can't read “{text}” as a month. Write it like 2026-10.")
    return Month(int(written[1]), int(written[2]))


def guess_month(*sides: pl.DataFrame) -> Month | None:
    """Name the month in which most cycles of the lines begin; the first side that says anything decides.

    What is charged for a part of last month, or given back for it, says nothing as long as anything else does.
    """
    for lines in sides:
        length = (pl.col("period_end") - pl.col("period_start")).dt.total_days()
        cycles = lines.filter(length.is_between(0, ONE_CYCLE))
        whole = cycles.filter((pl.col("charge") == Charge.SEATS.value) & (pl.col("quantity") > 0))
        starts = (whole if whole.height else cycles).select(
            year=pl.col("period_start").dt.year(), number=pl.col("period_start").dt.month()
        )
        counted = starts.group_by("year", "number").len().sort("len", "year", "number", descending=True)
        if counted.height:
            return Month(counted["year"][0], counted["number"][0])
    return None


def say_day(day: date) -> str:
    """Write a day as a person would, the same in every country: `31 Mar 2027`."""
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"
